import { MeetingError } from '../../protocol/meeting-error.ts';
import { newIdentity } from '../secrets.ts';
import type { Change } from './change.ts';
import { knockRoomOf } from './knock-camera.ts';
import { findWaiting } from './knocks.ts';
import type { Seated } from './people.ts';
import { readSeat, type Seat } from './seats.ts';

/**
 * Lets a host look at somebody who knocks and shows themselves, one seat for each stay and knock.
 *
 * @throws MeetingError `knock-not-found`, also when they show nothing; `already-decided` with what
 *   became of it.
 */
export async function lookAtKnock(
  change: Change,
  host: Seated,
  { identity: knock }: { identity: string },
): Promise<Seat> {
  const { tx, room, now } = change;
  const { stay } = await findWaiting(change, knock);
  if (!stay.camera) throw new MeetingError('knock-not-found', 'They do not show themselves.');
  const own = await tx
    .selectFrom('seats')
    .select('identity')
    .where('admission_id', '=', host.id)
    .where('looks_at', '=', stay.id)
    .executeTakeFirst();
  const identity = own?.identity ?? newIdentity();
  if (!own) {
    await tx
      .insertInto('seats')
      .values({
        identity,
        admission_id: host.id,
        room_id: room.id,
        kind: 'look',
        sfu_room: knockRoomOf(stay.id),
        looks_at: stay.id,
      })
      .execute();
  }
  return readSeat(tx, identity, now);
}

/**
 * A stay no longer looks at anybody: it is over, goes on in another window, or is no host's any more.
 * Its seats are gone at once, their sockets are told to go, and LiveKit is to put them out.
 */
export async function endLooks(change: Change, { id }: Pick<Seated, 'id'>): Promise<void> {
  const seats = await change.tx
    .deleteFrom('seats')
    .where('admission_id', '=', id)
    .where('kind', '=', 'look')
    .returning(['identity', 'sfu_room'])
    .execute();
  for (const { identity, sfu_room: sfuRoom } of seats) {
    change.tell({ kind: 'seat-out', identity });
    change.effect({ kind: 'sfu.remove', payload: { sfuRoom, identity } });
  }
}
