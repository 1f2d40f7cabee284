/** Width and height of a picture, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** How much of a picture is read for its size: profiles and thumbnails may stand before it. */
export const IMAGE_HEAD_BYTES = 256_000;

/**
 * What the head of a PNG, JPEG, GIF or WebP says of its size, without decoding it: a file of a few
 * bytes may claim billions of pixels. Undefined for anything else, and for what is broken.
 */
export function imageSize(head: Uint8Array): ImageSize | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    return sized(pngSize(view) ?? gifSize(view) ?? webpSize(view) ?? jpegSize(view));
  } catch (error) {
    // The head ends in the middle of what it announces.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const sized = (size: ImageSize | undefined): ImageSize | undefined =>
  size && size.width > 0 && size.height > 0 ? size : undefined;

const isAt = (view: DataView, at: number, text: string): boolean =>
  view.byteLength >= at + text.length &&
  [...text].every((letter, i) => view.getUint8(at + i) === letter.charCodeAt(0));

function pngSize(view: DataView): ImageSize | undefined {
  if (!isAt(view, 0, '\x89PNG\r\n\x1a\n') || !isAt(view, 12, 'IHDR')) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function gifSize(view: DataView): ImageSize | undefined {
  if (!isAt(view, 0, 'GIF87a') && !isAt(view, 0, 'GIF89a')) return undefined;
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function webpSize(view: DataView): ImageSize | undefined {
  if (!isAt(view, 0, 'RIFF') || !isAt(view, 8, 'WEBP')) return undefined;
  const uint24 = (at: number): number =>
    view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
  if (isAt(view, 12, 'VP8X')) return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (isAt(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!isAt(view, 12, 'VP8 ')) return undefined;
  return {
    width: view.getUint16(26, true) & 0x3fff,
    height: view.getUint16(28, true) & 0x3fff,
  };
}

/** Frame headers are C0 to CF, but for C4, C8 and CC, which are tables and an extension. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(view: DataView): ImageSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xff_d8) return undefined;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else at += 2 + view.getUint16(at + 2);
  }
}
