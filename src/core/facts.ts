import type { Fact } from './state.ts';

/** Tells facts to whoever listens, in order, each once. */
export class Facts {
  readonly #hearers = new Set<(fact: Fact) => void>();

  /** Hears every fact from now on, until `signal` aborts. */
  listen(hear: (fact: Fact) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    // Wrapped, so that one function may listen twice with two signals.
    const hearer = (fact: Fact): void => hear(fact);
    this.#hearers.add(hearer);
    signal.addEventListener('abort', () => this.#hearers.delete(hearer), { once: true });
  }

  tell(fact: Fact): void {
    for (const hear of [...this.#hearers]) {
      try {
        hear(Object.freeze(fact));
      } catch (error) {
        // A page's broken listener must not break the room, yet its author must see the error.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  clear(): void {
    this.#hearers.clear();
  }
}
