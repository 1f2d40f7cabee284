import { errors, jwtVerify } from 'jose';
import * as v from 'valibot';
import { MeetingError } from '../protocol/meeting-error.ts';
import { MAX_NAME_GRAPHEMES } from '../protocol/limits.ts';
import { cleanName } from '../protocol/names.ts';
import { AccessLevel } from '../protocol/participant.ts';
import type { Clock } from './clock.ts';

/** What the integrator's backend says of a visitor, in an entry token or by `authorize`. */
export const Vouch = v.object({
  /** Who it is, the same every time; without it the browser's visitor id stands for the person. */
  sub: v.optional(v.pipe(v.string(), v.regex(/^[^\p{Cc}\p{Cs}]+$/u), v.maxLength(200))),
  name: v.optional(v.pipe(v.string(), v.maxLength(MAX_NAME_GRAPHEMES * 10))),
  email: v.optional(v.pipe(v.string(), v.maxLength(320))),
  access: AccessLevel,
});
export type Vouch = v.InferOutput<typeof Vouch>;

const Claims = v.object({ ...Vouch.entries, room: v.string(), exp: v.number() });

/** Names that we make ourselves for people without a subject. */
const OURS = /^(visitor|key|token)_/;

/**
 * Reads an entry token: a JWT, HS256, signed with the secret that the integrator's backend shares
 * with this server: `{ sub?, room, name?, email?, access, exp }`.
 *
 * @throws MeetingError `entry-token-expired`; `entry-token-invalid` for everything else, another
 *   room included.
 */
export async function readEntryToken(
  token: string,
  secret: string,
  roomName: string,
  clock: Clock,
): Promise<Vouch> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      currentDate: new Date(clock.now()),
    });
    const { room, exp: _exp, ...vouch } = v.parse(Claims, payload);
    if (room.toLowerCase() !== roomName.toLowerCase()) {
      throw new MeetingError('entry-token-invalid', 'The entry token is for another room.');
    }
    return checkVouch(vouch);
  } catch (cause) {
    if (cause instanceof MeetingError) throw cause;
    throw cause instanceof errors.JWTExpired
      ? new MeetingError('entry-token-expired', 'The entry token has expired.', { cause })
      : new MeetingError('entry-token-invalid', 'The entry token is not valid.', { cause });
  }
}

/** @throws MeetingError `entry-token-invalid` for a subject that could be taken for one of ours. */
export function checkVouch(vouch: Vouch): Vouch {
  if (vouch.sub !== undefined && OURS.test(vouch.sub)) {
    throw new MeetingError(
      'entry-token-invalid',
      'A subject may not begin with visitor_, key_ or token_.',
    );
  }
  return { ...vouch, ...(vouch.name !== undefined && { name: cleanName(vouch.name) }) };
}
