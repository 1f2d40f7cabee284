import type { RoomFile } from '../../protocol/file.ts';
import type { FilesState } from '../file-state.ts';

/** What is known of a file that a message brings, before the server says so. */
export function brought(files: FilesState, id: string | undefined): { file?: RoomFile } {
  const file = files.phase === 'known' ? files.files.find((one) => one.id === id) : undefined;
  return file ? { file } : {};
}
