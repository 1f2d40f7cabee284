import { MeetingError } from '../../protocol/meeting-error.ts';
import type { RoomEventOf } from '../../protocol/events.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { Answer } from '../../protocol/routes.ts';
import type { Page } from '../page.ts';
import type { Slices } from '../slices.ts';
import { type Fact, requestKey } from '../state.ts';
import { until } from '../until.ts';
import { Watch } from '../watch.ts';

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
  readonly #life = new AbortController();
  readonly #watch: Watch;
  #list: List | undefined;
  /** What happened since the list was last asked for. */
  #news: FileEvent[] = [];
  /** The snapshot that the list was last asked for after. */
  #asked = 0;

  constructor(ports: FileListPorts) {
    this.#ports = ports;
    const { slices, page } = ports;
    const { snapshotAt } = slices.cells;
    slices.facts.listen((fact) => this.#hear(fact), this.#life.signal);
    this.#watch = new Watch({
      ...{ slices, page, key: requestKey('file-list') },
      turn: (isWatched) => this.#turn(isWatched),
      ask: (signal) => this.#ask(signal),
      fail: (error) => this.#fail(error),
      // Events may be missing before a snapshot.
      due: (signal) => until(() => snapshotAt.value !== this.#asked, signal),
    });
  }

  dispose(): void {
    this.#watch.dispose();
    this.#life.abort();
  }

  #turn(isWatched: boolean): void {
    this.#list = undefined;
    const { files } = this.#ports.slices.cells;
    files.value = Object.freeze({ phase: isWatched ? 'loading' : 'unknown' });
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { slices, ask } = this.#ports;
    this.#asked = slices.cells.snapshotAt.peek();
    this.#news = [];
    const list = await ask();
    if (signal.aborted) return;
    this.#list = list;
    for (const event of this.#news) this.#apply(event);
    this.#show();
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
