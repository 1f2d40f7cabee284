import { newId } from '../secrets.ts';
import type { Change } from './change.ts';
import { endStay } from './end-stay.ts';
import { sfuRoomOf } from './begin-stay.ts';
import { overKnock, staysWaiting } from './knock.ts';
import { type Acting, seated, toActor } from './people.ts';

/**
 * Ends the call: every stay is over, and nobody comes straight back by a pass.
 *
 * For everybody, the next call gets a LiveKit room of its own and the old one is deleted, so that no
 * token of it is good for anything. With `keepMe` the room stays as it is, for the host's media must
 * not even blink, and all others are put out of it one by one until nobody is left over. The lock is
 * as it was: whether people must knock to come back is the room's rule, not the ending's.
 */
export async function endCall(
  change: Change,
  acting: Acting,
  { keepMe = false }: { keepMe?: boolean | undefined },
): Promise<{ seq: number; ended: number }> {
  const { tx, room } = change;
  const kept = keepMe && acting !== 'server' ? acting.stay : undefined;
  const eventId = newId('e');
  change.append({ type: 'call-ended', keptHost: kept !== undefined, by: toActor(acting) }, eventId);
  const stays = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('state', '=', 'admitted')
    .execute();
  const others = stays.filter(({ id }) => id !== kept?.id);
  for (const stay of others) {
    await endStay(change, stay, {
      state: 'ended',
      reason: 'ended',
      by: acting,
      eventId,
      inBulk: true,
    });
  }
  for (const stay of await staysWaiting(change)) {
    await overKnock(change, stay, { state: 'ended', by: acting, eventId });
  }
  await tx
    .updateTable('admissions')
    .set({ pass_until: null })
    .where('room_id', '=', room.id)
    .where('pass_until', 'is not', null)
    .execute();
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
  }
  change.check(change.now);
  return { seq: change.seq, ended: others.length };
}
