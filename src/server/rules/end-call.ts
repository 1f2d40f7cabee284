import { newId } from '../secrets.ts';
import type { Change } from './change.ts';
import { emptyRoom } from './empty-room.ts';
import { voidPasses } from './passes.ts';
import { type Acting, toActor } from './people.ts';

/**
 * Ends the call: every stay is over, and nobody comes straight back by a pass. With `keepMe` the host
 * who ends it stays in. The lock is as it was: whether people must knock to come back is the room's
 * rule, not the ending's.
 */
export async function endCall(
  change: Change,
  acting: Acting,
  { keepMe = false, cause }: { keepMe?: boolean | undefined; cause?: 'no-host' },
): Promise<{ seq: number; ended: number }> {
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
  const ended = await emptyRoom(change, acting, { kept, state: 'ended', eventId });
  await voidPasses(change);
  return { seq: change.seq, ended };
}
