import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

/** Counts by key how many want to be shown something now. */
export class Demand {
  readonly #counts: Signal<ReadonlyMap<string, number>> = signal(new Map());

  /** What is not in here, nobody wants. */
  get counts(): ReadonlySignal<ReadonlyMap<string, number>> {
    return this.#counts;
  }

  /** One more wants it, until `signal` aborts. */
  add(key: string, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#change(key, 1);
    signal.addEventListener('abort', () => this.#change(key, -1), { once: true });
  }

  #change(key: string, by: number): void {
    const next = new Map(this.#counts.peek());
    const count = (next.get(key) ?? 0) + by;
    if (count > 0) next.set(key, count);
    else next.delete(key);
    this.#counts.value = next;
  }
}
