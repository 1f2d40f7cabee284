import type { MeetingServerOptions } from '../options.ts';
import type { ByteStore } from './byte-store.ts';
import { FolderStore } from './folder-store.ts';
import { S3Store } from './s3-store.ts';

/** Where files lie when nothing is said: beside PGlite's folder, else in the working folder. */
const DEFAULT_FOLDER = './meeting-files';

/** The byte store that the options name. */
export function openBytes({
  files,
  storage,
}: Pick<MeetingServerOptions, 'files' | 'storage'>): ByteStore {
  if (files && 's3' in files && files.s3) return new S3Store(files.s3);
  const named = files && 'folder' in files ? files.folder : undefined;
  const beside = 'folder' in storage ? `${storage.folder.replace(/[/\\]+$/, '')}-files` : undefined;
  return new FolderStore(named ?? beside ?? DEFAULT_FOLDER);
}
