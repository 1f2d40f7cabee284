import { MeetingError } from '../protocol/meeting-error.ts';
import type { AccessList } from '../protocol/invitation.ts';
import type { CallSlices } from './call-slices.ts';
import type { Page } from './page.ts';
import { requestKey } from './state.ts';
import { until } from './until.ts';
import { Watch } from './watch.ts';

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
  readonly #watch: Watch;
  #known: AccessList | undefined;
  #trueAt = 0;

  constructor(ports: AccessWatchPorts) {
    this.#ports = ports;
    const { slices, page } = ports;
    const { accessList, connection } = slices;
    this.#watch = new Watch({
      ...{ slices, page, key: requestKey('access-list') },
      mayHave: () => connection.me.value?.role === 'host',
      turn: (isWatched) => this.#turn(isWatched),
      ask: (signal) => this.#ask(signal),
      fail: (error) => this.#fail(error),
      due: async (signal, pause) => {
        await until(() => accessList.due.value > this.#trueAt, signal);
        await pause.wait(GAP, signal);
      },
    });
  }

  dispose(): void {
    this.#watch.dispose();
  }

  #turn(isWatched: boolean): void {
    this.#known = undefined;
    this.#ports.slices.accessList.set({ phase: isWatched ? 'loading' : 'unknown' });
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { slices, ask } = this.#ports;
    this.#trueAt = slices.accessList.due.peek();
    const list = await ask();
    if (signal.aborted) return;
    this.#known = list;
    this.#trueAt = list.seq;
    slices.accessList.set({ phase: 'known', list });
  }

  #fail(cause: unknown): void {
    const error =
      cause instanceof MeetingError
        ? cause
        : new MeetingError('answer-unreadable', 'Not an access list.', { cause });
    const list = this.#known;
    this.#ports.slices.accessList.set({ phase: 'failed', error, ...(list && { list }) });
  }
}
