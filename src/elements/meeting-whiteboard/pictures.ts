/** A picture in an item has no more characters than this. */
const MAX_LENGTH = 170_000;
/** A page of small print needs more to be read; an update stays below its limit with it. */
export const MAX_PAGE_LENGTH = 440_000;
/** Tried one after another until it is small enough: pixels along the longer side, and quality. */
const TRIES = [
  [1_600, 0.85],
  [1_280, 0.8],
  [1_024, 0.75],
  [800, 0.7],
  [640, 0.6],
  [480, 0.5],
] as const;

/** A picture for a board: a data URL, and what it shows. */
export interface Picture {
  readonly src: string;
  readonly name: string;
}

/**
 * A picked picture as a data URL small enough for a board.
 * @throws DOMException when it is none that this browser can read.
 */
export async function shrink(
  picture: Blob | HTMLCanvasElement,
  maxLength = MAX_LENGTH,
): Promise<string> {
  const bitmap = await createImageBitmap(picture);
  try {
    return await shrinkBitmap(bitmap, maxLength);
  } finally {
    bitmap.close();
  }
}

async function shrinkBitmap(bitmap: ImageBitmap, maxLength: number): Promise<string> {
  for (const [side, quality] of TRIES) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
    const url = await toUrl(await canvas.convertToBlob({ type: 'image/webp', quality }));
    if (url.length <= maxLength) return url;
  }
  throw new DOMException('The picture stays too large.', 'DataError');
}

function toUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('Not read.')));
    reader.readAsDataURL(blob);
  });
}
