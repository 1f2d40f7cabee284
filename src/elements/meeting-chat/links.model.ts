/** A piece of a message: text, or a link that may be opened. */
export type Piece = string | { readonly text: string; readonly href: string };

const CANDIDATE = /(?:https?:\/\/|mailto:)[^\s<>"'`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
/** What ends a sentence, and not an address. */
const ENDING = /[.,;:!?…*_~)\]}»”’]+$/u;
const PROTOCOLS: readonly string[] = ['http:', 'https:', 'mailto:'];

/** The text of a message with its links found. Nothing but web and mail addresses ever is one. */
export function toPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(CANDIDATE)) {
    const address = trimmed(found);
    const href = toHref(address);
    if (href === undefined) continue;
    if (index > done) pieces.push(text.slice(done, index));
    pieces.push({ text: shown(address, href), href });
    done = index + address.length;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return pieces;
}

/** Without the end of the sentence; a bracket that was opened in the address belongs to it. */
function trimmed(found: string): string {
  const short = found.replace(ENDING, '');
  const next = found[short.length];
  const isOpen = (open: string, close: string): boolean => next === close && short.includes(open);
  return isOpen('(', ')') || isOpen('[', ']') ? `${short}${next}` : short;
}

function toHref(address: string): string | undefined {
  const full = /^(https?|mailto):/i.test(address) ? address : `mailto:${address}`;
  if (!URL.canParse(full)) return undefined;
  const url = new URL(full);
  // With a name before the host, an address looks like that of another site.
  const isHonest = url.username === '' && url.password === '';
  return PROTOCOLS.includes(url.protocol) && isHonest ? url.href : undefined;
}

/** What was written; of a host in letters that look like others, the one that it really is. */
function shown(address: string, href: string): string {
  const { host, protocol } = new URL(href);
  const isPlain = protocol === 'mailto:' || address.toLowerCase().includes(host);
  return isPlain ? address : href;
}
