import type { RoomEventOf } from '../../protocol/events.ts';
import type { Change } from './change.ts';
import { type Acting, toActor } from './people.ts';

/**
 * Has the public link ask people to knock, for another reason than that a host wants it.
 *
 * @returns whether it was open.
 */
export async function closeLink(
  change: Change,
  acting: Acting,
  cause: Exclude<RoomEventOf<'room-locked'>['cause'], 'host'>,
): Promise<boolean> {
  const open = await change.tx
    .updateTable('rooms')
    .set({ locked: true })
    .where('id', '=', change.room.id)
    .where('locked', '=', false)
    .returning('id')
    .executeTakeFirst();
  if (!open) return false;
  change.append({ type: 'room-locked', cause, by: toActor(acting) });
  return true;
}
