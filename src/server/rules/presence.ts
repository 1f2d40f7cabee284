import { MeetingError } from '../../protocol/meeting-error.ts';
import { KNOCK_AWAY_AFTER } from '../../protocol/limits.ts';
import type { Change } from './change.ts';
import { endStay } from './end-stay.ts';
import { clearHostless, wentAway } from './last-host.ts';
import { dropAt, seated, type Seated, toParticipant, toRosterEntry } from './people.ts';
import { permitComer } from './presenter-mode.ts';
import { readSeat } from './seats.ts';

/** A socket of the door: which instance holds it, and which one it is. */
export interface SocketRef {
  holder: string;
  socket: string;
}

/** After the client said goodbye it may only be connecting anew; after that it is gone. */
export const GONE_AFTER_GOODBYE = 3_000;
/** Without a word, a socket may come back this long. */
export const GONE_AFTER_SILENCE = 20_000;

/**
 * LiveKit's first answer to somebody passed the door: with a seat in the call, they are in it.
 *
 * @throws MeetingError `admission-over`, `seat-invalid` when their stay or the seat ended meanwhile;
 *   the answer must not pass.
 */
export async function joined(change: Change, identity: string, ref: SocketRef): Promise<void> {
  const { tx, now } = change;
  const stay = await readSeat(tx, identity, now);
  if (stay.socket !== ref.socket) {
    throw new MeetingError('seat-invalid', 'Another socket has taken this seat.');
  }
  if (stay.kind !== 'call') return;
  permitComer(change);
  if (stay.present) {
    change.tell({ kind: 'presence', room: change.room.id, identity, connection: 'connected' });
    return;
  }
  await tx
    .updateTable('admissions')
    .set({ present: true, joined_at: now, gone_at: null })
    .where('id', '=', stay.id)
    .execute();
  if (stay.role === 'host') await clearHostless(change);
  const participant = toRosterEntry({ ...stay, joined_at: now });
  change.append({ type: 'participant-joined', participant, by: toParticipant(stay) });
  change.check(now);
}

/** A socket of the door closed. That alone ends nothing: the client may come back. */
export async function disconnected(
  change: Change,
  identity: string,
  ref: SocketRef,
  { saidGoodbye, generation }: { saidGoodbye: boolean; generation: number },
): Promise<void> {
  const { tx, room, now } = change;
  const stay = await seated(tx).where('identity', '=', identity).executeTakeFirst();
  // A page says goodbye, too, when the stay goes on in another window, which is on its way.
  const isGoodbye = saidGoodbye && !(stay && stay.generation > generation);
  const freed = await tx
    .updateTable('seats')
    .set({ holder: null, socket: null, closed_at: now, said_goodbye: isGoodbye })
    .where('identity', '=', identity)
    .where('socket', '=', ref.socket)
    .executeTakeFirst();
  // A knocker's camera and a host who looks are not in the call.
  if (freed.numUpdatedRows === 0n || !stay?.present) return;
  change.tell({ kind: 'presence', room: room.id, identity, connection: 'reconnecting' });
  change.check(now + (isGoodbye ? GONE_AFTER_GOODBYE : 1_000));
}

/** Nobody has heard of them long enough: they are not in the call, but still admitted. */
export async function gone(change: Change, stay: Seated): Promise<void> {
  const { tx, now } = change;
  await tx
    .updateTable('admissions')
    .set({ present: false, gone_at: now })
    .where('id', '=', stay.id)
    .execute();
  const reason = stay.said_goodbye ? 'left' : 'network';
  change.append({ type: 'participant-left', participant: toParticipant(stay), reason });
  await wentAway(change, stay);
  change.check(dropAt({ ...stay, gone_at: now }));
}

/** They did not come back in time: the stay is over. */
export const dropped = (change: Change, stay: Seated): Promise<void> =>
  endStay(change, stay, { state: 'left', reason: 'network' });

/** A knocker's page opened or closed its feed. */
export async function knockerAt(change: Change, stay: Seated, present: boolean): Promise<void> {
  const { tx, room, now } = change;
  const { numUpdatedRows } = await tx
    .updateTable('admissions')
    .set({ present, gone_at: present ? null : now })
    .where('id', '=', stay.id)
    .where('state', '=', 'waiting')
    // A page that was replaced says nothing of the one that replaced it.
    .where('generation', '=', stay.generation)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const { identity } = stay;
  change.tell({ kind: 'knock-presence', room: room.id, identity, present });
  if (!present) change.check(now + KNOCK_AWAY_AFTER);
}
