import { computed, effect } from '@preact/signals-core';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { RoomEventOf } from '../../protocol/events.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { Answer } from '../../protocol/routes.ts';
import { type Page, Pause } from '../page.ts';
import { isFinal, retryDelay } from '../retry.ts';
import type { Slices } from '../slices.ts';
import { type Fact, requestKey } from '../state.ts';
import { until } from '../until.ts';

type List = Answer<'file-list'>;
type FileEvent = RoomEventOf<'file-added'> | RoomEventOf<'file-deleted'>;

/** Facts after which everything may be different. */
const UPSETTING: ReadonlySet<string> = new Set(['room-reset']);

export interface FileListPorts {
  readonly slices: Pick<Slices, 'cells' | 'connection' | 'facts'>;
  readonly page: Page;
  /** Asks `file-list`. */
  ask(): Promise<List>;
}

/** Keeps the list of files right while it is watched by somebody in the call. */
export class FileList {
  readonly #ports: FileListPorts;
  readonly #pause = new Pause();
  readonly #life = new AbortController();
  #watch = new AbortController();
  #list: List | undefined;
  /** What happened since the list was last asked for. */
  #news: FileEvent[] = [];

  constructor(ports: FileListPorts) {
    this.#ports = ports;
    const { connection, cells, facts } = ports.slices;
    const key = requestKey('file-list');
    const isWanted = computed(() => {
      const { phase } = connection.state.value;
      return (phase === 'joined' || phase === 'reconnecting') && cells.demand.counts.value.has(key);
    });
    const { signal } = this.#life;
    facts.listen((fact) => this.#hear(fact), signal);
    const ends = [
      effect(() => this.#turn(isWanted.value)),
      // Back in the call, there is no sense in waiting for the next try.
      effect(() => {
        if (connection.state.value.phase === 'joined') this.#pause.wake();
      }),
    ];
    for (const end of ends) signal.addEventListener('abort', end, { once: true });
  }

  dispose(): void {
    this.#watch.abort();
    this.#life.abort();
  }

  #turn(isWanted: boolean): void {
    this.#watch.abort();
    this.#list = undefined;
    const { files } = this.#ports.slices.cells;
    files.value = Object.freeze({ phase: isWanted ? 'loading' : 'unknown' });
    if (!isWanted) return;
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    this.#ports.page.onWake(() => this.#pause.wake(), signal);
    void this.#run(signal);
  }

  /** Asks, and again after each snapshot: events may be missing before it. Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    const { slices, page, ask } = this.#ports;
    const { snapshotAt } = slices.cells;
    for (let attempt = 0; !signal.aborted;) {
      const asked = snapshotAt.peek();
      this.#news = [];
      try {
        const list = await ask();
        if (signal.aborted) return;
        this.#list = list;
        for (const event of this.#news) this.#apply(event);
        this.#show();
        attempt = 0;
      } catch (error) {
        if (signal.aborted) return;
        this.#fail(error);
        if (!isFinal(error)) {
          await this.#pause.wait(retryDelay(attempt, error, page), signal);
          attempt += 1;
          continue;
        }
      }
      await until(() => snapshotAt.value !== asked, signal);
    }
  }

  #hear(fact: Fact): void {
    if (fact.type === 'file-added' || fact.type === 'file-deleted') {
      this.#news.push(fact);
      if (!this.#list) return;
      this.#apply(fact);
      this.#show();
    } else if (UPSETTING.has(fact.type) && 'seq' in fact) {
      this.#ports.slices.cells.snapshotAt.value = fact.seq;
    }
  }

  #apply({ seq, type, file }: FileEvent): void {
    const list = this.#list;
    if (!list || seq <= list.seq) return;
    const others = list.files.filter(({ id }) => id !== file.id);
    const files = type === 'file-added' ? [file, ...others] : others;
    const { limits } = list;
    this.#list = { seq, files, usage: usageOf(files), limits };
  }

  #show(): void {
    if (!this.#list) return;
    const { files, usage, limits } = this.#list;
    this.#ports.slices.cells.files.value = Object.freeze({ phase: 'known', files, usage, limits });
  }

  #fail(cause: unknown): void {
    // An older list is better than none; it is asked for again.
    if (this.#list) return;
    const error =
      cause instanceof MeetingError
        ? cause
        : new MeetingError('answer-unreadable', 'Not a list of files.', { cause });
    this.#ports.slices.cells.files.value = Object.freeze({ phase: 'failed', error });
  }
}

const usageOf = (files: readonly RoomFile[]): List['usage'] => ({
  files: files.length,
  bytes: files.reduce((sum, { size }) => sum + size, 0),
});
