import { find } from './menu.model.ts';

/** Letters typed within this time are one word, ms. */
const WORD = 700;

/** Finds the item that begins with what is typed. */
export class Typeahead {
  #typed = '';
  #at = -Infinity;

  /** @returns the item that a key leads to from the one at `at`; undefined when there is none. */
  type(key: string, at: number, titles: readonly string[]): number | undefined {
    if ([...key].length !== 1 || key === ' ') return undefined;
    const now = performance.now();
    this.#typed = now - this.#at > WORD ? key : this.#typed + key;
    this.#at = now;
    return find(this.#typed, at, titles);
  }
}
