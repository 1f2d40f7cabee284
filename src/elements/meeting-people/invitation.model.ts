import type { Invitation } from '../../protocol/invitation.ts';

/** Whether an invitation still opens the room; if not, why. */
export type Goodness = 'good' | 'withdrawn' | 'expired' | 'usedUp';

export function goodness(
  { revokedAt, expiresAt, maxUses, uses, here }: Invitation,
  now: number,
): Goodness {
  if (revokedAt !== undefined) return 'withdrawn';
  if (expiresAt !== undefined && expiresAt <= now) return 'expired';
  // Whoever used it comes back by it, so it is not over while they are here.
  return maxUses !== undefined && uses >= maxUses && here.length === 0 ? 'usedUp' : 'good';
}

/** What was typed for a number of uses: undefined for none, NaN for what is none. */
export function usesIn(typed: string): number | undefined {
  if (typed.trim() === '') return undefined;
  const uses = Number(typed);
  return Number.isInteger(uses) && uses >= 1 && uses <= 1_000 ? uses : Number.NaN;
}

const HOUR = 3_600_000;

/** How long an invitation may be good, ms. */
export const EXPIRY = {
  never: undefined,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
} as const;
