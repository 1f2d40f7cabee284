import { RECORDER_LOST_AFTER } from '../../protocol/limits.ts';
import type { Actor } from '../../protocol/participant.ts';
import type { RecordingEnd } from '../../protocol/recording.ts';
import type { RecordingRow } from '../storage/recording-tables.ts';
import type { Change } from './change.ts';
import { seated, type Seated } from './people.ts';
import { dropBytes } from './recording-bytes.ts';
import { recordingsOf, toRecording } from './recording-rows.ts';

/** What is said of an ending beside its reason. */
interface Said {
  by?: Actor | undefined;
  /** Of the act, when it has an event of its own. */
  eventId?: string | undefined;
}

/** Nothing is recorded any more, whatever the reason. One that nobody was told of never was. */
export async function endRecording(
  change: Change,
  row: RecordingRow,
  reason: RecordingEnd,
  { by, eventId }: Said = {},
): Promise<void> {
  const { tx, now } = change;
  if (row.state === 'starting') {
    await dropBytes(change, [row]);
    await tx.deleteFrom('recordings').where('id', '=', row.id).execute();
    return;
  }
  const over = { state: 'stopped', stopped_at: now, duration: Math.max(0, now - row.at) } as const;
  await tx.updateTable('recordings').set(over).where('id', '=', row.id).execute();
  await tx.deleteFrom('recording_consents').where('recording_id', '=', row.id).execute();
  const recording = toRecording({ ...row, ...over });
  change.append({ type: 'recording-stopped', recording, reason, ...(by && { by }) }, eventId);
  const { key, sfu_room: sfuRoom } = row;
  if (row.recorder === 'egress' && key !== null && sfuRoom !== null) {
    change.effect({ kind: 'sfu.stop-egress', payload: { sfuRoom, key } });
  }
}

/** Whatever is recorded in the room ends. */
export async function endRunning(change: Change, reason: RecordingEnd, said?: Said): Promise<void> {
  const row = await findRunning(change);
  if (row) await endRecording(change, row, reason, said);
}

/** Stays end, or belong to guests from now on: what is recorded in one of them ends with it. */
export async function endRecordingOf(
  change: Change,
  stays: readonly Seated['id'][],
  reason: RecordingEnd,
  said?: Said,
): Promise<void> {
  const row = await findRunning(change);
  const id = row?.admission_id ?? null;
  if (row && id !== null && stays.includes(id)) await endRecording(change, row, reason, said);
}

/** Somebody's stay goes on in another window: the one that recorded does so no more. */
export async function endRecordingIn(change: Change, { id }: Pick<Seated, 'id'>): Promise<void> {
  const row = await findRunning(change);
  const isTheirs = row?.admission_id === id && row.recorder === 'browser';
  if (isTheirs) await endRecording(change, row, 'lost');
}

/**
 * Ends what somebody's browser records who is not in the call for long enough. What Egress records
 * needs nobody's browser.
 */
export async function loseRecording(change: Change): Promise<void> {
  const row = await findRunning(change);
  if (row?.recorder !== 'browser' || row.admission_id === null) return;
  const stay = await seated(change.tx)
    .where('admissions.id', '=', row.admission_id)
    .executeTakeFirst();
  if (stay?.present) return;
  const goneAt = stay?.closed_at ?? stay?.gone_at ?? row.at;
  const lostAt = Math.max(goneAt, row.at) + RECORDER_LOST_AFTER;
  if (lostAt <= change.now) await endRecording(change, row, 'lost');
  else change.check(lostAt);
}

const findRunning = ({ tx, room }: Change): Promise<RecordingRow | undefined> =>
  recordingsOf(tx, room.id).where('state', 'in', ['starting', 'running']).executeTakeFirst();
