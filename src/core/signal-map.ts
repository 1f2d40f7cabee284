import { type Signal, signal } from '@preact/signals-core';

/**
 * Signals by key, made on first use. They are kept for what is gone, too: who holds one must see it
 * come back.
 */
export class SignalMap<T> {
  readonly #initial: T;
  readonly #signals = new Map<string, Signal<T>>();

  constructor(initial: T) {
    this.#initial = initial;
  }

  /** The same signal for the same key. */
  of(key: string): Signal<T> {
    let own = this.#signals.get(key);
    if (!own) {
      own = signal(this.#initial);
      this.#signals.set(key, own);
    }
    return own;
  }

  has(key: string): boolean {
    return this.#signals.has(key);
  }

  keys(): Iterable<string> {
    return this.#signals.keys();
  }
}
