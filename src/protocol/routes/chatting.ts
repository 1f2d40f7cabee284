import * as v from 'valibot';
import { MAX_MESSAGE_BYTES } from '../limits.ts';
import { ChatMark, Message } from '../message.ts';
import { FileId, Identity, MessageId } from '../names.ts';
import { PATHS } from '../paths.ts';
import { FORBIDDEN, position, type Route } from './route.ts';

/** What counts is its bytes, and the rule counts those: JSON Schema can't say it. */
const text = v.pipe(v.string(), v.maxLength(MAX_MESSAGE_BYTES));
const told = v.object({ seq: v.number(), message: Message });

/** What people write to each other. */
export const CHATTING = {
  /** Again with the same id, the answer is the message that is there already. */
  'message-send': {
    stem: 'message-send',
    ...PATHS['message-send'],
    access: 'session',
    input: v.strictObject({
      id: MessageId,
      text,
      replyTo: v.optional(MessageId),
      /** A complete file of the room, for everybody: not together with `to`. The text may be empty. */
      file: v.optional(FileId),
      /** For somebody in the call alone; without it, for everybody. */
      to: v.optional(Identity),
    }),
    answer: told,
    errors: [
      'message-not-found',
      'message-id-taken',
      'file-not-found',
      'participant-not-found',
      'participant-out',
      'not-yourself',
      'chat-full',
      ...FORBIDDEN,
    ],
  },
  /** One's own only. */
  'message-edit': {
    stem: 'message-edit',
    ...PATHS['message-edit'],
    access: 'session',
    input: v.strictObject({ id: MessageId, text }),
    answer: told,
    errors: ['message-not-found', 'not-yours', ...FORBIDDEN],
  },
  /** One's own; hosts any that is not private. Its text is gone for good. */
  'message-delete': {
    stem: 'message-delete',
    ...PATHS['message-delete'],
    access: 'session',
    input: v.strictObject({ id: MessageId }),
    answer: told,
    errors: ['message-not-found', 'not-yours', ...FORBIDDEN],
  },
  /** The chat backwards, as far as it is for who asks. */
  'message-list': {
    stem: 'message-list',
    ...PATHS['message-list'],
    access: 'session',
    input: v.strictObject({
      /** Only what is older than the message of this position. */
      before: v.optional(position),
      limit: v.optional(v.pipe(v.string(), v.regex(/^([1-9]\d?|100)$/))),
    }),
    answer: v.object({
      seq: v.number(),
      /** The newest last. */
      messages: v.array(Message),
      /** Whether there are older ones. */
      more: v.boolean(),
    }),
    errors: [],
  },
  /** Who asks has seen all up to this position. It never goes back. */
  'message-read': {
    stem: 'message-read',
    ...PATHS['message-read'],
    access: 'session',
    input: v.strictObject({ read: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    answer: ChatMark,
    errors: [],
  },
} as const satisfies Record<string, Route>;
