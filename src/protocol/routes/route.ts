import * as v from 'valibot';
import { MAX_NOTE_LENGTH } from '../limits.ts';
import type { ServerErrorCode } from '../status.ts';

/**
 * Who may call a route: `anyone`; `session`, a stay that is not over; `resumable`, also one that may
 * come back; `waiting`, a knock that is not answered; `host`, a session whose role is host, or an
 * API key of the server; `host-here`, a host's session only.
 */
export type Access = 'anyone' | 'session' | 'resumable' | 'waiting' | 'host' | 'host-here';

/** One row of the routes table. Server, client and tests are made from it. */
export interface Route {
  readonly stem: string;
  readonly method: 'GET' | 'POST';
  /** Below the mount path; `{room}` is a room's name. */
  readonly path: string;
  readonly access: Access;
  /** An API key of the server opens it, too, although it is not for hosts alone. */
  readonly takesApiKey?: true;
  /** What its body may have, when that is more than others may. */
  readonly maxBytes?: number;
  readonly input: v.GenericSchema;
  readonly answer: v.GenericSchema;
  /** What it may answer beyond what every route may. */
  readonly errors: readonly ServerErrorCode[];
}

/** Of acts of guests that the integrator's hook may forbid. */
export const FORBIDDEN = ['forbidden'] as const;

/** What several routes take or answer. */
export const nothing = v.strictObject({});
export const note = v.optional(v.pipe(v.string(), v.maxLength(MAX_NOTE_LENGTH)));
export const name = v.optional(v.pipe(v.string(), v.maxLength(1_000)));
export const seq = v.object({ seq: v.number() });
/** A position in the log, as a query says it. */
export const position = v.pipe(v.string(), v.regex(/^\d{1,15}$/));

/** The way to a LiveKit room: the door's base URL, and a token that is good for 60 s. */
export const Media = v.object({ door: v.string(), token: v.string() });
