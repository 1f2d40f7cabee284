import { MeetingError } from '../../protocol/meeting-error.ts';
import { MAX_RECORDINGS } from '../../protocol/limits.ts';
import type { Recording, RecorderKind } from '../../protocol/recording.ts';
import type { RecordingRow } from '../storage/recording-tables.ts';
import type { Change } from './change.ts';
import { demand, toSubject } from './demand.ts';
import { type Acting, type Seated, toActor, toParticipant } from './people.ts';
import { dropBytes } from './recording-bytes.ts';
import { endRecording } from './recording-ends.ts';
import {
  findRecording,
  noRecording,
  readRunning,
  recordingsOf,
  toRecording,
} from './recording-rows.ts';

/**
 * A host's browser begins to record.
 *
 * @throws MeetingError `recording-running`, `recording-id-taken`, `invalid-input` for a backend.
 */
export async function startRecording(
  change: Change,
  acting: Acting,
  { id }: { id: string },
): Promise<{ seq: number; recording: Recording }> {
  demand('recording-start', { by: toSubject(acting) });
  if (acting === 'server') {
    throw new MeetingError('invalid-input', 'Code on a server has no browser to record in.', {
      issues: [{ path: 'recorder', message: 'must be egress' }],
    });
  }
  const known = await checkNew(change, acting, { id, recorder: 'browser' });
  if (known) return { seq: change.seq, recording: toRecording(known) };
  const row = await addRecording(change, acting, { id, recorder: 'browser', state: 'running' });
  const recording = toRecording(row);
  change.append({ type: 'recording-started', recording, by: toActor(acting) });
  return { seq: change.seq, recording };
}

/**
 * Whether another one may begin.
 *
 * @returns the one that runs already, when it is this one: whoever did not hear the answer asks again.
 * @throws MeetingError `recording-running`, `recording-id-taken`.
 */
export async function checkNew(
  { tx, room }: Change,
  acting: Acting,
  { id, recorder }: { id: string; recorder: RecorderKind },
): Promise<RecordingRow | undefined> {
  const running = await recordingsOf(tx, room.id)
    .where('state', 'in', ['starting', 'running'])
    .executeTakeFirst();
  if (running) {
    const person = acting === 'server' ? null : acting.stay.person;
    const isSame = running.id === id && running.recorder === recorder && running.person === person;
    if (isSame && running.state === 'running') return running;
    throw new MeetingError('recording-running', 'The call is being recorded already.');
  }
  const taken = await tx
    .selectFrom('recordings')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (taken) throw new MeetingError('recording-id-taken', 'There was a recording of this id.');
  return undefined;
}

/** Writes a new one down; one that never came to the room makes place for it when there are many. */
export async function addRecording(
  { tx, room, now }: Change,
  acting: Acting,
  rest: Pick<RecordingRow, 'id' | 'recorder' | 'state'> &
    Partial<Pick<RecordingRow, 'key' | 'sfu_room'>>,
): Promise<RecordingRow> {
  const spare = tx
    .selectFrom('recordings')
    .select('id')
    .where('room_id', '=', room.id)
    .where('state', '=', 'stopped')
    .where('key', 'is', null)
    .orderBy('at', 'desc')
    .offset(MAX_RECORDINGS - 1);
  await tx.deleteFrom('recordings').where('id', 'in', spare).execute();
  const stay = acting === 'server' ? undefined : acting.stay;
  return tx
    .insertInto('recordings')
    .values({
      room_id: room.id,
      by: toActor(acting),
      person: stay?.person ?? null,
      admission_id: stay?.id ?? null,
      name: nameOf(room.name, now),
      at: now,
      ...rest,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The room and the minute, UTC; letters that any file system takes. */
function nameOf(room: string, at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  return `${room} ${day} ${time.slice(0, 5).replace(':', '-')}`;
}

/** @throws MeetingError `recording-not-found`. */
export async function stopRecording(
  change: Change,
  acting: Acting,
  { id }: { id: string },
): Promise<{ seq: number }> {
  demand('recording-stop', { by: toSubject(acting) });
  const row = await findRecording(change.tx, change.room.id, id);
  if (!row) throw noRecording();
  if (row.state === 'starting' || row.state === 'running') {
    await endRecording(change, row, 'stopped', { by: toActor(acting) });
  }
  return { seq: change.seq };
}

/** Somebody agrees to be in it. Again, it changes nothing. @throws MeetingError `recording-not-found`. */
export async function consentToRecording(
  change: Change,
  stay: Seated,
  { id }: { id: string },
): Promise<{ seq: number }> {
  demand('recording-consent', { by: toSubject({ stay }) });
  const running = await readRunning(change.tx, change.room.id);
  if (running?.row.id !== id) throw noRecording();
  if (!running.agreed.includes(stay.identity)) {
    await change.tx
      .insertInto('recording_consents')
      .values({ recording_id: id, identity: stay.identity })
      .execute();
    const participant = toParticipant(stay);
    const recording = toRecording(running.row);
    change.append({ type: 'recording-consented', recording, participant, by: participant });
  }
  return { seq: change.seq };
}

/**
 * The room keeps it no more, nor what was uploaded of it. Its bytes go by the outbox.
 *
 * @throws MeetingError `recording-not-found`; `recording-running` when it must be stopped first.
 */
export async function deleteRecording(
  change: Change,
  acting: Acting,
  { id }: { id: string },
): Promise<{ seq: number }> {
  demand('recording-delete', { by: toSubject(acting) });
  const row = await findRecording(change.tx, change.room.id, id);
  if (!row) throw noRecording();
  if (row.state === 'starting' || row.state === 'running') {
    throw new MeetingError('recording-running', 'It still runs: stop it first.');
  }
  await dropBytes(change, [row]);
  await change.tx.deleteFrom('recordings').where('id', '=', id).execute();
  const recording = toRecording(row);
  change.append({ type: 'recording-deleted', recording, by: toActor(acting) });
  return { seq: change.seq };
}
