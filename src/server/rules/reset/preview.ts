import type { ResetCount } from '../../../protocol/reset.ts';
import type { Db, Room } from '../../storage/tables.ts';
import { atOneMoment } from '../at-one-moment.ts';
import { ALL_PARTS, PARTS } from './parts.ts';

/** How much a reset would clear, by parts; all of it as it is at one moment. */
export function previewReset(
  db: Db,
  roomId: string,
): Promise<{ seq: number; parts: ResetCount[]; people: number }> {
  return atOneMoment(db, roomId, async (tx, room) => {
    const parts: ResetCount[] = [];
    for (const part of ALL_PARTS) parts.push({ part, count: await PARTS[part].count(tx, room) });
    return { seq: room.seq, parts, people: await countPeople(tx, room) };
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
