import type { AccessLevel } from '../../protocol/participant.ts';

/** What is known of a visitor when they want in. */
export interface Visitor {
  /** By an entry token, `authorize` or a key; undefined for nobody in particular. */
  vouched: AccessLevel | undefined;
  /** Removed from this room, and not let back in. */
  excluded: boolean;
  /** Left a moment ago, or was let back in. */
  pass: AccessLevel | undefined;
  /** Of a stay that is not over: in the call, in another window, or on the way back to it. */
  admitted: AccessLevel | undefined;
}

const ORDER: readonly AccessLevel[] = ['knock', 'always', 'host'];

/** The one that leads furthest; `knock` when there is none. */
export function best(levels: readonly (AccessLevel | undefined)[]): AccessLevel {
  const ranks = levels.map((level) => ORDER.indexOf(level ?? 'knock'));
  return ORDER[Math.max(0, ...ranks)] ?? 'knock';
}

/**
 * The one decision on every way into a room: how far may this visitor go?
 *
 * An exclusion caps everything. Otherwise the best of what speaks for them counts: the integrator's
 * word, a key, a pass, a stay that is not over, and the room's public level, which is `always` while
 * the room is unlocked. Whether a host is there does not count.
 */
export function decide(
  { vouched, excluded, pass, admitted }: Visitor,
  room: { locked: boolean },
): AccessLevel {
  if (excluded) return 'knock';
  return best([vouched, pass, admitted, room.locked ? 'knock' : 'always']);
}
