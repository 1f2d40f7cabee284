import * as v from 'valibot';
import { RoomFile } from './file.ts';
import { Actor, Participant } from './participant.ts';

/** A file of the room that a message brings, as it stands; or that the room has it no more. */
export const MessageFile = v.union([RoomFile, v.object({ id: v.string(), gone: v.literal(true) })]);
export type MessageFile = v.InferOutput<typeof MessageFile>;

/** One message of a room's chat, as it stands at the time of telling. Plain text. */
export const Message = v.object({
  /** `m_` and random; made by the page that sends, so that sending again doubles nothing. */
  id: v.string(),
  /** The position of its `message-received` in the room's log: messages are in this order. */
  seq: v.number(),
  /** ms since the epoch, the server's clock. */
  at: v.number(),
  /** Who wrote it, as they were called then. */
  by: Participant,
  /** Only they and `by` ever get it. */
  to: v.optional(Participant),
  /** Empty once it is deleted; it may be empty when there is a file. */
  text: v.string(),
  /** Never of a private one: the room's files are for everybody. */
  file: v.optional(MessageFile),
  /** The id of the message that this one answers. */
  replyTo: v.optional(v.string()),
  /** ms since the epoch. */
  editedAt: v.optional(v.number()),
  deletedAt: v.optional(v.number()),
  deletedBy: v.optional(Actor),
});
export type Message = v.InferOutput<typeof Message>;

/** How much of the chat somebody has seen, true at the snapshot's `seq`. */
export const ChatMark = v.object({
  /** The position in the log up to which they have read. */
  read: v.number(),
  /** Messages of others after it; counted no further than `MAX_UNREAD`. */
  unread: v.number(),
});
export type ChatMark = v.InferOutput<typeof ChatMark>;
