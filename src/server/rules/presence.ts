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

/** A socket of the door that closed. */
export interface ClosedSocket extends SocketRef {
  identity: string;
  generation: number;
  saidGoodbye: boolean;
}

/** Sockets of the door closed. That alone ends nothing: their clients may come back. */
export async function disconnected(change: Change, closed: readonly ClosedSocket[]): Promise<void> {
  const { tx, room, now } = change;
  const identities = closed.map(({ identity }) => identity);
  const stays = await seated(tx).where('identity', 'in', identities).execute();
  const stayOf = new Map(stays.map((stay) => [stay.identity, stay]));
  // A page says goodbye, too, when the stay goes on in another window, which is on its way.
  const isGoodbye = ({ identity, generation, saidGoodbye }: ClosedSocket): boolean =>
    saidGoodbye && (stayOf.get(identity)?.generation ?? generation) <= generation;
  const freed = new Set([
    ...(await free(change, closed.filter(isGoodbye), { said_goodbye: true })),
    ...(await free(
      change,
      closed.filter((one) => !isGoodbye(one)),
      { said_goodbye: false },
    )),
  ]);
  for (const one of closed) {
    const { identity } = one;
    // A knocker's camera and a host who looks are not in the call.
    if (!freed.has(identity) || !stayOf.get(identity)?.present) continue;
    change.tell({ kind: 'presence', room: room.id, identity, connection: 'reconnecting' });
    change.check(now + (isGoodbye(one) ? GONE_AFTER_GOODBYE : 1_000));
  }
}

/** Frees the seats that still are those sockets'. @returns whose they are. */
async function free(
  { tx, now }: Change,
  closed: readonly ClosedSocket[],
  said: { said_goodbye: boolean },
): Promise<string[]> {
  if (closed.length === 0) return [];
  const seats = await tx
    .updateTable('seats')
    .set({ holder: null, socket: null, closed_at: now, ...said })
    .where(
      'identity',
      'in',
      closed.map(({ identity }) => identity),
    )
    .where(
      'socket',
      'in',
      closed.map(({ socket }) => socket),
    )
    .returning('identity')
    .execute();
  return seats.map(({ identity }) => identity);
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
