import type { Knock } from '../../protocol/knock.ts';

/** Sounds are at least so far apart, ms. */
const QUIET = 5_000;

/** How a host is told of knocks beside the cards. */
export interface Hints {
  readonly sound: boolean;
  /** What the page's title begins with while somebody waits; undefined to leave it alone. */
  readonly title: string | undefined;
}

/** A quiet double knock for who is new at the door, and a word in the page's title. */
export class KnockHints {
  #known: ReadonlySet<string> = new Set();
  #soundedAt = -Infinity;
  #title: { readonly own: string; readonly shown: string } | undefined;

  tell(knocks: readonly Knock[], { sound, title }: Hints): void {
    const fresh = knocks.some(({ identity }) => !this.#known.has(identity));
    this.#known = new Set(knocks.map(({ identity }) => identity));
    if (fresh && sound) this.#sound();
    this.#write(knocks.length > 0 ? title : undefined);
  }

  /** Gives the title back. */
  stop(): void {
    this.#known = new Set();
    this.#write(undefined);
  }

  #write(hint: string | undefined): void {
    const shown = this.#title;
    // What the page wrote meanwhile is its title now.
    const own = shown && document.title === shown.shown ? shown.own : document.title;
    if (hint === undefined) {
      this.#title = undefined;
      if (shown && document.title === shown.shown) document.title = own;
      return;
    }
    const next = own ? `${hint} · ${own}` : hint;
    if (document.title !== next) document.title = next;
    // Browsers take spaces out of titles: what stands there now is what to compare with.
    this.#title = { own, shown: document.title };
  }

  #sound(): void {
    const now = performance.now();
    // Browsers play nothing before a gesture, and complain.
    if (now - this.#soundedAt < QUIET || !navigator.userActivation?.hasBeenActive) return;
    this.#soundedAt = now;
    const audio = new AudioContext();
    const start = audio.currentTime + 0.02;
    const last = [0, 0.16].map((after) => knockOnWood(audio, start + after)).at(-1);
    // No speaker is an answer, too: the card is there.
    const end = (): void => void audio.close().catch(() => undefined);
    last?.addEventListener('ended', end, { once: true });
  }
}

/** One soft knock: a low tone that falls and fades within a tenth of a second. */
function knockOnWood(audio: AudioContext, at: number): OscillatorNode {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = 'sine';
  tone.frequency.setValueAtTime(320, at);
  tone.frequency.exponentialRampToValueAtTime(140, at + 0.1);
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.12, at + 0.008);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.12);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.13);
  return tone;
}
