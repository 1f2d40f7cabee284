import { createHash, randomBytes } from 'node:crypto';

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** An id that is unique and says nothing; not a secret. 128 bits. */
export const newId = (prefix: 'e' | 'a' | 's' | 'i' | 'n' | 'v' | 'f' | 'w' | 'z'): string =>
  `${prefix}_${random(16)}`;

/** A room's id is part of LiveKit's room name, so it has no underscore of its own. */
export const newRoomId = (): string => randomBytes(16).toString('hex');

/** A LiveKit identity. 128 bits, for `#` and everything else LiveKit reads into one stays out. */
export const newIdentity = (): string => `p_${random(16)}`;

/** The secret of a stay. 256 bits. */
export const newSession = (): string => random(32);

/** The secret of an invitation or of the private link. 192 bits. */
export const newKey = (): string => random(24);

/** The secret of a link to a file's bytes. 256 bits. */
export const newFileLink = (): string => random(32);

/** Secrets are kept and looked up as their SHA-256: long random ones need no salt. */
export const hash = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
