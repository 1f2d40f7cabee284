import * as v from 'valibot';
import { RoomEvent } from './events.ts';
import { Exit } from './exit.ts';
import { Identity, Session, WhiteboardId } from './names.ts';
import { Connection } from './participant.ts';
import { ResetCount } from './reset.ts';
import { whiteboardHint } from './whiteboard.ts';

/** The client's first message, within 5 s: who it is, and the last event it knows. */
export const FeedHello = v.strictObject({
  session: Session,
  after: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type FeedHello = v.InferOutput<typeof FeedHello>;

/** Somebody writes a message, or no longer. `to`: it is for that one person alone. */
export const FeedSaysTyping = v.strictObject({
  type: v.literal('typing'),
  on: v.boolean(),
  to: v.optional(Identity),
});

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A page has a whiteboard open, with all up to update `after`; or no longer. */
export const FeedSaysWatch = v.strictObject({
  type: v.literal('whiteboard-watch'),
  id: WhiteboardId,
  on: v.boolean(),
  after: count,
  gen: count,
});

/** Where somebody points on a whiteboard, and what they draw just now. */
export const FeedSaysHint = v.strictObject({
  type: v.literal('whiteboard-hint'),
  id: WhiteboardId,
  ...whiteboardHint,
});

/** Everything that a client says on a feed after its first message. Unnumbered, and not kept. */
export const FeedSays = v.variant('type', [FeedSaysTyping, FeedSaysWatch, FeedSaysHint]);
export type FeedSays = v.InferOutput<typeof FeedSays>;

/** Where the log stands; sent after what was missed, and on a quiet feed every 15 s. */
export const FeedHead = v.object({ type: v.literal('head'), seq: v.number() });

/** An event that is not for the reader: its number, so that nothing seems to be missing. */
export const FeedWithheld = v.object({ type: v.literal('withheld'), seq: v.number() });

/** The own knock was answered with yes: resume, and be in. */
export const FeedAdmitted = v.object({ type: v.literal('admitted') });

/** A knocker's page opened or closed. For hosts; not in the log. */
export const FeedKnockPresence = v.object({
  type: v.literal('knock-presence'),
  identity: v.string(),
  present: v.boolean(),
});

/** Somebody's signalling came or went. Not in the log: only what is true now counts. */
export const FeedPresence = v.object({
  type: v.literal('presence'),
  identity: v.string(),
  connection: Connection,
});

/** A reset that goes on has cleared one more part. For hosts; not in the log. */
export const FeedResetProgress = v.object({
  type: v.literal('reset-progress'),
  ...ResetCount.entries,
});

/** Somebody else writes a message, or no longer. Not in the log. */
export const FeedTyping = v.object({
  type: v.literal('typing'),
  identity: v.string(),
  on: v.boolean(),
  /** For the reader alone. */
  private: v.boolean(),
});

/** Somebody drew on a whiteboard that the reader watches. Not in the log. */
export const FeedWhiteboardUpdate = v.object({
  type: v.literal('whiteboard-update'),
  id: v.string(),
  gen: v.number(),
  n: v.number(),
  /** A Yjs update in base64. */
  update: v.string(),
  /** Whose it is; an identity. */
  by: v.string(),
});

/** There is more on it than the reader was told: `whiteboard-read` has it. */
export const FeedWhiteboardBehind = v.object({
  type: v.literal('whiteboard-behind'),
  id: v.string(),
  gen: v.number(),
  n: v.number(),
});

/** Where somebody else points on it. */
export const FeedWhiteboardHint = v.object({
  type: v.literal('whiteboard-hint'),
  id: v.string(),
  identity: v.string(),
  ...whiteboardHint,
});

/** The stay is over; the socket closes after this. */
export const FeedOver = v.object({ type: v.literal('over'), exit: Exit });

/** The log no longer holds what was asked for: resume, and take the new snapshot. */
export const FeedSnapshotNeeded = v.object({
  type: v.literal('snapshot-needed'),
  /** Events after this one are still told: the log was cleared up to it. */
  after: v.optional(v.number()),
});

/** Everything that the server says on a feed. */
export const FeedMessage = v.variant('type', [
  ...RoomEvent.options,
  FeedHead,
  FeedWithheld,
  FeedAdmitted,
  FeedKnockPresence,
  FeedPresence,
  FeedResetProgress,
  FeedTyping,
  FeedWhiteboardUpdate,
  FeedWhiteboardBehind,
  FeedWhiteboardHint,
  FeedOver,
  FeedSnapshotNeeded,
]);
export type FeedMessage = v.InferOutput<typeof FeedMessage>;
