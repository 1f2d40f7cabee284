import * as v from 'valibot';
import { Actor } from './participant.ts';

/** Why a stay is over, or not reachable now. Closed: every exit has one of these. */
export const ExitReason = v.picklist([
  'left',
  'removed',
  'ended',
  'reset',
  'denied',
  'expired',
  'withdrawn',
  'replaced',
  'network',
  'server',
]);
export type ExitReason = v.InferOutput<typeof ExitReason>;

/**
 * The one step that is open to somebody who is out: `rejoin` (straight back with the old session),
 * `enter` (through the join screen), `knock` (ask a host), `takeover` (use the call here), `none`.
 */
export const NextStep = v.picklist(['rejoin', 'enter', 'knock', 'takeover', 'none']);
export type NextStep = v.InferOutput<typeof NextStep>;

/** The end of a stay as the person who stayed is told it. */
export const Exit = v.object({
  reason: ExitReason,
  /** ms since the epoch. */
  at: v.number(),
  by: v.optional(Actor),
  /** A line from the host, plain text. */
  note: v.optional(v.string()),
  next: NextStep,
  /** With `rejoin`: until when, ms since the epoch. */
  until: v.optional(v.number()),
  /** The step is open from then on, ms since the epoch; without it, now. */
  from: v.optional(v.number()),
});
export type Exit = v.InferOutput<typeof Exit>;
