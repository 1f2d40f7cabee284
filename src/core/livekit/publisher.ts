import { type LocalParticipant, type LocalTrackPublication, Track } from 'livekit-client';
import type { Kind } from './port.ts';

interface Wish {
  readonly track: MediaStreamTrack | undefined;
  readonly muted: boolean;
}

/** A publication that failed is tried again after this many ms, while there is a connection. */
const RETRY_DELAY = 2_000;
const SOURCES: Readonly<Record<Kind, Track.Source>> = {
  camera: Track.Source.Camera,
  microphone: Track.Source.Microphone,
  screen: Track.Source.ScreenShare,
  'screen-sound': Track.Source.ScreenShareAudio,
};
const KINDS = Object.keys(SOURCES) as readonly Kind[];
const NOTHING: Wish = { track: undefined, muted: false };

/** Makes LiveKit publish what is wished, one step at a time per device. */
export class Publisher {
  readonly #local: LocalParticipant;
  readonly #wishes: Record<Kind, Wish> = {
    camera: NOTHING,
    microphone: NOTHING,
    screen: NOTHING,
    'screen-sound': NOTHING,
  };
  readonly #running = new Set<Kind>();
  readonly #timers = new Map<Kind, ReturnType<typeof setTimeout>>();
  #open: ReadonlySet<Kind> = new Set();
  /** Counts connections: what was done for an earlier one is to be done again. */
  #turn = 0;

  constructor(local: LocalParticipant) {
    this.#local = local;
  }

  wish(kind: Kind, wish: Wish): void {
    this.#wishes[kind] = wish;
    this.#sync(kind);
  }

  /** What may be published from now on, by the connection that there is. Other wishes wait. */
  open(kinds: readonly Kind[]): void {
    this.#open = new Set(kinds);
    this.#turn += 1;
    for (const kind of KINDS) {
      clearTimeout(this.#timers.get(kind));
      this.#sync(kind);
    }
  }

  #sync(kind: Kind): void {
    if (!this.#open.has(kind) || this.#running.has(kind)) return;
    this.#running.add(kind);
    const turn = this.#turn;
    this.#fulfil(kind)
      .catch(() => {
        // The engine's reasons are of no use to a person; the device itself works, so try again.
        const delay = turn === this.#turn ? RETRY_DELAY : 0;
        this.#timers.set(
          kind,
          setTimeout(() => this.#sync(kind), delay),
        );
      })
      .finally(() => this.#running.delete(kind));
  }

  async #fulfil(kind: Kind): Promise<void> {
    let wish: Wish;
    let turn: number;
    do {
      wish = this.#wishes[kind];
      turn = this.#turn;
      await this.#step(kind, wish);
    } while (this.#open.has(kind) && (wish !== this.#wishes[kind] || turn !== this.#turn));
  }

  async #step(kind: Kind, { track, muted }: Wish): Promise<void> {
    const publication = this.#published(kind);
    const last = publication?.track;
    if (last && last.mediaStreamTrack !== track) await this.#local.unpublishTrack(last, false);
    if (!track) return;
    if (last?.mediaStreamTrack === track) {
      await (muted ? last.mute() : last.unmute());
    } else if (!muted && track.readyState === 'live') {
      // A muted track is first published when somebody is to hear it.
      await this.#local.publishTrack(track, {
        source: SOURCES[kind],
        simulcast: kind === 'camera' || kind === 'screen',
      });
    }
  }

  #published(kind: Kind): LocalTrackPublication | undefined {
    return this.#local.getTrackPublication(SOURCES[kind]);
  }
}
