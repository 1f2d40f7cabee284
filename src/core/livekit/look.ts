import { Room, RoomEvent, Track } from 'livekit-client';
import type { VideoSource } from '../state.ts';
import { connect, RECONNECT_POLICY } from './connect.ts';
import type { Looker } from './port.ts';
import { VideoSources } from './video-source.ts';

/** A connection that only looks. Its one `Room` is reused: livekit-client frees none. */
export class LiveKitLooker implements Looker {
  readonly #room = new Room({
    adaptiveStream: true,
    // Its tab goes, or it does not.
    disconnectOnPageLeave: false,
    reconnectPolicy: RECONNECT_POLICY,
  });
  readonly #sources = new VideoSources();
  #show: (video: VideoSource | undefined) => void = () => {};
  #lose: () => void = () => {};

  constructor() {
    const follow = (): void => this.#follow();
    this.#room
      .on(RoomEvent.TrackSubscribed, follow)
      .on(RoomEvent.TrackUnsubscribed, (track) => {
        track.detach();
        follow();
      })
      .on(RoomEvent.TrackMuted, follow)
      .on(RoomEvent.TrackUnmuted, follow)
      .on(RoomEvent.ParticipantDisconnected, follow)
      .on(RoomEvent.Disconnected, () => this.#lose());
  }

  async look(
    door: string,
    token: string,
    signal: AbortSignal,
    show: (video: VideoSource | undefined) => void,
  ): Promise<void> {
    const lost = new Promise<void>((resolve) => (this.#lose = resolve));
    const end = (): void => void this.#disconnect();
    try {
      await connect(this.#room, door, token, signal, end);
      signal.addEventListener('abort', end, { once: true });
      this.#show = show;
      this.#follow();
      await lost;
    } finally {
      this.#show = () => {};
      signal.removeEventListener('abort', end);
      await this.#disconnect();
    }
  }

  dispose(): void {
    this.#room.removeAllListeners();
    this.#lose();
    void this.#disconnect();
  }

  #follow(): void {
    const cameras = [...this.#room.remoteParticipants.values()].map((each) =>
      each.getTrackPublication(Track.Source.Camera),
    );
    const seen = cameras.find((camera) => camera?.track && !camera.isMuted);
    this.#show(this.#sources.of(seen?.track));
  }

  async #disconnect(): Promise<void> {
    try {
      await this.#room.disconnect(false);
    } catch {
      // It could not say goodbye; its sockets are closed all the same, and the server finds out.
      this.#lose();
    }
  }
}
