import { randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { AccessLevel } from '../../../src/protocol/participant.ts';

/** What the test's integrator and the server share. */
export const ENTRY_SECRET = 'an entry secret that only tests know, long enough';

/** A visitor id as a fresh browser makes it. */
export const newVisitor = (): string => randomBytes(16).toString('base64url');

/** The id of a message as a page makes it. */
export const newMessageId = (): string => `m_${randomBytes(16).toString('base64url')}`;

/** The id of a recording as a page makes it. */
export const newRecordingId = (): string => `r_${randomBytes(16).toString('base64url')}`;

/** A room's name that no other test has. */
export const newRoom = (): string => `room-${randomBytes(6).toString('hex')}`;

/** What the integrator's backend may say of a visitor; claims of `more` come as they are. */
export interface EntryClaims {
  room: string;
  access: AccessLevel;
  sub?: string | undefined;
  name?: string | undefined;
  /** ms since the epoch. */
  now?: number;
  more?: JWTPayload;
}

/** Signs an entry token, good for 5 minutes. */
export function entryToken({ now = Date.now(), more, ...claims }: EntryClaims): Promise<string> {
  const given = Object.entries(claims).filter(([, value]) => value !== undefined);
  const exp = Math.floor(now / 1_000) + 300;
  return sign({ ...Object.fromEntries(given), exp, ...more }, ENTRY_SECRET);
}

/** Signs any claims, HS256. */
export function sign(claims: JWTPayload, secret: string): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}

/** A token as no signer would make it: any header, no signature. */
export function unsigned(claims: JWTPayload): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}
