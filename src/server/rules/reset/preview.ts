import type { ResetCount } from '../../../protocol/reset.ts';
import type { Answer } from '../../../protocol/routes.ts';
import type { Db, Room } from '../../storage/tables.ts';
import { atOneMoment } from '../at-one-moment.ts';
import type { Ports } from '../change.ts';
import type { Acting } from '../people.ts';
import { ALL_PARTS, PARTS } from './parts.ts';
import { readRestorable } from './restore.ts';

/**
 * How much a reset would clear, by parts, and what `acting` may put back of earlier ones; all of it
 * as it is at one moment.
 */
export function previewReset(
  { storage, clock, policy }: Ports,
  roomId: string,
  acting: Acting,
): Promise<Answer<'reset-preview'>> {
  return atOneMoment(storage.db, roomId, async (tx, room) => {
    const parts: ResetCount[] = [];
    for (const part of ALL_PARTS) parts.push({ part, count: await PARTS[part].count(tx, room) });
    const restorable = await readRestorable(tx, room, acting, clock.now());
    const people = await countPeople(tx, room);
    return { seq: room.seq, parts, people, restorable, keptFor: policy.trash };
  });
}

async function countPeople(db: Db, { id }: Room): Promise<number> {
  const { count } = await db
    .selectFrom('admissions')
    .select((eb) => eb.fn.countAll<string | number>().as('count'))
    .where('room_id', '=', id)
    .where('state', '=', 'admitted')
    .where('present', '=', true)
    .executeTakeFirstOrThrow();
  return Number(count);
}
