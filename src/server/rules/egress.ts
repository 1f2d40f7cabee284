import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Recording } from '../../protocol/recording.ts';
import type { Egress } from '../egress.ts';
import type { RecordingRow } from '../storage/recording-tables.ts';
import { sfuRoomOf } from './begin-stay.ts';
import type { Change } from './change.ts';
import { demand, toSubject } from './demand.ts';
import { type Acting, toActor } from './people.ts';
import { dropBytes, newRecordingKey } from './recording-bytes.ts';
import { endRecording } from './recording-ends.ts';
import { findRecording, recordingsOf, toRecording } from './recording-rows.ts';
import { addRecording, checkNew } from './recordings.ts';

/** LiveKit is asked for at most some seconds; whoever asked it and died asks no more by then, ms. */
const STARTED_BY = 30_000;
/** Egress ends, and brings its bytes where they belong, by then, ms. */
const KEPT_BY = 10 * 60_000;

/** The place that a recording by Egress takes while LiveKit is asked for it. */
export interface Place {
  readonly id: string;
  readonly roomId: string;
  readonly sfuRoom: string;
  readonly key: string;
}

/**
 * Takes the room's one place for a recording. Nobody is told before it records.
 *
 * @returns the recording when it runs already.
 * @throws MeetingError `recording-running`, `recording-id-taken`, `invalid-input` where there is none.
 */
export async function placeEgress(
  change: Change,
  acting: Acting,
  { id }: { id: string },
): Promise<Place | { seq: number; recording: Recording }> {
  demand('recording-start', { by: toSubject(acting) });
  const { room, policy } = change;
  if (!policy.recordings.recorders.includes('egress')) {
    throw new MeetingError('invalid-input', 'This server has no Egress to record with.', {
      issues: [{ path: 'recorder', message: 'is not offered here' }],
    });
  }
  const known = await checkNew(change, acting, { id, recorder: 'egress' });
  if (known) return { seq: change.seq, recording: toRecording(known) };
  const sfuRoom = sfuRoomOf(room);
  const key = newRecordingKey(room.id, '.mp4');
  const place = { id, recorder: 'egress', state: 'starting', sfu_room: sfuRoom, key } as const;
  await addRecording(change, acting, place);
  return { id, roomId: room.id, sfuRoom, key };
}

/**
 * It records: everybody is told.
 *
 * @throws MeetingError `recorder-unavailable` when the place is gone: the call ended meanwhile.
 */
export async function tellEgress(
  change: Change,
  acting: Acting,
  { id, key, egressId }: { id: string; key: string; egressId: string },
): Promise<{ seq: number; recording: Recording }> {
  const { tx, room, now } = change;
  demand('recording-start', { by: toSubject(acting) });
  const row = await findRecording(tx, room.id, id);
  if (row?.state !== 'starting' || row.key !== key) {
    throw new MeetingError('recorder-unavailable', 'The recording was ended before it began.');
  }
  const runs = { state: 'running', at: now, egress_id: egressId } as const;
  await tx.updateTable('recordings').set(runs).where('id', '=', id).execute();
  const recording = toRecording({ ...row, ...runs });
  change.append({ type: 'recording-started', recording, by: toActor(acting) });
  return { seq: change.seq, recording };
}

/** It did not come to it. A worker that begins later than anybody waits is stopped. */
export async function leavePlace(change: Change, { id, sfuRoom, key }: Place): Promise<void> {
  await change.tx
    .deleteFrom('recordings')
    .where('id', '=', id)
    .where('key', '=', key)
    .where('state', '=', 'starting')
    .execute();
  change.effect({ kind: 'sfu.drop-egress', payload: { sfuRoom, key } });
}

/** One that is over, and whose bytes may be there. */
export interface Finished {
  readonly row: RecordingRow;
  readonly egress: Egress;
}

/**
 * Corrects what is known of a LiveKit room's recordings by what Egress says of them.
 *
 * @returns those whose bytes may be in the room from now on.
 */
export async function compareEgresses(
  change: Change,
  sfuRoom: string,
  egresses: readonly Egress[],
): Promise<Finished[]> {
  const { tx, room, now } = change;
  const rows = await recordingsOf(tx, room.id)
    .where('recorder', '=', 'egress')
    .where('sfu_room', '=', sfuRoom)
    .execute();
  const finished: Finished[] = [];
  for (const row of rows.filter(({ state }) => state !== 'kept')) {
    const egress = egresses.find(({ key }) => key === row.key);
    await endOver(change, row, egress);
    const left = await findRecording(tx, room.id, row.id);
    if (left?.state !== 'stopped') continue;
    if (egress?.state === 'over') finished.push({ row: left, egress });
    else if (egress?.state === 'failed' || isLateEgress(left, now)) {
      await giveUpEgress(change, left);
    }
  }
  const known = new Set(rows.map(({ key }) => key));
  for (const { key, state } of egresses) {
    if (key === undefined || known.has(key) || state !== 'active') continue;
    // It began when nobody waited for it any more, or for a recording that is gone.
    change.effect({ kind: 'sfu.drop-egress', payload: { sfuRoom, key } });
  }
  return finished;
}

/** It runs no more, or whoever asked LiveKit for it is gone. */
async function endOver(
  change: Change,
  row: RecordingRow,
  egress: Egress | undefined,
): Promise<void> {
  if (row.state !== 'starting' && row.state !== 'running') return;
  const isOld = row.at + STARTED_BY <= change.now;
  if (row.state === 'starting') {
    if (isOld) await endRecording(change, row, 'failed');
  } else if (egress?.state === 'over') {
    await endRecording(change, row, 'ended');
  } else if (egress?.state === 'failed' || (!egress && isOld)) {
    await endRecording(change, row, 'failed');
  }
}

/** Its bytes did not come, and hosts are told so. */
export async function giveUpEgress(change: Change, row: RecordingRow): Promise<void> {
  await dropBytes(change, [row]);
  await change.tx.deleteFrom('recordings').where('id', '=', row.id).execute();
  const recording = toRecording(row);
  change.append({ type: 'recording-deleted', recording, by: { kind: 'server' } });
}

/** Whether somebody has waited long enough for the bytes of what is over. */
export const isLateEgress = ({ stopped_at, at }: RecordingRow, now: number): boolean =>
  (stopped_at ?? at) + KEPT_BY <= now;
