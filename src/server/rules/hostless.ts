import type { Change } from './change.ts';
import { endCall } from './end-call.ts';

/** Ends a call that has been without a host for as long as the integrator gives it. */
export async function endHostless(change: Change): Promise<void> {
  const { room, policy, now } = change;
  if (room.hostless_at === null || typeof policy.lastHost === 'string') return;
  const endAt = room.hostless_at + policy.lastHost.endAfter;
  if (endAt > now) change.check(endAt);
  else await endCall(change, 'server', { cause: 'no-host' });
}
