import { MeetingError } from '../../protocol/meeting-error.ts';
import { FILE_LINK_TTL } from '../../protocol/limits.ts';
import { hash, newFileLink } from '../secrets.ts';
import type { Db, Room } from '../storage/tables.ts';
import { readFile, type StoredFile } from './files.ts';
import { exitOf, overError, seated, type Seated } from './people.ts';

/**
 * Opens a file's bytes to one stay for a minute. No lock: what the link opens is decided when it is
 * used.
 *
 * @throws MeetingError `file-not-found`.
 */
export async function openFile(
  db: Db,
  room: Pick<Room, 'id'>,
  stay: Seated,
  id: string,
  now: number,
): Promise<{ link: string; until: number }> {
  const file = await readFile(db, room.id, id);
  const link = newFileLink();
  const until = now + FILE_LINK_TTL;
  await db
    .insertInto('file_links')
    .values({ hash: hash(link), file_id: file.id, admission_id: stay.id, expires_at: until })
    .execute();
  return { link, until };
}

/** What a link opens, and to whom. */
export interface OpenedFile {
  readonly file: StoredFile;
  readonly admission: string;
}

/**
 * The file that `link` opens now.
 *
 * @throws MeetingError `file-link-invalid` when it opens nothing, or no more; `admission-over` when
 *   whom it was made for is out; `file-not-found` when the file is gone meanwhile.
 */
export async function readFileLink(
  db: Db,
  room: Pick<Room, 'id' | 'locked'> | undefined,
  link: string,
  now: number,
): Promise<OpenedFile> {
  const found = await db
    .selectFrom('file_links')
    .innerJoin('files', 'files.id', 'file_links.file_id')
    .select(['file_id', 'admission_id'])
    .where('file_links.hash', '=', hash(link))
    .where('file_links.expires_at', '>', now)
    .where('files.room_id', '=', room?.id ?? '')
    .executeTakeFirst();
  if (!found || !room) throw new MeetingError('file-link-invalid', 'The link opens nothing.');
  const opened = {
    file: await readFile(db, room.id, found.file_id),
    admission: found.admission_id,
  };
  await checkStillIn(db, room, opened, now);
  return opened;
}

/** @throws MeetingError `admission-over`; `file-not-found` when the file is gone. */
export async function checkStillIn(
  db: Db,
  room: Pick<Room, 'id' | 'locked'>,
  { file, admission }: OpenedFile,
  now: number,
): Promise<void> {
  const stay = await seated(db).where('admissions.id', '=', admission).executeTakeFirst();
  const exit = stay && exitOf(stay, now, room);
  if (exit) throw overError(exit);
  if (!stay) throw new MeetingError('file-link-invalid', 'The link is of nobody who is in.');
  await readFile(db, room.id, file.id);
}
