import { newId } from '../secrets.ts';
import type { Change } from './change.ts';
import { endStay } from './end-stay.ts';
import { sfuRoomOf } from './begin-stay.ts';
import { clearHostless } from './last-host.ts';
import { voidPasses } from './passes.ts';
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
  { keepMe = false, cause }: { keepMe?: boolean | undefined; cause?: 'no-host' },
): Promise<{ seq: number; ended: number }> {
  const { tx, room } = change;
  const kept = keepMe && acting !== 'server' ? acting.stay : undefined;
  const eventId = newId('e');
  change.append(
    {
      type: 'call-ended',
      keptHost: kept !== undefined,
      by: toActor(acting),
      ...(cause && { cause }),
    },
    eventId,
  );
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
  await voidPasses(change);
  const payload = { sfuRoom: sfuRoomOf(room) };
  await clearHostless(change);
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
