import { sql } from 'kysely';
import { MAX_UNREAD } from '../../protocol/limits.ts';
import type { ChatMark } from '../../protocol/message.ts';
import type { Db, Room, Tx } from '../storage/tables.ts';
import { messagesFor } from './messages.ts';

/**
 * How far `person` has read, in whatever window. To somebody who was never here, all that was
 * written up to `seq` is history, and nothing of it unread.
 */
export async function readMark(
  tx: Tx,
  room: Pick<Room, 'id'>,
  person: string,
  seq: number,
): Promise<ChatMark> {
  await tx
    .insertInto('chat_marks')
    .values({ room_id: room.id, person, read: seq })
    .onConflict((conflict) => conflict.columns(['room_id', 'person']).doNothing())
    .execute();
  const { read } = await tx
    .selectFrom('chat_marks')
    .select('read')
    .where('room_id', '=', room.id)
    .where('person', '=', person)
    .executeTakeFirstOrThrow();
  return { read, unread: await countUnread(tx, room, person, read) };
}

/** `person` has seen all up to `read`, which is no further than the log goes. */
export async function setMark(
  db: Db | Tx,
  room: Pick<Room, 'id' | 'seq'>,
  person: string,
  read: number,
): Promise<ChatMark> {
  const row = await db
    .insertInto('chat_marks')
    .values({ room_id: room.id, person, read: Math.min(read, room.seq) })
    .onConflict((conflict) =>
      conflict.columns(['room_id', 'person']).doUpdateSet({
        read: sql<number>`greatest(chat_marks.read, excluded.read)`,
      }),
    )
    .returning('read')
    .executeTakeFirstOrThrow();
  return { read: row.read, unread: await countUnread(db, room, person, row.read) };
}

async function countUnread(
  db: Db | Tx,
  room: Pick<Room, 'id'>,
  person: string,
  read: number,
): Promise<number> {
  const rows = await messagesFor(db, room, person)
    .select('seq')
    .where('seq', '>', read)
    .where('author_person', '!=', person)
    .where('deleted_at', 'is', null)
    .limit(MAX_UNREAD)
    .execute();
  return rows.length;
}
