import type { Change } from './change.ts';
import { endStays } from './end-stay.ts';
import { sfuRoomOf } from './begin-stay.ts';
import { clearHostless } from './last-host.ts';
import { endRunning } from './recording-ends.ts';
import { overKnock, staysWaiting } from './knock.ts';
import { type Acting, seated, type Seated, toActor } from './people.ts';

/**
 * Ends every stay and every wait but `kept`'s.
 *
 * With nobody kept, the next call gets a LiveKit room of its own and the old one is deleted, so that
 * no token of it is good for anything. Else the room stays as it is, for the host's media must not
 * even blink, and all others are put out of it one by one until nobody is left over.
 *
 * @returns how many stays ended.
 */
export async function emptyRoom(
  change: Change,
  acting: Acting,
  { kept, state, eventId }: { kept: Seated | undefined; state: 'ended' | 'reset'; eventId: string },
): Promise<number> {
  const { tx, room } = change;
  const stays = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('state', '=', 'admitted')
    .execute();
  const others = stays.filter(({ id }) => id !== kept?.id);
  await endStays(change, others, { state, reason: state, by: acting, eventId });
  for (const stay of await staysWaiting(change)) {
    await overKnock(change, stay, { state, by: acting, eventId });
  }
  await clearHostless(change);
  const payload = { sfuRoom: sfuRoomOf(room) };
  if (kept) {
    change.effect({ kind: 'sfu.sweep', payload });
  } else {
    await tx
      .updateTable('rooms')
      .set({ epoch: room.epoch + 1 })
      .where('id', '=', room.id)
      .execute();
    change.effect({ kind: 'sfu.delete-room', payload });
    // What a backend started hangs on nobody's stay.
    await endRunning(change, state, { by: toActor(acting), eventId });
  }
  change.check(change.now);
  return others.length;
}
