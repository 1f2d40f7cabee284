import { fileTypeFromBuffer } from 'file-type';
import { type ImageSize, imageSize } from '../../protocol/image-size.ts';

const UNKNOWN = 'application/octet-stream';

/** Kinds of text that a browser would run or render: they are told as the text that they are. */
const ACTIVE = /^(text\/|application\/(xml|xhtml|javascript|ecmascript)|image\/svg|model\/.*xml)/;

/** Pictures that every browser shows. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * What a file is, by its first bytes: neither its name nor whoever sent it is asked. What is nothing
 * known and all readable is `text/plain`, HTML and SVG included.
 */
export async function typeOf(
  head: Uint8Array,
  isWhole: boolean,
): Promise<{ type: string; image: ImageSize | undefined }> {
  const mime = (await fileTypeFromBuffer(head))?.mime;
  const known = mime === undefined || ACTIVE.test(mime) ? undefined : mime;
  const type = known ?? (isText(head, isWhole) ? 'text/plain' : UNKNOWN);
  return { type, image: SHOWN.has(type) ? imageSize(head) : undefined };
}

/** UTF-8 without control characters other than those of text. A head may end within a character. */
function isText(head: Uint8Array, isWhole: boolean): boolean {
  if (head.length === 0) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole });
    return !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch {
    return false;
  }
}
