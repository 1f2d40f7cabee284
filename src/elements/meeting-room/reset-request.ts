import type { ResetRestoreRequestEvent } from '../../events/reset-restore-request.ts';
import type { RoomResetRequestEvent } from '../../events/room-reset-request.ts';
import { saveReceipt } from '../shared/receipt.ts';
import type { RouterPorts } from './router-ports.ts';

/**
 * Clears parts of what the room keeps. The full reset is asked about once more. What it came to, or
 * why it did not, is told where it was asked for.
 */
export async function resetRoom(event: RoomResetRequestEvent, ports: RouterPorts): Promise<void> {
  const { parts, keepMe } = event;
  const { reset } = ports.texts();
  if (parts.includes('activity')) {
    const consent = await ports.ask({
      title: reset.confirmTitle,
      text: keepMe ? reset.confirmKeepText : reset.confirmText,
      action: reset.reset,
    });
    if (!consent) return;
  }
  const room = ports.store.room.peek()?.name ?? '';
  const by = ports.store.me.peek()?.name;
  const answer = ports.store.resetRoom(parts, { keepMe });
  event.answer(answer);
  // Whoever asked is out with all others: what it came to is told above the screen after the exit.
  if (!parts.includes('activity') || keepMe) return;
  const done = await answer.catch(() => undefined);
  if (!done) return;
  const { receipt } = done;
  const wantsIt = await ports.toast({
    title: done.settled ? reset.done : reset.goesOn,
    ...(receipt && { action: reset.receipt }),
  });
  if (wantsIt && receipt) saveReceipt(receipt, { room, by });
}

/** Puts back what a reset cleared. What became of it is told where it was asked for. */
export async function restoreReset(
  event: ResetRestoreRequestEvent,
  { store }: RouterPorts,
): Promise<void> {
  event.answer(store.restoreReset(event.reset.id));
}
