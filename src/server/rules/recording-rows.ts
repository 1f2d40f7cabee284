import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Recording, RecordingUsage } from '../../protocol/recording.ts';
import type { RecordingRow } from '../storage/recording-tables.ts';
import type { Db, Tx } from '../storage/tables.ts';

/** A recording as those may know it who are recorded. */
export const toRecording = (row: RecordingRow): Recording => ({
  id: row.id,
  by: row.by,
  at: row.at,
  recorder: row.recorder,
  state: row.state === 'starting' ? 'running' : row.state,
  ...(row.duration !== null && { duration: row.duration }),
  ...(row.state === 'kept' && { size: row.size, type: row.type ?? 'application/octet-stream' }),
  name: row.name,
  ...(row.partial && { partial: true }),
});

export const recordingsOf = (db: Db | Tx, roomId: string) =>
  db.selectFrom('recordings').selectAll().where('room_id', '=', roomId);

/** What the room keeps, the newest first. */
export async function readRecordings(db: Db | Tx, roomId: string): Promise<Recording[]> {
  const rows = await recordingsOf(db, roomId)
    .where('state', '=', 'kept')
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toRecording);
}

export async function findRecording(
  db: Db | Tx,
  roomId: string,
  id: string,
): Promise<RecordingRow | undefined> {
  return recordingsOf(db, roomId).where('id', '=', id).executeTakeFirst();
}

/** @throws MeetingError `recording-not-found` unless its bytes are in the room. */
export async function readKept(db: Db | Tx, roomId: string, id: string): Promise<RecordingRow> {
  const row = await findRecording(db, roomId, id);
  if (row?.state === 'kept') return row;
  throw noRecording();
}

/** The one that runs, and who agreed to be in it: by starting it, or in words. */
export async function readRunning(
  db: Db | Tx,
  roomId: string,
): Promise<{ row: RecordingRow; agreed: string[] } | undefined> {
  const row = await recordingsOf(db, roomId).where('state', '=', 'running').executeTakeFirst();
  if (!row) return undefined;
  const consents = await db
    .selectFrom('recording_consents')
    .select('identity')
    .where('recording_id', '=', row.id)
    .orderBy('identity')
    .execute();
  const agreed = new Set(consents.map(({ identity }) => identity));
  if ('identity' in row.by) agreed.add(row.by.identity);
  return { row, agreed: [...agreed] };
}

/** Whether an upload got no bytes for too long; while the recording runs it may yet. */
export const isStale = (
  { state, expires_at }: Pick<RecordingRow, 'state' | 'expires_at'>,
  now: number,
): boolean => state === 'stopped' && expires_at !== null && expires_at <= now;

/** How much the room keeps, and what uploads on their way may come to. */
export async function countRecordings(db: Db | Tx, roomId: string): Promise<RecordingUsage> {
  const { bytes, recordings } = await db
    .selectFrom('recordings')
    .select(({ fn }) => [
      fn.sum<string | null>('size').as('bytes'),
      fn.countAll().filterWhere('state', '=', 'kept').as('recordings'),
    ])
    .where('room_id', '=', roomId)
    .where('key', 'is not', null)
    .executeTakeFirstOrThrow();
  return { bytes: Number(bytes ?? 0), recordings: Number(recordings) };
}

export const noRecording = (): MeetingError =>
  new MeetingError('recording-not-found', 'The room has no such recording.');
