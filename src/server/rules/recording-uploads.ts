import { MeetingError } from '../../protocol/meeting-error.ts';
import { RECORDING_UPLOAD_TTL } from '../../protocol/limits.ts';
import type { Actor } from '../../protocol/participant.ts';
import { NEW_DRAFT } from '../files/byte-store.ts';
import type { RecordingRow } from '../storage/recording-tables.ts';
import type { Change } from './change.ts';
import { demand } from './demand.ts';
import { type Seated, toParticipant } from './people.ts';
import { dropBytes, newRecordingKey } from './recording-bytes.ts';
import { endRecording } from './recording-ends.ts';
import { countRecordings, findRecording, noRecording, toRecording } from './recording-rows.ts';

/** Room is made by so much at a time for an upload whose length nobody knows yet. */
const STEP_BYTES = 16_000_000;

/**
 * Begins to bring the bytes of a recording into the room; what came of it before goes. With a length,
 * all of it counts from now on; without, room is made as it comes.
 *
 * @throws MeetingError `recording-not-found` unless they started it; `upload-elsewhere` when it is
 *   in the room already; `file-too-large`, `recordings-full`.
 */
export async function beginRecordingUpload(
  change: Change,
  stay: Seated,
  { id, size, duration }: { id: string; size: number | undefined; duration: number | undefined },
): Promise<void> {
  const { tx, room, now } = change;
  demand('recording-upload', { by: stay });
  const row = await findRecording(tx, room.id, id);
  if (!isOf(row, stay)) throw noRecording();
  if (row.state === 'kept' && !row.partial) {
    throw new MeetingError('upload-elsewhere', 'The recording is in the room already.');
  }
  const most = await mostOf(change, row);
  if (size !== undefined && size > most) throw tooMuch(change, size);
  await dropBytes(change, [row]);
  if (row.state === 'kept') {
    // The whole of it takes the place of what had come.
    const by = toParticipant(stay);
    change.append({ type: 'recording-deleted', recording: toRecording(row), by });
  }
  await tx
    .updateTable('recordings')
    .set({
      ...(row.state === 'kept' && { state: 'stopped', partial: false, type: null }),
      key: newRecordingKey(room.id),
      size: size ?? 0,
      total: size ?? null,
      draft: NEW_DRAFT,
      writer: null,
      expires_at: now + RECORDING_UPLOAD_TTL,
      ...(duration !== undefined && { duration }),
    })
    .where('id', '=', id)
    .execute();
}

/**
 * Makes room for the next bytes of an upload whose length nobody knows yet.
 *
 * @returns how far it may come now, `need` or more.
 * @throws MeetingError `file-too-large`, `recordings-full`; `upload-elsewhere` when it is gone.
 */
export async function growRecordingUpload(
  change: Change,
  { id, need }: { id: string; need: number },
): Promise<number> {
  const row = await findRecording(change.tx, change.room.id, id);
  if (!row?.draft) throw new MeetingError('upload-elsewhere', 'The upload is no more.');
  if (need <= row.size) return row.size;
  const most = await mostOf(change, row);
  if (need > most) throw tooMuch(change, need);
  const size = Math.max(need, Math.min(row.size + STEP_BYTES, most));
  await change.tx.updateTable('recordings').set({ size }).where('id', '=', id).execute();
  return size;
}

/** From now on it is known how many bytes there are in all. @throws as `growRecordingUpload`. */
export async function setRecordingLength(
  change: Change,
  { id, total }: { id: string; total: number },
): Promise<void> {
  await growRecordingUpload(change, { id, need: total });
  await change.tx
    .updateTable('recordings')
    .set({ total, size: total })
    .where('id', '=', id)
    .execute();
}

/** What came of a recording, as its bytes say. */
export interface Came {
  readonly id: string;
  /** Which bytes: an upload may have begun anew meanwhile. */
  readonly key: string;
  readonly size: number;
  readonly type: string;
  readonly duration?: number | undefined;
  /** It is not all that was to come. */
  readonly partial?: boolean | undefined;
}

/**
 * Its bytes are in the room. One that still runs is over by that. Again, it changes nothing.
 *
 * @throws MeetingError `recording-not-found` when it is gone, or these bytes are no more of it.
 */
export async function keepRecording(
  change: Change,
  { id, key, size, type, duration, partial = false }: Came,
  by: Actor,
): Promise<void> {
  const { tx, room } = change;
  const running = await findRecording(tx, room.id, id);
  if (running?.key !== key) throw noRecording();
  if (running.state === 'kept') return;
  if (running.state === 'running') await endRecording(change, running, 'stopped', { by });
  const row = (await findRecording(tx, room.id, id)) ?? running;
  const kept = {
    state: 'kept',
    size,
    type,
    partial,
    name: withEnding(row.name, type),
    duration: duration ?? row.duration,
    total: null,
    expires_at: null,
    draft: null,
    writer: null,
  } as const;
  await tx.updateTable('recordings').set(kept).where('id', '=', id).execute();
  change.append({ type: 'recording-added', recording: toRecording({ ...row, ...kept }), by });
}

const ENDINGS: Readonly<Record<string, string>> = {
  'video/mp4': '.mp4',
  'audio/mp4': '.m4a',
  'audio/x-m4a': '.m4a',
  'video/webm': '.webm',
  'audio/webm': '.weba',
  'video/matroska': '.mkv',
  'video/x-matroska': '.mkv',
};

const withEnding = (name: string, type: string): string =>
  name.replace(/\.[a-z0-9]{3,4}$/, '') + (ENDINGS[type] ?? '');

/** Gives an upload up. The recording is where it was made. @throws MeetingError `recording-not-found`. */
export async function dropRecordingUpload(
  change: Change,
  stay: Seated,
  { id }: { id: string },
): Promise<void> {
  const row = await findRecording(change.tx, change.room.id, id);
  if (!isOf(row, stay) || !row.draft) throw noRecording();
  await forgetUpload(change, row);
}

/** Nothing came of an upload that nobody goes on with. */
export async function forgetUpload(change: Change, row: RecordingRow): Promise<void> {
  await dropBytes(change, [row]);
  await change.tx
    .updateTable('recordings')
    .set({ key: null, size: 0, total: null, draft: null, writer: null, expires_at: null })
    .where('id', '=', row.id)
    .execute();
}

/** How much one recording may come to: its own limit, and what the others of the room leave. */
async function mostOf({ tx, room, policy }: Change, row: RecordingRow): Promise<number> {
  const { fileBytes, roomBytes } = policy.recordings;
  const { bytes } = await countRecordings(tx, room.id);
  return Math.min(fileBytes, roomBytes - (bytes - row.size));
}

function tooMuch({ policy }: Change, size: number): MeetingError {
  const { fileBytes } = policy.recordings;
  return size > fileBytes
    ? new MeetingError('file-too-large', `A recording may have at most ${fileBytes} bytes.`)
    : new MeetingError('recordings-full', 'The room keeps no more recordings.');
}

/** Whose browser made it alone brings it. */
const isOf = (row: RecordingRow | undefined, { person }: Seated): row is RecordingRow =>
  row?.recorder === 'browser' && row.person === person;
