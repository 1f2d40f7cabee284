import { MeetingError } from '../../protocol/meeting-error.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { Message } from '../../protocol/message.ts';
import { MAX_MESSAGE_BYTES, MAX_MESSAGES } from '../../protocol/limits.ts';
import { cleanText } from '../../protocol/names.ts';
import type { Participant } from '../../protocol/participant.ts';
import type { Input } from '../../protocol/routes.ts';
import type { Change } from './change.ts';
import { demand } from './demand.ts';
import { readFile, toRoomFile } from './files.ts';
import { messagesFor, toMessage, toMessages } from './messages.ts';
import { exitOf, seated, type Seated, toParticipant } from './people.ts';

/** What a rule of the chat answers. */
interface Told {
  seq: number;
  message: Message;
}

/**
 * Writes a message, for everybody or for one person. What was sent already is not sent again: the
 * page that makes the id may ask until it is answered.
 *
 * @throws MeetingError `invalid-input`; `message-id-taken`; `message-not-found`, of `replyTo`;
 *   `participant-not-found`, `participant-out`, `not-yourself`, of `to`; `file-not-found`;
 *   `chat-full`.
 */
export async function sendMessage(
  change: Change,
  stay: Seated,
  { id, text, replyTo, to, file: fileId }: Input<'message-send'>,
): Promise<Told> {
  const { tx, room, now } = change;
  demand('message-send', { by: stay });
  const readable = readableText(text, fileId !== undefined);
  const sent = await findOwn(change, stay, id);
  if (sent) return { seq: change.seq, message: sent };
  const recipient = to === undefined ? undefined : await findRecipient(change, stay, to);
  if (replyTo !== undefined) await checkReply(change, stay, replyTo, recipient);
  const file = fileId === undefined ? undefined : await findBrought(change, fileId, recipient);
  const author = toParticipant(stay);
  const row = {
    room_id: room.id,
    id,
    seq: change.seq + 1,
    number: await nextNumber(change),
    at: now,
    author,
    author_person: stay.person,
    recipient: recipient ?? null,
    recipient_person: recipient?.person ?? null,
    text: readable,
    reply_to: replyTo ?? null,
    file_id: file?.id ?? null,
    edited_at: null,
    deleted_at: null,
    deleted_by: null,
  };
  await tx.insertInto('messages').values(row).execute();
  const message = toMessage(row, file);
  change.append({ type: 'message-received', message, by: author });
  return { seq: change.seq, message };
}

/**
 * Changes what somebody wrote themselves.
 *
 * @throws MeetingError `invalid-input`, `message-not-found`, `not-yours`.
 */
export async function editMessage(
  change: Change,
  stay: Seated,
  { id, text }: Input<'message-edit'>,
): Promise<Told> {
  const { tx, room, now } = change;
  const message = await findOpen(change, stay, id);
  const readable = readableText(text, message.file !== undefined);
  demand('message-edit', { by: stay, target: message.by });
  if (message.deletedAt !== undefined) throw notFound();
  if (message.text === readable) return { seq: change.seq, message };
  await tx
    .updateTable('messages')
    .set({ text: readable, edited_at: now })
    .where('room_id', '=', room.id)
    .where('id', '=', id)
    .execute();
  const edited = { ...message, text: readable, editedAt: now };
  change.append({ type: 'message-edited', message: edited, by: toParticipant(stay) });
  return { seq: change.seq, message: edited };
}

/**
 * Takes a message away for good: one's own, or for a host any that is for everybody. What remains
 * says that there was one, and who took it away.
 *
 * @throws MeetingError `message-not-found`, `not-yours`.
 */
export async function deleteMessage(
  change: Change,
  stay: Seated,
  { id }: Input<'message-delete'>,
): Promise<Told> {
  const { tx, room, now } = change;
  const message = await findOpen(change, stay, id);
  // What is between two people is no host's business, also when the host is one of the two.
  const action = message.to ? 'message-edit' : 'message-delete';
  demand(action, { by: stay, target: message.by });
  if (message.deletedAt !== undefined) return { seq: change.seq, message };
  const by = toParticipant(stay);
  await tx
    .updateTable('messages')
    .set({ text: '', file_id: null, edited_at: null, deleted_at: now, deleted_by: by })
    .where('room_id', '=', room.id)
    .where('id', '=', id)
    .execute();
  const { editedAt: _, file: __, ...kept } = message;
  const deleted = { ...kept, text: '', deletedAt: now, deletedBy: by };
  change.append({ type: 'message-deleted', message: deleted, by });
  return { seq: change.seq, message: deleted };
}

