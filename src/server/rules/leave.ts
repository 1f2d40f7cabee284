import { PASS_TTL } from '../../protocol/limits.ts';
import type { Change } from './change.ts';
import { endStay } from './end-stay.ts';
import type { Seated } from './people.ts';

/**
 * Ends a stay by the person's own act, and leaves them the pass; but none to whose invitation was
 * withdrawn while they were in.
 */
export async function leaveCall(
  change: Change,
  stay: Seated,
): Promise<{ seq: number; until?: number }> {
  const until = (await isWithdrawn(change, stay)) ? undefined : change.now + PASS_TTL;
  await endStay(change, stay, { state: 'left', reason: 'left', by: { stay }, passUntil: until });
  return { seq: change.seq, ...(until !== undefined && { until }) };
}

async function isWithdrawn({ tx }: Change, { invitation_id }: Seated): Promise<boolean> {
  if (invitation_id === null) return false;
  const withdrawn = await tx
    .selectFrom('invitations')
    .select('id')
    .where('id', '=', invitation_id)
    .where('revoked_at', 'is not', null)
    .executeTakeFirst();
  return withdrawn !== undefined;
}
