import type { RoomResetRequestEvent } from '../../events/room-reset-request.ts';
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
  event.answer(ports.store.resetRoom(parts, { keepMe }));
}
