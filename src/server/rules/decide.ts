import type { AccessLevel } from '../../protocol/participant.ts';

/** What is known of a visitor when they want in. */
export interface Visitor {
  /** By an entry token or `authorize`; undefined for nobody in particular. */
  vouched: AccessLevel | undefined;
  /** Removed from this room, and not let back in. */
  excluded: boolean;
  /** Left a moment ago, or was let back in. */
  pass: AccessLevel | undefined;
}

const ORDER: readonly AccessLevel[] = ['knock', 'always', 'host'];

/**
 * The one decision on every way into a room: how far may this visitor go?
 *
 * An exclusion caps everything. Otherwise the best of what speaks for them counts: the integrator's
 * word, a pass, and the room's public level, which is `always` while the room is unlocked.
 */
export function decide(
  { vouched = 'knock', excluded, pass = 'knock' }: Visitor,
  room: { locked: boolean },
): AccessLevel {
  if (excluded) return 'knock';
  const open: AccessLevel = room.locked ? 'knock' : 'always';
  const best = Math.max(...[vouched, pass, open].map((level) => ORDER.indexOf(level)));
  return ORDER[best] ?? 'knock';
}
