import { computed, effect } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { AccessList } from '../protocol/invitation.ts';
import type { CallSlices } from './call-slices.ts';
import { type Page, Pause } from './page.ts';
import { isFinal, retryDelay } from './retry.ts';
import { requestKey } from './state.ts';
import { until } from './until.ts';

/** What changes in a burst is asked for once: this long after the last answer, in ms. */
const GAP = 250;

export interface AccessWatchPorts {
  readonly slices: Pick<CallSlices, 'accessList' | 'connection' | 'cells'>;
  readonly page: Page;
  /** Asks `access-list`. */
  ask(): Promise<AccessList>;
}

/** Keeps the access list right while it is watched by a host who is in the call. */
export class AccessWatch {
  readonly #ports: AccessWatchPorts;
  readonly #pause = new Pause();
  readonly #life = new AbortController();
  #watch = new AbortController();

  constructor(ports: AccessWatchPorts) {
    this.#ports = ports;
    const { connection, cells } = ports.slices;
    const key = requestKey('access-list');
    const isWanted = computed(() => {
      const { phase } = connection.state.value;
      const isIn = phase === 'joined' || phase === 'reconnecting';
      const isWatched = cells.demand.counts.value.has(key);
      return isWatched && isIn && connection.me.value?.role === 'host';
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
    this.#watch.abort();
    this.#life.abort();
  }

  #turn(isWanted: boolean): void {
    this.#watch.abort();
    this.#ports.slices.accessList.set({ phase: 'unknown' });
    if (!isWanted) return;
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    this.#ports.page.onWake(() => this.#pause.wake(), signal);
    void this.#run(signal);
  }

  /** One question at a time, each after what made the last answer wrong. Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    const { slices, page, ask } = this.#ports;
    const { accessList } = slices;
    accessList.set({ phase: 'loading' });
    let known: AccessList | undefined;
    for (let attempt = 0; !signal.aborted;) {
      let trueAt = accessList.due.peek();
      try {
        const list = await ask();
        if (signal.aborted) return;
        known = list;
        trueAt = list.seq;
        attempt = 0;
        accessList.set({ phase: 'known', list });
      } catch (error) {
        if (signal.aborted) return;
        this.#fail(error, known);
        if (!isFinal(error)) {
          await this.#pause.wait(retryDelay(attempt, error, page), signal);
          attempt += 1;
          continue;
        }
      }
      await until(() => accessList.due.value > trueAt, signal);
      await this.#pause.wait(GAP, signal);
    }
  }

  #fail(cause: unknown, list: AccessList | undefined): void {
    const error =
      cause instanceof MeetingError
        ? cause
        : new MeetingError('answer-unreadable', 'Not an access list.', { cause });
    this.#ports.slices.accessList.set({ phase: 'failed', error, ...(list && { list }) });
  }
}
