/** How long a finger rests until something opens, ms. */
const LONG_PRESS = 500;

/**
 * Acts when the finger or pen that went down on `target` rests there.
 * @returns the function that forgets about it.
 */
export function longPress(target: HTMLElement, act: () => void): () => void {
  const ended = new AbortController();
  const end = (): void => {
    clearTimeout(timer);
    ended.abort();
  };
  const timer = setTimeout(() => {
    end();
    act();
  }, LONG_PRESS);
  for (const type of ['pointerup', 'pointercancel', 'pointerleave']) {
    target.addEventListener(type, end, { signal: ended.signal });
  }
  return end;
}
