import { getLogger, LoggerNames, type ReconnectPolicy, Room, RoomEvent } from 'livekit-client';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Link, LinkHearer } from './port.ts';
import { Publisher } from './publisher.ts';
import { RemoteMedia } from './remote-media.ts';

/** livekit-client alternates for ever when a proxy answers 404: after this many ms we give up. */
const CONNECT_TIMEOUT = 30_000;

/** 150 ms growing to 1 s, for 60 s; then our own server is asked. ± 20 %, or all come at once. */
const RECONNECT_POLICY: ReconnectPolicy = {
  nextRetryDelayInMs({ retryCount, elapsedMs }) {
    if (elapsedMs > 60_000) return null;
    return Math.min(150 * (retryCount + 1), 1_000) * (0.8 + Math.random() * 0.4);
  },
};

/** The media connection over livekit-client. Its one `Room` is reused: livekit-client frees none. */
export class LiveKitLink implements Link {
  readonly #room: Room;
  readonly #hear: LinkHearer;
  readonly #publisher: Publisher;
  readonly #media: RemoteMedia;
  #signalled = false;

  constructor(hear: LinkHearer) {
    silence();
    this.#hear = hear;
    this.#room = new Room({
      adaptiveStream: true,
      dynacast: true,
      disconnectOnPageLeave: true,
      stopLocalTrackOnUnpublish: false,
      reconnectPolicy: RECONNECT_POLICY,
    });
    this.#publisher = new Publisher(this.#room.localParticipant);
    this.#media = new RemoteMedia(this.#room, hear);
    this.#room
      .on(RoomEvent.SignalConnected, () => (this.#signalled = true))
      .on(RoomEvent.Connected, () => this.#up())
      .on(RoomEvent.Reconnected, () => this.#up())
      .on(RoomEvent.SignalReconnecting, () => hear.state('reconnecting'))
      .on(RoomEvent.Reconnecting, () => {
        this.#publisher.setConnected(false);
        hear.state('reconnecting');
      })
      .on(RoomEvent.Disconnected, () => {
        this.#publisher.setConnected(false);
        hear.state('lost');
      })
      .on(RoomEvent.AudioPlaybackStatusChanged, () =>
        hear.audioBlocked(!this.#room.canPlaybackAudio),
      );
  }

  async connect(door: string, token: string, signal: AbortSignal): Promise<void> {
    this.#signalled = false;
    const ended = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT)]);
    // Settles `connect()`, also where livekit-client itself would not.
    const giveUp = (): void => void this.disconnect();
    ended.addEventListener('abort', giveUp, { once: true });
    try {
      ended.throwIfAborted();
      await this.#room.connect(door, token);
      signal.throwIfAborted();
    } catch (cause) {
      signal.throwIfAborted();
      // The token is in the URLs of the engine's errors, so they are not passed on as the cause.
      throw this.#signalled
        ? new MeetingError('media-blocked', `Signalling works, media doesn't: ${nameOf(cause)}`)
        : new MeetingError('sfu-unreachable', `The engine did not connect: ${nameOf(cause)}`);
    } finally {
      ended.removeEventListener('abort', giveUp);
    }
  }

  async disconnect(): Promise<void> {
    try {
      await this.#room.disconnect(false);
    } catch {
      // It could not say goodbye; its sockets are closed all the same, and the server finds out.
      this.#hear.state('lost');
    }
  }

  setTrack(
    kind: 'camera' | 'microphone',
    track: MediaStreamTrack | undefined,
    muted: boolean,
  ): void {
    this.#publisher.wish(kind, { track, muted });
  }

  setRoster(identities: readonly string[]): void {
    this.#media.setRoster(identities);
  }

  async startAudio(): Promise<void> {
    try {
      await this.#room.startAudio();
    } catch {
      // Not inside a gesture, or the browser refuses for reasons of its own: it stays blocked.
      this.#hear.audioBlocked(true);
    }
  }

  dispose(): void {
    this.#room.removeAllListeners();
    this.#media.dispose();
    this.#publisher.setConnected(false);
    void this.disconnect();
  }

  #up(): void {
    this.#publisher.setConnected(true);
    this.#media.followAll();
    this.#hear.audioBlocked(!this.#room.canPlaybackAudio);
    this.#hear.state('connected');
  }
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown';
}

/** livekit-client logs addresses with tokens in them. Not kept in localStorage, as its own way is. */
function silence(): void {
  for (const name of Object.values(LoggerNames)) getLogger(name).setLevel('silent', false);
}