/** @param mayBeEmpty A file says enough. */
function readableText(text: string, mayBeEmpty: boolean): string {
  const readable = cleanText(text);
  const isTooLong = Buffer.byteLength(text) > MAX_MESSAGE_BYTES;
  if ((readable || mayBeEmpty) && !isTooLong) return readable;
  const message = isTooLong
    ? `has more than ${MAX_MESSAGE_BYTES} bytes`
    : 'has nothing readable in it';
  throw new MeetingError('invalid-input', `The text ${message}.`, {
    issues: [{ path: 'text', message }],
  });
}

/** The message that was sent by this id before. */
async function findOwn(
  { tx, room }: Change,
  { person }: Seated,
  id: string,
): Promise<Message | undefined> {
  const row = await tx
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', room.id)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.author_person === person) return (await toMessages(tx, room, [row]))[0];
  throw new MeetingError('message-id-taken', 'Somebody else has a message of this id.');
}

/** A message that is there for `stay`; of others' private ones nobody learns that they exist. */
async function findOpen({ tx, room }: Change, { person }: Seated, id: string): Promise<Message> {
  const row = await messagesFor(tx, room, person)
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  const [message] = row ? await toMessages(tx, room, [row]) : [];
  if (!message) throw notFound();
  return message;
}

/** A file for two people alone would be a promise that the list of files does not keep. */
async function findBrought(
  { tx, room }: Change,
  id: string,
  recipient: Participant | undefined,
): Promise<RoomFile> {
  if (!recipient) return toRoomFile(await readFile(tx, room.id, id));
  throw new MeetingError('invalid-input', 'The files of a room are for everybody in it.', {
    issues: [{ path: 'file', message: 'goes with no private message' }],
  });
}

async function findRecipient(
  { tx, room, now }: Change,
  { person }: Seated,
  identity: string,
): Promise<Participant> {
  const target = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('identity', '=', identity)
    .executeTakeFirst();
  if (!target || target.state === 'waiting') {
    throw new MeetingError('participant-not-found', 'Nobody of this identity is in this room.');
  }
  // How their stay ended is told to hosts only.
  if (exitOf(target, now)) throw new MeetingError('participant-out', 'They are out.');
  if (target.person === person) throw new MeetingError('not-yourself', 'That is oneself.');
  return toParticipant(target);
}

/** An answer to a private message stays between the same two. */
async function checkReply(
  change: Change,
  stay: Seated,
  replyTo: string,
  recipient: Participant | undefined,
): Promise<void> {
  const { by, to } = await findOpen(change, stay, replyTo);
  if (!to) return;
  const other = by.person === stay.person ? to.person : by.person;
  if (recipient?.person === other) return;
  throw new MeetingError('invalid-input', 'The answer to a private message is private.', {
    issues: [{ path: 'to', message: 'is not the other of the two' }],
  });
}

/** Rows only go from the oldest on, so first and last number say how many there are. */
async function nextNumber({ tx, room }: Change): Promise<number> {
  const numberAt = async (end: 'asc' | 'desc'): Promise<number | undefined> => {
    const row = await tx
      .selectFrom('messages')
      .select('number')
      .where('room_id', '=', room.id)
      .orderBy('seq', end)
      .limit(1)
      .executeTakeFirst();
    return row?.number;
  };
  const last = (await numberAt('desc')) ?? 0;
  const first = (await numberAt('asc')) ?? 1;
  if (last - first + 1 < MAX_MESSAGES) return last + 1;
  throw new MeetingError('chat-full', 'The chat of this room keeps no more: a host may clear it.');
}

const notFound = (): MeetingError => new MeetingError('message-not-found', 'No such message.');
