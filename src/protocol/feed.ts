import * as v from 'valibot';
import { RoomEvent } from './events.ts';
import { Exit } from './exit.ts';
import { Identity, Session } from './names.ts';
import { Connection } from './participant.ts';
import { ResetCount } from './reset.ts';

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

/** Everything that a client says on a feed after its first message. Unnumbered, and not kept. */
export const FeedSays = v.variant('type', [FeedSaysTyping]);
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
  FeedOver,
  FeedSnapshotNeeded,
]);
export type FeedMessage = v.InferOutput<typeof FeedMessage>;
