import { IMAGE_HEAD_BYTES, type ImageSize } from '../../protocol/image-size.ts';
import type { ByteStore, Draft } from './byte-store.ts';
import { typeOf } from './type-of.ts';
import { reach } from './upload-store.ts';

/**
 * Makes the whole of what was uploaded, and says what it is.
 *
 * @throws MeetingError `files-unreachable`.
 */
export async function finishBytes(
  bytes: ByteStore,
  key: string,
  draft: Draft,
): Promise<{ size: number; type: string; image: ImageSize | undefined }> {
  const { size, head } = await reach(async () => {
    const settled = { ...draft, ...(await bytes.settle(key, draft)) };
    await bytes.complete(key, settled);
    return { size: settled.size, head: await readHead(bytes, key, settled.size) };
  });
  return { size, ...(await typeOf(head, size <= IMAGE_HEAD_BYTES)) };
}

/** The first bytes of what is whole. */
export async function readHead(bytes: ByteStore, key: string, size: number): Promise<Uint8Array> {
  const stream = await bytes.read(key, { start: 0, end: Math.min(size, IMAGE_HEAD_BYTES) });
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
