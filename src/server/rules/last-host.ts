import type { Role } from '../../protocol/participant.ts';
import type { Change } from './change.ts';
import { closeLink } from './close-link.ts';

/**
 * Somebody is no longer in the call, or no longer a host. When it was the last host and others stay,
 * what the integrator decided follows. Whoever goes on in another window has not gone.
 */
export async function wentAway(change: Change, { role }: { role: Role }): Promise<void> {
  const { policy, room, now } = change;
  if (role === 'guest' && room.hostless_at === null) return;
  const roles = await rolesPresent(change);
  if (roles.size === 0) return clearHostless(change);
  if (role === 'guest' || roles.has('host') || policy.lastHost === 'stay') return;
  if (policy.lastHost === 'lock') {
    await closeLink(change, 'server', 'no-host');
    return;
  }
  await change.tx
    .updateTable('rooms')
    .set({ hostless_at: now })
    .where('id', '=', room.id)
    .execute();
  change.check(now + policy.lastHost.endAfter);
}

/** A host is in the call again, or there is no call that could be without one. */
export async function clearHostless({ tx, room }: Change): Promise<void> {
  if (room.hostless_at === null) return;
  await tx.updateTable('rooms').set({ hostless_at: null }).where('id', '=', room.id).execute();
}

async function rolesPresent({ tx, room }: Change): Promise<ReadonlySet<Role>> {
  const present = await tx
    .selectFrom('admissions')
    .select('role')
    .distinct()
    .where('room_id', '=', room.id)
    .where('state', '=', 'admitted')
    .where('present', '=', true)
    .execute();
  return new Set(present.map(({ role }) => role));
}
