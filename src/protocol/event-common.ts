import * as v from 'valibot';
import { Actor } from './participant.ts';

/** What every event of a room's log has. Feeds, the page's facts and webhooks tell the same. */
export const common = {
  /** `e_` and random. Two events of one act share it (`participant-removed`, `participant-left`). */
  id: v.string(),
  /** Position in the room's log, from 1, without gaps. */
  seq: v.number(),
  /** ms since the epoch, the server's clock. */
  at: v.number(),
  /** The room's name. */
  room: v.string(),
  by: v.optional(Actor),
};
