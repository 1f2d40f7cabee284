import * as v from 'valibot';
import { Actor } from './participant.ts';

/** Who records: the browser of the host who started it, or LiveKit's Egress. */
export const RecorderKind = v.picklist(['browser', 'egress']);
export type RecorderKind = v.InferOutput<typeof RecorderKind>;

/** One recording of a room's calls. Its bytes, once they are in the room, are had by `recording-open`. */
export const Recording = v.object({
  /** `r_` and random; made by who starts it, so that starting again doubles nothing. */
  id: v.string(),
  /** Who started it, as they were called then. */
  by: Actor,
  /** Since when, ms since the epoch, the server's clock. */
  at: v.number(),
  recorder: RecorderKind,
  /** `kept`: it is over, and its bytes are in the room. `stopped`: over, and they are not (yet). */
  state: v.picklist(['running', 'stopped', 'kept']),
  /** How long it is, ms; none while it runs. */
  duration: v.optional(v.number()),
  /** In bytes; with `kept` only. */
  size: v.optional(v.number()),
  /** As the bytes say; with `kept` only. */
  type: v.optional(v.string()),
  /** For people to read; never part of a path. */
  name: v.string(),
  /** Its upload broke off, and what came is kept. */
  partial: v.optional(v.boolean()),
});
export type Recording = v.InferOutput<typeof Recording>;

/** Why a recording is over. `lost`: whoever recorded is gone without a word. */
export const RecordingEnd = v.picklist([
  'stopped',
  'left',
  'lost',
  'removed',
  'ended',
  'reset',
  'failed',
]);
export type RecordingEnd = v.InferOutput<typeof RecordingEnd>;

/** Whether who is recorded is told, or asked first. */
export const RecordingConsent = v.picklist(['tell', 'ask']);
export type RecordingConsent = v.InferOutput<typeof RecordingConsent>;

/** What a room may keep of recordings, and one of them. In bytes. */
export const RecordingLimits = v.object({ fileBytes: v.number(), roomBytes: v.number() });
export type RecordingLimits = v.InferOutput<typeof RecordingLimits>;

/** How much of it is taken; bytes of uploads that are on their way included. */
export const RecordingUsage = v.object({ bytes: v.number(), recordings: v.number() });
export type RecordingUsage = v.InferOutput<typeof RecordingUsage>;
