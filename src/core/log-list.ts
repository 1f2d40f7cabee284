import { MeetingError } from '../protocol/meeting-error.ts';
import type { Page } from './page.ts';
import type { Slices } from './slices.ts';
import type { Fact } from './state.ts';
import { until } from './until.ts';
import { Watch } from './watch.ts';

/** What of such a list is known. */
export type LogListState<List> =
  /** Nobody watches, or one is not in the call. */
  | { readonly phase: 'unknown' | 'loading' }
  | { readonly phase: 'known'; readonly list: List }
  | { readonly phase: 'failed'; readonly error: MeetingError };

export interface LogListPorts<
  List extends { readonly seq: number },
  News extends Fact & { readonly seq: number },
> {
  readonly slices: Pick<Slices, 'cells' | 'connection' | 'facts'>;
  readonly page: Page;
  /** What `demand` calls it. */
  readonly key: string;
  /** What it is called where an answer is none. */
  readonly name: string;
  ask(): Promise<List>;
  isNews(fact: Fact): fact is News;
  /** The list once that has happened; its `seq` is seen to. */
  apply(list: List, news: News): List;
  show(state: LogListState<List>): void;
}

/**
 * Keeps a list of what the room keeps right while somebody in the call watches it: asked for once, then
 * followed by the log. Asked for anew after a snapshot, a reset, or its undoing.
 */
export class LogList<
  List extends { readonly seq: number },
  News extends Fact & { readonly seq: number },
> {
  readonly #ports: LogListPorts<List, News>;
  readonly #life = new AbortController();
  readonly #watch: Watch;
  #list: List | undefined;
  /** What happened since the list was last asked for. */
  #news: News[] = [];
  /** The snapshot that the list was last asked for after. */
  #asked = 0;

  constructor(ports: LogListPorts<List, News>) {
    this.#ports = ports;
    const { slices, page, key } = ports;
    const { snapshotAt } = slices.cells;
    slices.facts.listen((fact) => this.#hear(fact), this.#life.signal);
    this.#watch = new Watch({
      ...{ slices, page, key },
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
    this.#ports.show({ phase: isWatched ? 'loading' : 'unknown' });
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { slices, ask } = this.#ports;
    this.#asked = slices.cells.snapshotAt.peek();
    this.#news = [];
    const list = await ask();
    if (signal.aborted) return;
    this.#list = list;
    for (const news of this.#news) this.#apply(news);
    this.#show();
  }

  #hear(fact: Fact): void {
    if (this.#ports.isNews(fact)) {
      this.#news.push(fact);
      if (!this.#list) return;
      this.#apply(fact);
      this.#show();
    } else if (fact.type === 'room-reset' || fact.type === 'room-restored') {
      // Everything may be different.
      this.#ports.slices.cells.snapshotAt.value = fact.seq;
    }
  }

  #apply(news: News): void {
    const list = this.#list;
    if (!list || news.seq <= list.seq) return;
    this.#list = { ...this.#ports.apply(list, news), seq: news.seq };
  }

  #show(): void {
    if (this.#list) this.#ports.show({ phase: 'known', list: this.#list });
  }

  #fail(cause: unknown): void {
    // An older list is better than none; it is asked for again.
    if (this.#list) return;
    const error =
      cause instanceof MeetingError
        ? cause
        : new MeetingError('answer-unreadable', `Not a list of ${this.#ports.name}.`, { cause });
    this.#ports.show({ phase: 'failed', error });
  }
}
