/**
 * Takes the key of an invitation out of the page's address, `#key=…`, so that it is in nobody's
 * history or screenshot.
 */
export function takeKeyFromAddress(): string | undefined {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const key = fragment.get('key');
  if (!key) return undefined;
  fragment.delete('key');
  const rest = fragment.toString();
  history.replaceState(
    history.state,
    '',
    location.pathname + location.search + (rest ? `#${rest}` : ''),
  );
  return key;
}
