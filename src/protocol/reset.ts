import * as v from 'valibot';
import { ResetId } from './names.ts';
import { Actor } from './participant.ts';

/**
 * What a room keeps, by the parts that a host may clear: `activity` is the full reset, which ends the
 * call and implies all others; `chat`, what people wrote; `whiteboards-and-files`, what was brought into it;
 * `recordings`, what was recorded and is kept in the room; `access`, whom hosts invited.
 */
export const ResetPart = v.picklist([
  'activity',
  'chat',
  'whiteboards-and-files',
  'recordings',
  'access',
]);
export type ResetPart = v.InferOutput<typeof ResetPart>;

/** How much there is of a part, or was. */
export const ResetCount = v.object({ part: ResetPart, count: v.number() });
export type ResetCount = v.InferOutput<typeof ResetCount>;

/** What a reset came to. Who did it, and where, is said beside it. */
export const ResetReceipt = v.object({
  /** ms since the epoch. What came into the room after the start is not of the past, and stays. */
  startedAt: v.number(),
  finishedAt: v.number(),
  parts: v.array(ResetCount),
  /** How many people were in the call, and are out by this. */
  people: v.number(),
  /** What of it can be put back, until when (ms since the epoch), and by which id. */
  restorable: v.optional(v.object({ id: ResetId, until: v.number(), parts: v.array(ResetPart) })),
});
export type ResetReceipt = v.InferOutput<typeof ResetReceipt>;

/** What a reset cleared and the server keeps for a time, so that it can be put back. */
export const Restorable = v.object({
  id: ResetId,
  /** When the reset began, and until when it can be undone; ms since the epoch. */
  at: v.number(),
  until: v.number(),
  by: Actor,
  parts: v.array(ResetCount),
});
export type Restorable = v.InferOutput<typeof Restorable>;
