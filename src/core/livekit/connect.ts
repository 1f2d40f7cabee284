import { type ReconnectPolicy, type Room, RoomEvent } from 'livekit-client';
import { MeetingError } from '../../protocol/meeting-error.ts';

/** livekit-client alternates for ever when a proxy answers 404: after this many ms we give up. */
const CONNECT_TIMEOUT = 30_000;

/** 150 ms growing to 1 s, for 60 s; then our own server is asked. ± 20 %, or all come at once. */
export const RECONNECT_POLICY: ReconnectPolicy = {
  nextRetryDelayInMs({ retryCount, elapsedMs }) {
    if (elapsedMs > 60_000) return null;
    return Math.min(150 * (retryCount + 1), 1_000) * (0.8 + Math.random() * 0.4);
  },
};

/**
 * Connects `room` by the door.
 * @param giveUp Ends the try; what waits for it is settled then.
 * @throws MeetingError `media-blocked` when signalling works and media doesn't; else
 * `sfu-unreachable`. Why one is not let in is the server's to say, never the engine's.
 */
export async function connect(
  room: Room,
  door: string,
  token: string,
  signal: AbortSignal,
  giveUp: () => void,
): Promise<void> {
  let signalled = false;
  const heard = (): void => void (signalled = true);
  const ended = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT)]);
  ended.addEventListener('abort', giveUp, { once: true });
  room.once(RoomEvent.SignalConnected, heard);
  try {
    ended.throwIfAborted();
    await room.connect(door, token);
    signal.throwIfAborted();
  } catch (cause) {
    signal.throwIfAborted();
    // The token is in the URLs of the engine's errors, so they are not passed on as the cause.
    throw signalled
      ? new MeetingError('media-blocked', `Signalling works, media doesn't: ${nameOf(cause)}`)
      : new MeetingError('sfu-unreachable', `The engine did not connect: ${nameOf(cause)}`);
  } finally {
    ended.removeEventListener('abort', giveUp);
    room.off(RoomEvent.SignalConnected, heard);
  }
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown';
}
