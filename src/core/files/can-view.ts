import type { RoomFile } from '../../protocol/file.ts';
import { MAX_IMAGE_PIXELS } from '../../protocol/limits.ts';

/** What is read whole into memory to be shown, in bytes. */
const MAX_BYTES = 50_000_000;
/** What is safe to show in place. Whatever else a file may be as well, it is shown as this alone. */
const PICTURES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

/** Whether a file is a picture or PDF that can be shown in place. */
export function canView({ type, size, image }: RoomFile): boolean {
  if (size > MAX_BYTES) return false;
  if (type === 'application/pdf') return true;
  return (
    PICTURES.has(type) && image !== undefined && image.width * image.height <= MAX_IMAGE_PIXELS
  );
}
