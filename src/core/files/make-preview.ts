import { IMAGE_HEAD_BYTES, imageSize } from '../../protocol/image-size.ts';
import { MAX_IMAGE_PIXELS, MAX_PREVIEW_BYTES } from '../../protocol/limits.ts';

/** The longer side of a small picture: sharp at twice the size that lists show. */
const SIDE = 320;
const QUALITIES = [0.8, 0.6, 0.4];

/**
 * A small JPEG of a picture, in base64; undefined for what is none, what is too large to decode, and
 * where the browser can't.
 */
export async function makePreview(file: Blob): Promise<string | undefined> {
  const head = new Uint8Array(await file.slice(0, IMAGE_HEAD_BYTES).arrayBuffer());
  const size = imageSize(head);
  if (!size || size.width * size.height > MAX_IMAGE_PIXELS) return undefined;
  if (typeof OffscreenCanvas === 'undefined') return undefined;
  const scale = Math.min(1, SIDE / Math.max(size.width, size.height));
  const bitmap = await createImageBitmap(file, {
    resizeWidth: Math.max(1, Math.round(size.width * scale)),
    resizeHeight: Math.max(1, Math.round(size.height * scale)),
    resizeQuality: 'medium',
  });
  try {
    return await toJpeg(bitmap);
  } finally {
    bitmap.close();
  }
}

async function toJpeg(bitmap: ImageBitmap): Promise<string | undefined> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  // What can be seen through is white, as on paper.
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  for (const quality of QUALITIES) {
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (jpeg.size <= MAX_PREVIEW_BYTES) return toBase64(new Uint8Array(await jpeg.arrayBuffer()));
  }
  return undefined;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
