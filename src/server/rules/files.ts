import { sql } from 'kysely';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { FileUsage, RoomFile } from '../../protocol/file.ts';
import type { ImageSize } from '../../protocol/image-size.ts';
import { MAX_UPLOADS, UPLOAD_TTL } from '../../protocol/limits.ts';
import { cleanFileName } from '../../protocol/names.ts';
import { NEW_DRAFT } from '../files/byte-store.ts';
import { newId } from '../secrets.ts';
import type { Db, FileRow, Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { demand, toSubject } from './demand.ts';
import { type Acting, type Seated, toActor, toParticipant } from './people.ts';
import type { Trash } from './reset/trash.ts';

/** All of a row but its picture, which is fetched by itself. */
const COLUMNS = [
  'id',
  'room_id',
  'key',
  'person',
  'name',
  'size',
  'type',
  'width',
  'height',
  'by',
  'created_at',
  'ready_at',
  'expires_at',
  'draft',
  'writer',
] as const;

/** A file without its picture, and whether there is one. */
export type StoredFile = Omit<FileRow, 'preview'> & { has_preview: boolean };

export const filesOf = (db: Db | Tx) =>
  db
    .selectFrom('files')
    .select(COLUMNS)
    .select(sql<boolean>`preview is not null`.as('has_preview'));

/** A file as everybody in the call may know it. */
export const toRoomFile = (row: StoredFile): RoomFile => ({
  id: row.id,
  name: row.name,
  size: row.size,
  type: row.type ?? 'application/octet-stream',
  ...(row.width !== null &&
    row.height !== null && { image: { width: row.width, height: row.height } }),
  preview: row.has_preview,
  at: row.ready_at ?? row.created_at,
  by: row.by,
});

/** The files of a room, the newest first. Uploads that are on their way are nobody's business. */
export async function readFiles(db: Db | Tx, roomId: string): Promise<RoomFile[]> {
  const rows = await filesOf(db)
    .where('room_id', '=', roomId)
    .where('ready_at', 'is not', null)
    .orderBy('ready_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toRoomFile);
}

/** One file, complete or not; undefined when the room has none such. */
export async function findFile(
  db: Db | Tx,
  roomId: string,
  id: string,
): Promise<StoredFile | undefined> {
  return filesOf(db).where('room_id', '=', roomId).where('id', '=', id).executeTakeFirst();
}

/** @throws MeetingError `file-not-found`, also for an upload that is not complete. */
export async function readFile(db: Db | Tx, roomId: string, id: string): Promise<StoredFile> {
  const file = await findFile(db, roomId, id);
  if (file && file.ready_at !== null) return file;
  throw notFound();
}

/** @throws MeetingError `file-not-found` when it has none. */
export async function readPreview(db: Db | Tx, id: string): Promise<Uint8Array> {
  const file = await db
    .selectFrom('files')
    .select('preview')
    .where('id', '=', id)
    .executeTakeFirst();
  if (file?.preview) return file.preview;
  throw notFound();
}

/** What a room keeps: complete files, and all that uploads on their way may come to. */
export async function countFiles(db: Db | Tx, roomId: string): Promise<FileUsage> {
  const { bytes, files } = await db
    .selectFrom('files')
    .select(({ fn }) => [fn.sum<string | null>('size').as('bytes'), fn.countAll().as('files')])
    .where('room_id', '=', roomId)
    .executeTakeFirstOrThrow();
  return { bytes: Number(bytes ?? 0), files: Number(files) };
}

/**
 * Makes room for a file that somebody is about to upload: what it may come to counts from now on, so
 * that many at once can't get past the room's quota together.
 *
 * @throws MeetingError `file-too-large`, `files-full`.
 */
export async function addUpload(
  { tx, room, now, policy }: Change,
  stay: Seated,
  { id, name, size }: { id: string; name: string; size: number },
): Promise<void> {
  const { fileBytes, roomBytes, roomFiles } = policy.files;
  if (size > fileBytes) {
    throw new MeetingError('file-too-large', `A file may have at most ${fileBytes} bytes.`);
  }
  const { bytes, files } = await countFiles(tx, room.id);
  if (bytes + size > roomBytes || files >= roomFiles) {
    throw new MeetingError('files-full', 'The room keeps no more files.');
  }
  const { uploads } = await tx
    .selectFrom('files')
    .select(({ fn }) => fn.countAll().as('uploads'))
    .where('room_id', '=', room.id)
    .where('person', '=', stay.person)
    .where('ready_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(uploads) >= MAX_UPLOADS) {
    throw new MeetingError('files-full', 'Too many uploads are on their way.');
  }
  await tx
    .insertInto('files')
    .values({
      id,
      room_id: room.id,
      key: newFileKey(room.id),
      person: stay.person,
      name: cleanFileName(name),
      size,
      by: toParticipant(stay),
      created_at: now,
      expires_at: now + UPLOAD_TTL,
      draft: NEW_DRAFT,
    })
    .execute();
}

/** @throws MeetingError `file-not-found` when it is no upload of theirs that is on its way. */
export async function setFilePreview(
  { tx, room, seq }: Change,
  { person }: Seated,
  { id, preview }: { id: string; preview: Uint8Array },
): Promise<{ seq: number }> {
  const done = await tx
    .updateTable('files')
    .set({ preview })
    .where('room_id', '=', room.id)
    .where('id', '=', id)
    .where('person', '=', person)
    .where('ready_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw notFound();
  return { seq };
}

/** All bytes are there: from now on everybody has the file. Again, it changes nothing. */
export async function completeUpload(
  change: Change,
  { id, type, image }: { id: string; type: string; image: ImageSize | undefined },
): Promise<void> {
  const { tx, room, now } = change;
  const file = await findFile(tx, room.id, id);
  if (!file) throw notFound();
  if (file.ready_at !== null) return;
  const ready = {
    type,
    width: image?.width ?? null,
    height: image?.height ?? null,
    ready_at: now,
    expires_at: null,
    draft: null,
    writer: null,
  };
  await tx.updateTable('files').set(ready).where('id', '=', id).execute();
  change.append({ type: 'file-added', file: toRoomFile({ ...file, ...ready }), by: file.by });
}

/**
 * Deletes a file, or gives an upload up. Its bytes go by the outbox.
 *
 * @throws MeetingError `file-not-found`, `not-yours`.
 */
export async function deleteFile(
  change: Change,
  acting: Acting,
  { id }: { id: string },
): Promise<{ seq: number }> {
  const { tx, room } = change;
  const file = await findFile(tx, room.id, id);
  const isMine = acting !== 'server' && acting.stay.person === file?.person;
  // Of uploads nobody else knows.
  if (!file || (file.ready_at === null && !isMine)) throw notFound();
  const target = { person: file.person, role: file.by.role };
  demand('file-delete', { by: toSubject(acting), target });
  await drop(change, [file]);
  if (file.ready_at !== null) {
    change.append({ type: 'file-deleted', file: toRoomFile(file), by: toActor(acting) });
  }
  return { seq: change.seq };
}

/** Gives up the uploads that got no bytes for too long. */
export async function dropStaleUploads(change: Change): Promise<void> {
  const stale = await filesOf(change.tx)
    .where('room_id', '=', change.room.id)
    .where('expires_at', '<=', change.now)
    .execute();
  await drop(change, stale);
}

/**
 * Everything of the room's files goes that was there at `at`: rows and links in this transaction,
 * bytes by the outbox, and from the log what the files were called. Whoever calls it says so in an
 * event of its own.
 *
 * @param trash - where complete files are kept, with their bytes; uploads on their way go all the same.
 * @returns what there was, uploads on their way included.
 */
export async function purgeFiles(
  change: Change,
  at = change.now,
  trash?: Trash,
): Promise<FileUsage> {
  const { tx, room } = change;
  const gone = await filesOf(tx)
    .where('room_id', '=', room.id)
    .where('created_at', '<=', at)
    .execute();
  const kept = trash ? gone.filter(({ ready_at }) => ready_at !== null) : [];
  if (trash) await keepFiles(change, at, kept, trash);
  await drop(
    change,
    gone.filter((file) => !kept.includes(file)),
  );
  trash?.lose(gone.length - kept.length);
  await sql`update events set data = jsonb_set(data, '{file,name}', '""')
    where room_id = ${room.id} and at <= ${at} and type in ('file-added', 'file-deleted')`.execute(
    tx,
  );
  return { files: gone.length, bytes: gone.reduce((sum, { size }) => sum + size, 0) };
}

/** Takes complete files out of the room and into the trash. */
async function keepFiles(
  { tx, room }: Change,
  at: number,
  files: readonly StoredFile[],
  trash: Trash,
): Promise<void> {
  const complete = tx
    .selectFrom('files')
    .where('room_id', '=', room.id)
    .where('created_at', '<=', at)
    .where('ready_at', 'is not', null);
  await trash.keep('files', complete.selectAll());
  await trash.keepBytes(files);
  await tx.deleteFrom('files').where('id', 'in', complete.select('id')).execute();
}

/** Deletions of bytes that one row of the outbox carries. */
const AT_ONCE = 20;

async function drop(change: Change, files: readonly StoredFile[]): Promise<void> {
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    const ids = some.map(({ id }) => id);
    await change.tx.deleteFrom('files').where('id', 'in', ids).execute();
    change.effect({
      kind: 'bytes.delete',
      payload: { objects: some.map(({ key, draft }) => ({ key, ...(draft && { draft }) })) },
    });
  }
}

/** Random, below a folder of the room's own. */
const newFileKey = (roomId: string): string => `files/${roomId}/${newId('f').slice(2)}`;

export const notFound = (): MeetingError =>
  new MeetingError('file-not-found', 'The room has no such file.');
