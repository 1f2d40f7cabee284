import * as v from 'valibot';
import { ExitReason } from './exit.ts';
import { AccessLevel, Actor, Participant } from './participant.ts';

/** One person's own way in. Its key was told once, when it was made, and is kept as a hash. */
export const Invitation = v.object({
  /** `v_` and random; names the invitation, and opens nothing. */
  id: v.string(),
  /** Whom it is for: a name, an address, or both. */
  name: v.optional(v.string()),
  email: v.optional(v.string()),
  access: AccessLevel,
  /** In how many browsers it was used. */
  uses: v.number(),
  /** In how many it may be used; without it, in any number. */
  maxUses: v.optional(v.number()),
  /** ms since the epoch. */
  createdAt: v.number(),
  by: v.optional(Actor),
  /** It opens nothing from then on, ms since the epoch. */
  expiresAt: v.optional(v.number()),
  /** Who came by it last went in then, ms since the epoch. */
  lastUsedAt: v.optional(v.number()),
  revokedAt: v.optional(v.number()),
  /** Who came by it and is in the call now. */
  here: v.array(Participant),
});
export type Invitation = v.InferOutput<typeof Invitation>;

/** What the shared private link opens; `off` when there is none. */
export const LinkAccess = v.picklist(['off', 'knock', 'always', 'host']);
export type LinkAccess = v.InferOutput<typeof LinkAccess>;

/** Somebody who left, and comes back without knocking until it runs out. */
export const Pass = v.object({
  participant: Participant,
  /** ms since the epoch. */
  until: v.number(),
});
export type Pass = v.InferOutput<typeof Pass>;

/** Somebody who was put out, and gets no further than the door until a host lets them back in. */
export const Exclusion = v.object({
  participant: Participant,
  reason: ExitReason,
  /** ms since the epoch. */
  at: v.number(),
  by: v.optional(Actor),
  note: v.optional(v.string()),
  /** Their knocks are refused, too. */
  blocked: v.boolean(),
});
export type Exclusion = v.InferOutput<typeof Exclusion>;

/** Who may come in, by what; and who may not. For hosts. True at `seq`. */
export const AccessList = v.object({
  seq: v.number(),
  link: v.object({
    access: LinkAccess,
    /** When its key was made, and last used, ms since the epoch. */
    createdAt: v.optional(v.number()),
    lastUsedAt: v.optional(v.number()),
  }),
  /** The newest first; revoked ones stay listed. */
  invitations: v.array(Invitation),
  passes: v.array(Pass),
  /** The latest first. */
  excluded: v.array(Exclusion),
});
export type AccessList = v.InferOutput<typeof AccessList>;
