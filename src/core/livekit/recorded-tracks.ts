import { type RemoteTrackPublication, RemoteVideoTrack, type Room, Track } from 'livekit-client';
import type { IncomingTracks } from './port.ts';

/** How large a picture is in a recording at most, in pixels: with one other person, and of a screen. */
const CAMERA = { width: 640, height: 360 };
const SCREEN = { width: 1_280, height: 720 };

type ElementInfo = Parameters<RemoteVideoTrack['observeElementInfo']>[0];

/** The incoming tracks that are recorded. */
export class RecordedTracks {
  readonly #room: Room;
  readonly #held = new Map<RemoteVideoTrack, ElementInfo>();

  constructor(room: Room) {
    this.#room = room;
  }

  of(identity: string): IncomingTracks {
    const participant = this.#room.remoteParticipants.get(identity);
    const track = (source: Track.Source) => heard(participant?.getTrackPublication(source));
    const camera = track(Track.Source.Camera);
    const screen = track(Track.Source.ScreenShare);
    if (camera instanceof RemoteVideoTrack) this.#hold(camera, CAMERA);
    if (screen instanceof RemoteVideoTrack) this.#hold(screen, SCREEN);
    return {
      camera: camera?.mediaStreamTrack,
      microphone: track(Track.Source.Microphone)?.mediaStreamTrack,
      screen: screen?.mediaStreamTrack,
      screenSound: track(Track.Source.ScreenShareAudio)?.mediaStreamTrack,
    };
  }

  release(): void {
    for (const [track, shown] of this.#held) track.stopObservingElementInfo(shown);
    this.#held.clear();
  }

  /**
   * Has a picture sent also while no element shows it, or the tab is hidden. For that, livekit-client
   * must believe in an element that is in a window of its own.
   */
  #hold(track: RemoteVideoTrack, { width, height }: typeof CAMERA): void {
    if (this.#held.has(track)) return;
    const shown: ElementInfo = {
      element: {},
      width: () => width,
      height: () => height,
      visible: true,
      pictureInPicture: true,
      visibilityChangedAt: undefined,
      observe: () => {},
      stopObserving: () => {},
    };
    this.#held.set(track, shown);
    track.observeElementInfo(shown);
  }
}

const heard = (publication: RemoteTrackPublication | undefined) =>
  publication?.isMuted === false ? publication.track : undefined;
