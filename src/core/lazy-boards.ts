import { effect } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import { requestKey } from './state.ts';
import type { Boards, BoardsPorts } from './whiteboards/boards.ts';

/** The whiteboards, fetched on the first look at them. */
export class LazyBoards {
  readonly #ports: BoardsPorts;
  readonly #life = new AbortController();
  #boards: Promise<Boards> | undefined;

  constructor(ports: BoardsPorts) {
    this.#ports = ports;
    const { demand } = ports.slices.cells;
    const end = effect(() => {
      // Where it fails, whoever looks next tries again; the state says that nothing is known.
      if (demand.counts.value.has(requestKey('whiteboard-list'))) {
        void Promise.allSettled([this.get()]);
      }
    });
    this.#life.signal.addEventListener('abort', end, { once: true });
  }

  /** @throws MeetingError `engine-unavailable` when it did not load; the next call tries again. */
  async get(): Promise<Boards> {
    this.#boards ??= this.#load();
    try {
      return await this.#boards;
    } catch (cause) {
      this.#boards = undefined;
      const error = new MeetingError('engine-unavailable', 'Whiteboards did not load.', { cause });
      this.#ports.slices.cells.whiteboards.value = Object.freeze({ phase: 'failed', error });
      throw error;
    }
  }

  dispose(): void {
    this.#life.abort();
    this.#boards?.then(
      (boards) => boards.dispose(),
      () => 'whoever asked for it by `get` was told',
    );
  }

  async #load(): Promise<Boards> {
    const module = await import('./whiteboards/boards.ts');
    const boards = new module.Boards(this.#ports);
    if (this.#life.signal.aborted) boards.dispose();
    return boards;
  }
}
