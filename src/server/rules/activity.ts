import { ACTIVITY, type RoomEvent } from '../../protocol/events.ts';
import type { Db, Room, Tx } from '../storage/tables.ts';
import { LOG_PAGE, toEvent } from './log.ts';

/** Who came, went, knocked, was let in and by whom: of a room's log, what counts as activity. */
const activityOf = (db: Db | Tx, { id }: Pick<Room, 'id'>) =>
  db.selectFrom('events').selectAll().where('room_id', '=', id).where('type', 'in', ACTIVITY);

/** One page of it, the newest first: `limit` events older than the position `before`. */
export async function readActivity(
  db: Db | Tx,
  room: Pick<Room, 'id' | 'name'>,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<{ events: RoomEvent[]; more: boolean }> {
  const rows = await activityOf(db, room)
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const events = rows.slice(0, limit).map((row) => toEvent(row, room));
  return { events, more: rows.length > limit };
}

/** All of it up to now, the oldest first, page by page, so that a long one needs little memory. */
export async function* walkActivity(
  db: Db | Tx,
  room: Pick<Room, 'id' | 'name' | 'seq'>,
): AsyncGenerator<RoomEvent[], void> {
  let after = 0;
  for (;;) {
    const rows = await activityOf(db, room)
      .where('seq', '>', after)
      .where('seq', '<=', room.seq)
      .orderBy('seq')
      .limit(LOG_PAGE)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => toEvent(row, room));
    after = last.seq;
  }
}
