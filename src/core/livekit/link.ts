import { getLogger, LoggerNames, Room, RoomEvent } from 'livekit-client';
import { connect, RECONNECT_POLICY } from './connect.ts';
import { LiveKitLooker } from './look.ts';
import type { IncomingTracks, Kind, Link, LinkHearer, Looker } from './port.ts';
import { Publisher } from './publisher.ts';
import { RecordedTracks } from './recorded-tracks.ts';
import { RemoteMedia } from './remote-media.ts';

/** The media connection over livekit-client. Its one `Room` is reused: livekit-client frees none. */
export class LiveKitLink implements Link {
  readonly #room: Room;
  readonly #hear: LinkHearer;
  readonly #publisher: Publisher;
  readonly #media: RemoteMedia;
  readonly #recorded: RecordedTracks;
  #kinds: readonly Kind[] = [];
  #speaker: string | undefined;

  constructor(hear: LinkHearer) {
    silence();
    this.#hear = hear;
    this.#room = new Room({
      adaptiveStream: true,
      dynacast: true,
      // It would go at `beforeunload` already, which the person may take back, and stop their tracks.
      disconnectOnPageLeave: false,
      stopLocalTrackOnUnpublish: false,
      reconnectPolicy: RECONNECT_POLICY,
    });
    // So that the others need not wait until the server finds out.
    globalThis.addEventListener?.('pagehide', this.#leavePage);
    this.#publisher = new Publisher(this.#room.localParticipant);
    this.#media = new RemoteMedia(this.#room, hear);
    this.#recorded = new RecordedTracks(this.#room);
    this.#room
      .on(RoomEvent.Connected, () => this.#up())
      .on(RoomEvent.Reconnected, () => this.#up())
      .on(RoomEvent.SignalReconnecting, () => hear.state('reconnecting'))
      .on(RoomEvent.Reconnecting, () => {
        this.#publisher.open([]);
        hear.state('reconnecting');
      })
      .on(RoomEvent.Disconnected, () => {
        this.#publisher.open([]);
        hear.state('lost');
      })
      .on(RoomEvent.AudioPlaybackStatusChanged, () =>
        hear.audioBlocked(!this.#room.canPlaybackAudio),
      );
  }

  async connect(
    door: string,
    token: string,
    signal: AbortSignal,
    kinds: readonly Kind[],
  ): Promise<void> {
    this.#kinds = kinds;
    await connect(this.#room, door, token, signal, () => void this.disconnect());
  }

  async disconnect(): Promise<void> {
    try {
      await this.#room.disconnect(false);
    } catch {
      // It could not say goodbye; its sockets are closed all the same, and the server finds out.
      this.#hear.state('lost');
    }
  }

  setTrack(kind: Kind, track: MediaStreamTrack | undefined, muted: boolean): void {
    this.#publisher.wish(kind, { track, muted });
  }

  setRoster(identities: readonly string[]): void {
    this.#media.setRoster(identities);
  }

  setSpeaker(id: string | undefined): void {
    if (id === undefined && this.#speaker === undefined) return;
    this.#speaker = id;
    // One that is gone, or a browser that can't: the sound stays where it was.
    this.#room.switchActiveDevice('audiooutput', id ?? 'default').catch(() => undefined);
  }

  looker(): Looker {
    return new LiveKitLooker();
  }

  tracks(identity: string): IncomingTracks {
    return this.#recorded.of(identity);
  }

  releaseTracks(): void {
    this.#recorded.release();
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
    globalThis.removeEventListener?.('pagehide', this.#leavePage);
    this.#room.removeAllListeners();
    this.#media.dispose();
    this.#publisher.open([]);
    void this.disconnect();
  }

  readonly #leavePage = (): void => void this.disconnect();

  #up(): void {
    this.#publisher.open(this.#kinds);
    this.#media.followAll();
    this.#hear.audioBlocked(!this.#room.canPlaybackAudio);
    this.#hear.state('connected');
  }
}

/** livekit-client logs addresses with tokens in them. Not kept in localStorage, as its own way is. */
function silence(): void {
  for (const name of Object.values(LoggerNames)) getLogger(name).setLevel('silent', false);
}
