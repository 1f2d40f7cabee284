import type { Clock } from '../../../src/server/clock.ts';

/** A clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  #now = Date.UTC(2030, 0, 1);

  now(): number {
    return this.#now;
  }

  /** Goes on by `ms`. */
  advance(ms: number): void {
    this.#now += ms;
  }
}
