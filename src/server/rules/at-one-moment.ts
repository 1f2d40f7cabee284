import type { Db, Room, Tx } from '../storage/tables.ts';

/** Reads several things of a room as they are at one moment, without holding anybody up. */
export function atOneMoment<T>(
  db: Db,
  roomId: string,
  read: (tx: Tx, room: Room) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const room = await tx
        .selectFrom('rooms')
        .selectAll()
        .where('id', '=', roomId)
        .executeTakeFirstOrThrow();
      return read(tx, room);
    });
}
