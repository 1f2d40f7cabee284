import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Cells } from '../cells.ts';
import type { SignalMap } from '../signal-map.ts';
import type { MediaState, VideoSource } from '../state.ts';

/** What may change of somebody's media. A picture that is undefined says that there is none now. */
export interface MediaChange {
  camera?: VideoSource | undefined;
  screen?: VideoSource | undefined;
  microphone?: MediaState['microphone'];
  quality?: MediaState['quality'];
}

const NOTHING: MediaState = Object.freeze({
  microphone: 'none',
  speaking: false,
  quality: 'unknown',
});

/** Pictures, microphones and connection quality by identity; one change writes one signal. */
export class MediaSlice {
  readonly #signals: SignalMap<MediaState>;
  readonly #activeSpeaker: Signal<string | undefined>;
  readonly #screens = signal<readonly string[]>([]);
  #speaking: ReadonlySet<string> = new Set();

  constructor({ media, activeSpeaker }: Pick<Cells, 'media' | 'activeSpeaker'>) {
    this.#signals = media;
    this.#activeSpeaker = activeSpeaker;
  }

  /** Whose screens there are, in the order in which they came. */
  get screens(): ReadonlySignal<readonly string[]> {
    return this.#screens;
  }

  /** The same signal for the same identity. */
  of(identity: string): ReadonlySignal<MediaState> {
    return this.#signals.of(identity);
  }

  update(identity: string, change: MediaChange): void {
    this.#write(identity, { ...this.of(identity).peek(), ...change });
  }

  /**
   * Says who speaks now, the loudest first; writes only those who began or stopped.
   * @param self - Whoever hears that: to themselves they are not the one to look at.
   */
  setSpeaking(identities: Iterable<string>, self?: string): void {
    const now = new Set(identities);
    batch(() => {
      for (const identity of this.#speaking) {
        if (!now.has(identity))
          this.#write(identity, { ...this.of(identity).peek(), speaking: false });
      }
      for (const identity of now) {
        if (!this.#speaking.has(identity)) {
          this.#write(identity, { ...this.of(identity).peek(), speaking: true });
        }
      }
      const active = this.#activeSpeaker;
      const [loudest = active.peek()] = [...now].filter((identity) => identity !== self);
      // Two at once, or a word said between, are no reason to look elsewhere.
      if (!now.has(active.peek() ?? '')) active.value = loudest;
    });
    this.#speaking = now;
  }

  /** Somebody's media is gone. */
  forget(identity: string): void {
    if (this.#signals.has(identity)) this.#write(identity, NOTHING);
    const speaking = new Set(this.#speaking);
    speaking.delete(identity);
    this.#speaking = speaking;
    if (this.#activeSpeaker.peek() === identity) this.#activeSpeaker.value = undefined;
  }

  clear(): void {
    batch(() => {
      for (const identity of this.#signals.keys()) this.#write(identity, NOTHING);
      this.#activeSpeaker.value = undefined;
    });
    this.#speaking = new Set();
  }

  #write(identity: string, next: MediaChange & Pick<MediaState, 'speaking'>): void {
    const own = this.#signals.of(identity);
    const last = own.peek();
    const { camera, screen, microphone = last.microphone, speaking, quality = last.quality } = next;
    const unchanged =
      last.camera?.id === camera?.id &&
      last.screen?.id === screen?.id &&
      last.microphone === microphone &&
      last.speaking === speaking &&
      last.quality === quality;
    if (unchanged) return;
    const pictures = { ...(camera && { camera }), ...(screen && { screen }) };
    batch(() => {
      own.value = Object.freeze({ ...pictures, microphone, speaking, quality });
      if (!last.screen === !screen) return;
      const others = this.#screens.peek().filter((each) => each !== identity);
      this.#screens.value = Object.freeze(screen ? [...others, identity] : others);
    });
  }
}
