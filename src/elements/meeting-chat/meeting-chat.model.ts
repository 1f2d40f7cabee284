import type { RoomContext } from '../../controllers/room-context.ts';
import type { ChatMessage } from '../../core/chat-state.ts';
import { MAX_MESSAGE_BYTES } from '../../protocol/limits.ts';
import type { Message } from '../../protocol/message.ts';

/** Messages of one person in a row stand under one name for this long, ms. */
const TOGETHER = 5 * 60_000;
/** From here on it is said how much may still be written, in bytes. */
const NEARLY_FULL = 500;

/** What the panel around messages and box needs of its room. */
export function chatView({ store }: RoomContext) {
  const allowed = store.explain('file-upload');
  return {
    store,
    phase: store.connection.value.phase,
    uploads: store.uploads.value,
    hasFiles: store.chat.value.messages.some(({ file }) => file && !('gone' in file)),
    barred: allowed.allowed ? undefined : allowed.why,
  };
}

/** One line of the log. */
export type Row =
  | { readonly kind: 'day'; readonly at: number; readonly key: string }
  | { readonly kind: 'unread'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly message: ChatMessage;
      /** Under the name of the message before. */
      readonly follows: boolean;
      readonly key: string;
    };

/** The log's lines: messages, a line before the first of each day, and one before what is unread. */
export function toRows(
  messages: readonly ChatMessage[],
  { self, readUntil }: { self: string | undefined; readUntil: number | undefined },
): Row[] {
  const rows: Row[] = [];
  let last: ChatMessage | undefined;
  let isMarked = readUntil === undefined;
  for (const message of messages) {
    const { at, seq } = message;
    const isNewDay = !last || dayOf(last.at) !== dayOf(at);
    if (isNewDay) rows.push({ kind: 'day', at, key: `day ${dayOf(at)}` });
    const isUnread = !isMarked && message.by.person !== self && seq > (readUntil ?? 0);
    if (isUnread) rows.push({ kind: 'unread', key: 'unread' });
    isMarked ||= isUnread;
    const follows = !isNewDay && !isUnread && last !== undefined && belongs(last, message);
    rows.push({ kind: 'message', message, follows, key: message.id });
    last = message;
  }
  return rows;
}

function belongs(last: ChatMessage, next: ChatMessage): boolean {
  const isSame = last.by.identity === next.by.identity && last.to?.person === next.to?.person;
  return isSame && next.at - last.at < TOGETHER && next.replyTo === undefined;
}

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** Whether `at` lies on the day of `now`, the day before, in that year, or long ago. */
export function dayBefore(at: number, now: number): 'today' | 'yesterday' | 'year' | 'past' {
  if (dayOf(at) === dayOf(now)) return 'today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayOf(at) === dayOf(yesterday.getTime())) return 'yesterday';
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? 'year' : 'past';
}

/** What may still be written, in bytes; undefined while there is plenty. */
export function bytesLeft(text: string): number | undefined {
  const left = MAX_MESSAGE_BYTES - new TextEncoder().encode(text).length;
  return left < NEARLY_FULL ? left : undefined;
}

/** A message in words: its text, or what the file is called that it brings. */
export const wordsOf = ({ text, file }: Message): string =>
  text || (file && 'name' in file ? file.name : '');

/** Whom an answer to a private message is for: the other of the two. */
export const partner = ({ by, to }: Message, self: string | undefined): Message['to'] =>
  to && (by.person === self ? to : by);
