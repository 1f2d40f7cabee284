import type { CallEnterRequestEvent } from '../../events/call-enter-request.ts';
import type { KnockRequestEvent } from '../../events/knock-request.ts';
import type { KnockWithdrawRequestEvent } from '../../events/knock-withdraw-request.ts';
import type { RouterPorts } from './router-ports.ts';

/**
 * How the router carries out what people want at the entrance. What fails is told by the screen
 * that asked: it is all there is to see there.
 */

/** Into the call; from the notice of an exit, by the stay that one comes back to. */
export async function enterCall(
  event: CallEnterRequestEvent,
  { store }: RouterPorts,
): Promise<void> {
  const { name, how } = event;
  const state = store.connection.peek();
  const next = state.phase === 'out' ? state.exit.next : undefined;
  event.answer(
    next === 'rejoin' || next === 'takeover'
      ? store.comeBack()
      : store.join({ ...(name && { name }), ...(how && { again: how }) }),
  );
}

/** To the door, with what they said and wish to show. */
export async function knock(event: KnockRequestEvent, { store }: RouterPorts): Promise<void> {
  event.answer(store.knock(event.wish));
}

export async function withdrawKnock(
  event: KnockWithdrawRequestEvent,
  { store }: RouterPorts,
): Promise<void> {
  event.answer(store.withdrawKnock());
}
