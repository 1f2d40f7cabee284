import type { Exit, ExitReason } from '../../protocol/exit.ts';
import type { RecordingEnd } from '../../protocol/recording.ts';
import { newId } from '../secrets.ts';
import type { AdmissionState } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { endLooks } from './knock-look.ts';
import { endRecordingOf } from './recording-ends.ts';
import { wentAway } from './last-host.ts';
import { type Acting, exitOf, type Seated, toActor, toParticipant } from './people.ts';

/** How a stay ends, as it is written down. */
export interface Ending {
  state: Exclude<AdmissionState, 'waiting' | 'admitted'>;
  reason: ExitReason;
  by?: Acting | undefined;
  note?: string | undefined;
  passUntil?: number | undefined;
  /** The id of the act, when it has an event of its own beside `participant-left`. */
  eventId?: string | undefined;
}

/**
 * Ends an admitted stay, whatever the reason: as `endStays`, and LiveKit is to remove the identity.
 */
export async function endStay(change: Change, stay: Seated, ending: Ending): Promise<void> {
  await endStays(change, [stay], ending);
  if (stay.present) await wentAway(change, stay);
  change.effect({
    kind: 'sfu.remove',
    payload: { sfuRoom: stay.sfu_room, identity: stay.identity },
  });
}

/**
 * Ends admitted stays: their sessions are dead, their sockets are told to go, the others hear of it,
 * and the reconciler sees to it. What LiveKit is to do is the caller's to say.
 */
export async function endStays(
  change: Change,
  stays: readonly Seated[],
  { state, reason, by, note, passUntil, eventId = newId('e') }: Ending,
): Promise<void> {
  if (stays.length === 0) return;
  const over = {
    state,
    present: false,
    over_at: change.now,
    over_by: by ? toActor(by) : null,
    over_reason: reason,
    note: note ?? null,
    pass_until: passUntil ?? null,
  };
  const ids = stays.map(({ id }) => id);
  await change.tx
    .updateTable('admissions')
    .set(({ eb }) => ({ ...over, generation: eb('generation', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
  for (const stay of stays) {
    const ended = { ...stay, ...over, generation: stay.generation + 1 };
    change.tellOut(ended, stay.identity, exitOf(ended, change.now, change.room));
    if (stay.role === 'host') await endLooks(change, stay);
    if (!stay.present) continue;
    change.append(
      {
        type: 'participant-left',
        participant: toParticipant(stay),
        reason,
        ...(passUntil !== undefined && { until: passUntil }),
        ...(by && { by: toActor(by) }),
      },
      eventId,
    );
  }
  const why = reason === 'network' ? 'lost' : ENDS[state];
  await endRecordingOf(change, ids, why, { ...(by && { by: toActor(by) }), eventId });
  change.check(change.now);
}

/** What becomes of what they record. */
const ENDS: Readonly<Record<Ending['state'], RecordingEnd>> = {
  left: 'left',
  removed: 'removed',
  ended: 'ended',
  reset: 'reset',
  denied: 'left',
  withdrawn: 'left',
  expired: 'left',
};

/** What a page is told whose stay goes on in another window. */
export const replacedExit = (now: number): Exit => ({
  reason: 'replaced',
  at: now,
  next: 'takeover',
});
