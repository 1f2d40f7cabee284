import * as v from 'valibot';
import { Actor } from './participant.ts';

/** Somebody who waits at the door, as hosts see them. */
export const Knock = v.object({
  /** The LiveKit identity they will have once they are let in; names this knock. */
  identity: v.string(),
  name: v.string(),
  person: v.string(),
  /** A line from the guest, plain text. */
  message: v.optional(v.string()),
  /** Since when they wait, ms since the epoch. */
  at: v.number(),
  /** When nobody having answered ends the wait. */
  expiresAt: v.number(),
  /** Whether the integrator's backend says who this is; else the name is only what they typed. */
  vouched: v.boolean(),
  /** Whether a host put this person out of this room before. */
  removedBefore: v.boolean(),
  /** Whether their page is open now. */
  present: v.boolean(),
  /** Whether they show themselves: a host may look (`knock-look`). */
  camera: v.boolean(),
});
export type Knock = v.InferOutput<typeof Knock>;

/** What became of a knock, and by whom: told to a host who comes second. */
export const KnockDecision = v.object({
  state: v.picklist(['admitted', 'denied', 'withdrawn', 'expired', 'over']),
  by: v.optional(Actor),
});
export type KnockDecision = v.InferOutput<typeof KnockDecision>;

/** One's own knock, true at `seq`; the feed tells what follows. */
export const Waiting = v.object({ seq: v.number(), knock: Knock });
export type Waiting = v.InferOutput<typeof Waiting>;
