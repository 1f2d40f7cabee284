import { type Selectable, sql } from 'kysely';
import type { RoomFile } from '../../protocol/file.ts';
import type { Message, MessageFile } from '../../protocol/message.ts';
import type { Db, Room, Tables, Tx } from '../storage/tables.ts';
import { filesOf, toRoomFile } from './files.ts';

type MessageRow = Selectable<Tables['messages']>;

/** What messages are to everybody who may read them, with their files as those are now. */
export async function toMessages(
  db: Db | Tx,
  { id: roomId }: Pick<Room, 'id'>,
  rows: readonly MessageRow[],
): Promise<Message[]> {
  const ids = rows.flatMap(({ file_id }) => file_id ?? []);
  const files = await findReady(db, roomId, ids);
  return rows.map((row) => {
    if (row.file_id === null) return toMessage(row);
    return toMessage(row, files.get(row.file_id) ?? { id: row.file_id, gone: true });
  });
}

/** One message, with what it brings. */
export const toMessage = (row: MessageRow, file?: MessageFile): Message => ({
  id: row.id,
  seq: row.seq,
  at: row.at,
  by: row.author,
  ...(row.recipient && { to: row.recipient }),
  text: row.text,
  ...(file && { file }),
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
  const messages = (await toMessages(db, room, rows.slice(0, limit))).toReversed();
  return { messages, more: rows.length > limit };
}

/** Messages by their ids, whoever may read them: whoever tells them must look. */
export async function findMessages(
  db: Db | Tx,
  room: Pick<Room, 'id'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Message>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', room.id)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map((await toMessages(db, room, rows)).map((message) => [message.id, message]));
}

/** Numbers the messages of a room anew, in their order, after older ones came back. */
export async function numberMessages(tx: Tx, { id }: Pick<Room, 'id'>): Promise<void> {
  await sql`update messages set number = counted.number from (
      select id, row_number() over (order by seq) as number from messages where room_id = ${id}
    ) as counted
    where room_id = ${id} and messages.id = counted.id`.execute(tx);
}

/** Of these files those that the room has, by their ids. */
async function findReady(
  db: Db | Tx,
  roomId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RoomFile>> {
  if (ids.length === 0) return new Map();
  const rows = await filesOf(db)
    .where('room_id', '=', roomId)
    .where('id', 'in', [...new Set(ids)])
    .where('ready_at', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, toRoomFile(row)]));
}
