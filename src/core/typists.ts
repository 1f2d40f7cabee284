import type { Signal } from '@preact/signals-core';
import { TYPING_TTL } from '../protocol/limits.ts';
import type { Typist } from './chat-state.ts';

/** Who writes now: whoever said so a moment ago, and has not stopped. */
export class Typists {
  readonly #state: Signal<readonly Typist[]>;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(state: Signal<readonly Typist[]>) {
    this.#state = state;
  }

  hear(identity: string, on: boolean, isPrivate: boolean): void {
    if (!on) return this.stop(identity);
    clearTimeout(this.#timers.get(identity));
    this.#timers.set(
      identity,
      setTimeout(() => this.stop(identity), TYPING_TTL),
    );
    const last = this.#state.peek().find((each) => each.identity === identity);
    if (last?.private === isPrivate) return;
    this.#set([...this.#others(identity), { identity, private: isPrivate }]);
  }

  stop(identity: string): void {
    clearTimeout(this.#timers.get(identity));
    if (this.#timers.delete(identity)) this.#set(this.#others(identity));
  }

  clear(): void {
    for (const identity of [...this.#timers.keys()]) this.stop(identity);
  }

  #others(identity: string): Typist[] {
    return this.#state.peek().filter((each) => each.identity !== identity);
  }

  #set(typists: readonly Typist[]): void {
    this.#state.value = Object.freeze(typists);
  }
}
