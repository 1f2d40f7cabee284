import * as v from 'valibot';

/** What somebody may do in the room. */
export const Role = v.picklist(['guest', 'host']);
export type Role = v.InferOutput<typeof Role>;

/** How far a way in leads: `knock` (should knock), `always` (can always join), `host` (is host). */
export const AccessLevel = v.picklist(['knock', 'always', 'host']);
export type AccessLevel = v.InferOutput<typeof AccessLevel>;

/** Somebody in the call, as everybody in it may know them. */
export const Participant = v.object({
  /** The LiveKit identity, `p_` and random; names this stay, not the person. */
  identity: v.string(),
  name: v.string(),
  role: Role,
  /** The same for every stay of one person: the entry token's subject, or made from key or visitor id. */
  person: v.string(),
});
export type Participant = v.InferOutput<typeof Participant>;

/** Who did it: somebody in the call, or code on the integrator's server. */
export const Actor = v.union([Participant, v.object({ kind: v.literal('server') })]);
export type Actor = v.InferOutput<typeof Actor>;

/** Whether others can expect to hear from somebody now. */
export const Connection = v.picklist(['connected', 'reconnecting']);
export type Connection = v.InferOutput<typeof Connection>;

/** One row of the list of who is in the call. */
export const RosterEntry = v.object({
  ...Participant.entries,
  /** ms since the epoch, the server's clock. */
  joinedAt: v.number(),
  connection: Connection,
});
export type RosterEntry = v.InferOutput<typeof RosterEntry>;
