import type { IncomingTracks, Link } from '../livekit/port.ts';
import type { ScreenShare } from '../screen-share.ts';
import type { Slices } from '../slices.ts';
import type { VideoSource } from '../state.ts';
import { type RecordedPerson, type Scene, withConsent } from './scene.ts';

/** What a scene is seen by. */
export type SceneSlices = Pick<Slices, 'cells' | 'connection' | 'devices'> & {
  readonly screen: Pick<ScreenShare, 'video' | 'sound'>;
};

/** What of a call is recorded, as it is at a moment. */
export class CallScene {
  readonly #slices: SceneSlices;
  readonly #link: Link;
  readonly #sources = new WeakMap<MediaStreamTrack, VideoSource>();

  constructor(slices: SceneSlices, link: Link) {
    this.#slices = slices;
    this.#link = link;
  }

  readonly look = (): Scene => {
    const { cells, connection } = this.#slices;
    const self = connection.me.peek()?.identity ?? '';
    const { consent = 'ask', agreed = [] } = cells.recording.peek() ?? {};
    const all = cells.roster.peek().flatMap((identity) => this.#person(identity, self) ?? []);
    // Whoever records has agreed by that.
    const people = withConsent(all, consent, new Set([self, ...agreed]));
    return { people, ...this.#screens(people, self) };
  };

  /** Of shared screens, the latest is seen, and all are heard. */
  #screens(people: readonly RecordedPerson[], self: string): Omit<Scene, 'people'> {
    const shared = this.#slices.cells.screens
      .peek()
      .filter((identity) => people.some((person) => person.identity === identity))
      .map((identity) => this.#tracks(identity, self));
    const screen = shared.findLast((tracks) => tracks.screen)?.screen;
    return {
      screen: screen && this.#source(screen),
      sounds: shared.flatMap(({ screenSound }) => screenSound ?? []),
    };
  }

  #person(identity: string, self: string): RecordedPerson | undefined {
    const { cells } = this.#slices;
    const row = cells.participants.of(identity).peek();
    if (!row || row.kind === 'recorder') return undefined;
    const { speaking: isSpeaking } = cells.media.of(identity).peek();
    const { camera, microphone } = this.#tracks(identity, self);
    const source = camera && this.#source(camera);
    return { identity, name: row.name, isSpeaking, camera: source, microphone };
  }

  #tracks(identity: string, self: string): IncomingTracks {
    if (identity !== self) return this.#link.tracks(identity);
    const { devices, screen } = this.#slices;
    const { camera, microphone } = devices.state.peek();
    return {
      camera: camera.phase === 'on' ? devices.track('camera').peek() : undefined,
      microphone: microphone.phase === 'on' ? devices.track('microphone').peek() : undefined,
      screen: screen.video.peek(),
      screenSound: screen.sound.peek(),
    };
  }

  /** The same for the same track. */
  #source(track: MediaStreamTrack): VideoSource {
    let source = this.#sources.get(track);
    if (!source) {
      source = Object.freeze({
        id: track.id,
        attach: (video: HTMLVideoElement) => (video.srcObject = new MediaStream([track])),
        detach: (video: HTMLVideoElement) => (video.srcObject = null),
      });
      this.#sources.set(track, source);
    }
    return source;
  }
}
