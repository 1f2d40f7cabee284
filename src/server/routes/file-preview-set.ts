import { imageSize } from '../../protocol/image-size.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { MAX_PREVIEW_BYTES, MAX_PREVIEW_SIDE } from '../../protocol/limits.ts';
import { typeOf } from '../files/type-of.ts';
import { setFilePreview } from '../rules/files.ts';
import { changeAs, type Handler } from './context.ts';

export const filePreviewSet: Handler<'file-preview-set'> = async (parts, call, { id, image }) => {
  const preview = Buffer.from(image, 'base64');
  await checkPreview(preview);
  const { result } = await changeAs(parts, call, 'session', (change, stay) =>
    setFilePreview(change, stay, { id, preview }),
  );
  return result;
};

/** Whoever looks at the list decodes it: it must be small in bytes and in pixels. */
async function checkPreview(preview: Buffer): Promise<void> {
  const { width, height } = imageSize(preview) ?? { width: Infinity, height: Infinity };
  const isSmall =
    Math.max(width, height) <= MAX_PREVIEW_SIDE && preview.length <= MAX_PREVIEW_BYTES;
  if (isSmall && (await typeOf(preview, true)).type === 'image/jpeg') return;
  throw new MeetingError('unsupported-media-type', 'A preview is a small JPEG.');
}
