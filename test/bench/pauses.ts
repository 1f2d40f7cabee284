import { now } from './figure.ts';

/** How often this process wants to be woken, ms. */
const STEP = 20;
/** A pause shorter than this is nobody's fault, ms. */
const LONG = 200;

/**
 * When the machine did not let this process run, which mostly waits: what happens to media and
 * connections just then may be the machine's doing.
 */
export class Pauses {
  readonly #seen: { at: number; ms: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor() {
    let due = now() + STEP;
    this.#timer = setInterval(() => {
      const at = now();
      if (at - due > LONG) this.#seen.push({ at, ms: at - due });
      due = at + STEP;
    }, STEP);
  }

  /** The longest one that ended in the `span` ms before `at`, ms; 0 when none was long. */
  longest(at: number, span: number): number {
    const then = this.#seen.filter((pause) => pause.at <= at && pause.at > at - span);
    return Math.max(0, ...then.map(({ ms }) => ms));
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
