import type { MediaChange } from '../slices/media.ts';
import type { ParticipantState, VideoSource } from '../state.ts';

/** What a page may publish. */
export type Kind = 'camera' | 'microphone' | 'screen' | 'screen-sound';

/** What the room hears of its media connection. */
export interface LinkHearer {
  /** `reconnecting`: the engine tries by itself. `lost`: it gave up, or was told to. */
  state(state: 'connected' | 'reconnecting' | 'lost'): void;
  media(identity: string, change: MediaChange): void;
  mediaGone(identity: string): void;
  speaking(identities: readonly string[]): void;
  /** An agent, a recorder, an ingress or a phone came or changed. */
  machine(machine: ParticipantState): void;
  machineGone(identity: string): void;
  audioBlocked(blocked: boolean): void;
}

/** Somebody's media as it comes in; without what is muted. */
export interface IncomingTracks {
  readonly camera?: MediaStreamTrack | undefined;
  readonly microphone?: MediaStreamTrack | undefined;
  readonly screen?: MediaStreamTrack | undefined;
  readonly screenSound?: MediaStreamTrack | undefined;
}

/** The media connection of one room, whatever carries it. Made once, reused over all stays. */
export interface Link {
  /**
   * Resolves when media can flow.
   * @param kinds Which devices are published there, when there is something of them to publish.
   * @throws MeetingError `media-blocked` when signalling works and media doesn't; else
   * `sfu-unreachable`. Why one is not let in is the server's to say, never the engine's.
   */
  connect(door: string, token: string, signal: AbortSignal, kinds: readonly Kind[]): Promise<void>;
  /** Ends the connection; published tracks are left running. */
  disconnect(): Promise<void>;
  /** What to publish from now on, over every reconnect. A muted track is kept, silent. */
  setTrack(kind: Kind, track: MediaStreamTrack | undefined, muted: boolean): void;
  /** Whose sound is played: LiveKit may know people before or after our own roster does. */
  setRoster(identities: readonly string[]): void;
  /** One more connection beside this one, only to look. It is the caller's to dispose of. */
  looker(): Looker;
  /** Where all sound comes out; the system's own without an id. */
  setSpeaker(id: string | undefined): void;
  /**
   * What comes in of somebody else for a recording: in full also while this page does not show it.
   */
  tracks(identity: string): IncomingTracks;
  /** Nobody records any more. */
  releaseTracks(): void;
  startAudio(): Promise<void>;
  dispose(): void;
}

/** A connection that sees the camera of whoever is there, and is seen by nobody. Reused. */
export interface Looker {
  /**
   * Resolves when the connection is over, by `signal` or because it was lost.
   * @param show Hears the picture, and when there is none.
   * @throws MeetingError as `Link.connect` does.
   */
  look(
    door: string,
    token: string,
    signal: AbortSignal,
    show: (video: VideoSource | undefined) => void,
  ): Promise<void>;
  dispose(): void;
}

export type MakeLink = (hear: LinkHearer) => Link;
