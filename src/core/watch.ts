import { computed, effect } from '@preact/signals-core';
import type { Cells } from './cells.ts';
import { type Page, Pause } from './page.ts';
import { isFinal, retryDelay } from './retry.ts';
import type { ConnectionSlice } from './slices/connection.ts';

export interface WatchPorts {
  readonly slices: { readonly connection: ConnectionSlice; readonly cells: Pick<Cells, 'demand'> };
  readonly page: Page;
  /** What `demand` calls it. */
  readonly key: string;
  /** Whether one may have it; reads signals. */
  mayHave?(): boolean;
  /** It is watched from now on, or no longer. */
  turn(isWatched: boolean): void;
  /** Asks for it and shows the answer, unless `signal` is aborted by then. */
  ask(signal: AbortSignal): Promise<void>;
  fail(error: unknown): void;
  /** Resolves when the last answer, or refusal, is no longer the last word. */
  due(signal: AbortSignal, pause: Pause): Promise<void>;
}

/** Keeps something of the server right while it is watched by somebody in the call. */
export class Watch {
  readonly #ports: WatchPorts;
  readonly #pause = new Pause();
  readonly #life = new AbortController();
  #watched = new AbortController();

  constructor(ports: WatchPorts) {
    this.#ports = ports;
    const { key, mayHave } = ports;
    const { connection, cells } = ports.slices;
    const isWanted = computed(() => {
      const { phase } = connection.state.value;
      const isIn = phase === 'joined' || phase === 'reconnecting';
      return cells.demand.counts.value.has(key) && isIn && (mayHave?.() ?? true);
    });
    const ends = [
      effect(() => this.#turn(isWanted.value)),
      // Back in the call, there is no sense in waiting for the next try.
      effect(() => {
        if (connection.state.value.phase === 'joined') this.#pause.wake();
      }),
    ];
    const { signal } = this.#life;
    for (const end of ends) signal.addEventListener('abort', end, { once: true });
  }

  dispose(): void {
    this.#watched.abort();
    this.#life.abort();
  }

  #turn(isWanted: boolean): void {
    this.#watched.abort();
    this.#ports.turn(isWanted);
    if (!isWanted) return;
    this.#watched = new AbortController();
    const { signal } = this.#watched;
    this.#ports.page.onWake(() => this.#pause.wake(), signal);
    void this.#run(signal);
  }

  /** One question at a time, each after what made the last answer wrong. Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    const { page, ask, fail, due } = this.#ports;
    for (let attempt = 0; !signal.aborted;) {
      try {
        await ask(signal);
        if (signal.aborted) return;
        attempt = 0;
      } catch (error) {
        if (signal.aborted) return;
        fail(error);
        if (!isFinal(error)) {
          await this.#pause.wait(retryDelay(attempt, error, page), signal);
          attempt += 1;
          continue;
        }
      }
      await due(signal, this.#pause);
    }
  }
}
