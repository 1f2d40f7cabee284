import type { AccessLevel } from '../../protocol/participant.ts';
import { hash, newId, newIdentity, newSession } from '../secrets.ts';
import type { Room } from '../storage/tables.ts';
import type { Comer } from './assess.ts';
import type { Change } from './change.ts';
import { seated, type Seated } from './people.ts';

/** LiveKit's name of a room's current call. */
export const sfuRoomOf = ({ id, epoch }: Pick<Room, 'id' | 'epoch'>): string => `r_${id}_${epoch}`;

/** How a stay begins: in the call, or waiting at the door. */
export type Beginning =
  | { state: 'admitted'; access: Exclude<AccessLevel, 'knock'> }
  | { state: 'waiting'; message: string | undefined; expiresAt: number };

/** Writes down a new stay and its seat. The session is told once, and kept as its hash. */
export async function beginStay(
  change: Change,
  comer: Comer,
  beginning: Beginning,
): Promise<{ stay: Seated; session: string }> {
  const { tx, room, now } = change;
  const session = newSession();
  const id = newId('a');
  const isWaiting = beginning.state === 'waiting';
  const access = isWaiting ? 'knock' : beginning.access;
  await tx
    .insertInto('admissions')
    .values({
      id,
      room_id: room.id,
      person: comer.person,
      visitor: comer.visitor,
      invitation_id: comer.invitation ?? null,
      token_hash: comer.tokenHash ?? null,
      name: comer.name,
      role: access === 'host' ? 'host' : 'guest',
      access,
      way: comer.way,
      state: beginning.state,
      // Who knocks is at the door; who is let in is in the call when LiveKit has answered.
      present: isWaiting,
      session_hash: hash(session),
      entered_at: now,
      // The knocker's page has no feed yet; one that never opens it does not wait for long.
      gone_at: isWaiting ? now : null,
      message: isWaiting ? (beginning.message ?? null) : null,
      expires_at: isWaiting ? beginning.expiresAt : null,
    })
    .execute();
  const identity = newIdentity();
  await tx
    .insertInto('seats')
    .values({
      identity,
      admission_id: id,
      room_id: room.id,
      kind: 'call',
      sfu_room: sfuRoomOf(room),
    })
    .execute();
  const stay = await seated(tx).where('identity', '=', identity).executeTakeFirstOrThrow();
  return { stay, session };
}
