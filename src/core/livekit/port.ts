import type { MediaChange } from '../slices/media.ts';
import type { ParticipantState } from '../state.ts';

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

/** The media connection of one room, whatever carries it. Made once, reused over all stays. */
export interface Link {
  /**
   * Resolves when media can flow.
   * @throws MeetingError `media-blocked` when signalling works and media doesn't; else
   * `sfu-unreachable`. Why one is not let in is the server's to say, never the engine's.
   */
  connect(door: string, token: string, signal: AbortSignal): Promise<void>;
  /** Ends the connection; published tracks are left running. */
  disconnect(): Promise<void>;
  /** What to publish from now on, over every reconnect. A muted track is kept, silent. */
  setTrack(
    kind: 'camera' | 'microphone',
    track: MediaStreamTrack | undefined,
    muted: boolean,
  ): void;
  /** Whose sound is played: LiveKit may know people before or after our own roster does. */
  setRoster(identities: readonly string[]): void;
  startAudio(): Promise<void>;
  dispose(): void;
}

export type MakeLink = (hear: LinkHearer) => Link;
