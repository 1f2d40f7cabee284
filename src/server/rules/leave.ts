import { PASS_TTL } from '../../protocol/limits.ts';
import type { Change } from './change.ts';
import { endStay } from './end-stay.ts';
import type { Seated } from './people.ts';

/** Ends a stay by the person's own act, and leaves them the pass. */
export async function leaveCall(
  change: Change,
  stay: Seated,
): Promise<{ seq: number; until: number }> {
  const until = change.now + PASS_TTL;
  await endStay(change, stay, { state: 'left', reason: 'left', by: { stay }, passUntil: until });
  return { seq: change.seq, until };
}
