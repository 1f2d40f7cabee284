import { type Selectable, sql } from 'kysely';
import type { Message } from '../../protocol/message.ts';
import type { Db, Room, Tables, Tx } from '../storage/tables.ts';

type MessageRow = Selectable<Tables['messages']>;

/** What a message is to everybody who may read it. */
export const toMessage = (row: MessageRow): Message => ({
  id: row.id,
  seq: row.seq,
  at: row.at,
  by: row.author,
  ...(row.recipient && { to: row.recipient }),
  text: row.text,
  ...(row.reply_to !== null && { replyTo: row.reply_to }),
  ...(row.edited_at !== null && { editedAt: row.edited_at }),
  ...(row.deleted_at !== null && { deletedAt: row.deleted_at }),
  ...(row.deleted_by && { deletedBy: row.deleted_by }),
});

/** The messages that `person` may read: those for everybody, and what they wrote or were written. */
export const messagesFor = (db: Db | Tx, { id }: Pick<Room, 'id'>, person: string) =>
  db
    .selectFrom('messages')
    .where('room_id', '=', id)
    .where(({ eb, or }) =>
      or([
        eb('recipient_person', 'is', null),
        eb('recipient_person', '=', person),
        eb('author_person', '=', person),
      ]),
    );

/** One page backwards, the newest last: `limit` messages older than the position `before`. */
export async function listMessages(
  db: Db | Tx,
  room: Pick<Room, 'id'>,
  person: string,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<{ messages: Message[]; more: boolean }> {
  const rows = await messagesFor(db, room, person)
    .selectAll()
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const messages = rows.slice(0, limit).map(toMessage).toReversed();
  return { messages, more: rows.length > limit };
}

/** Messages by their ids, whoever may read them: whoever tells them must look. */
export async function findMessages(
  db: Db | Tx,
  { id: roomId }: Pick<Room, 'id'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Message>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, toMessage(row)]));
}

/** Numbers the messages of a room anew, in their order, after older ones came back. */
export async function numberMessages(tx: Tx, { id }: Pick<Room, 'id'>): Promise<void> {
  await sql`update messages set number = counted.number from (
      select id, row_number() over (order by seq) as number from messages where room_id = ${id}
    ) as counted
    where room_id = ${id} and messages.id = counted.id`.execute(tx);
}
