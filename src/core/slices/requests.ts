import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { RequestsState } from '../state.ts';

/** Which requests are on their way, and which failed; a new try of the same clears its failure. */
export class RequestsSlice {
  readonly #state: Signal<RequestsState> = signal(new Map());

  get state(): ReadonlySignal<RequestsState> {
    return this.#state;
  }

  /** Runs `act`, pending under `key` until it settles. Rejects with what `act` rejects with. */
  async run<T>(key: string, act: () => Promise<T>): Promise<T> {
    this.#put(key, Object.freeze({ phase: 'pending' }));
    try {
      const answer = await act();
      this.#put(key, undefined);
      return answer;
    } catch (error) {
      this.#put(
        key,
        error instanceof MeetingError ? Object.freeze({ phase: 'failed', error }) : undefined,
      );
      throw error;
    }
  }

  /** Pending under `key` until `until` settles, whatever it comes to. */
  hold(key: string, until: Promise<unknown>): void {
    // Whoever asks for it looks at what it came to.
    this.run(key, () => until).catch(() => undefined);
  }

  clear(): void {
    if (this.#state.peek().size > 0) this.#state.value = new Map();
  }

  #put(key: string, request: ReturnType<RequestsState['get']>): void {
    const next = new Map(this.#state.peek());
    if (request) next.set(key, request);
    else next.delete(key);
    this.#state.value = next;
  }
}
