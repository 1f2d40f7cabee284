import { MeetingError } from '../../protocol/meeting-error.ts';
import type { RoomEventOf } from '../../protocol/events.ts';
import type { Answer } from '../../protocol/routes.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import type { Page } from '../page.ts';
import type { Slices } from '../slices.ts';
import { type Fact, requestKey } from '../state.ts';
import { until } from '../until.ts';
import { Watch } from '../watch.ts';

type List = Answer<'whiteboard-list'>;
/** What the log tells of whiteboards. */
export type BoardEvent = RoomEventOf<
  'whiteboard-created' | 'whiteboard-changed' | 'whiteboard-cleared' | 'whiteboard-deleted'
>;

export interface BoardListPorts {
  readonly slices: Pick<Slices, 'cells' | 'connection' | 'facts'>;
  readonly page: Page;
  /** Asks `whiteboard-list`. */
  ask(): Promise<List>;
}

/** Keeps the list of whiteboards right while it is watched by somebody in the call. */
export class BoardList {
  readonly #ports: BoardListPorts;
  readonly #life = new AbortController();
  readonly #watch: Watch;
  #list: List | undefined;
  /** What happened since the list was last asked for. */
  #news: BoardEvent[] = [];
  /** The snapshot that the list was last asked for after. */
  #asked = 0;

  constructor(ports: BoardListPorts) {
    this.#ports = ports;
    const { slices, page } = ports;
    const { snapshotAt } = slices.cells;
    slices.facts.listen((fact) => this.#hear(fact), this.#life.signal);
    this.#watch = new Watch({
      ...{ slices, page, key: requestKey('whiteboard-list') },
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
    const { whiteboards } = this.#ports.slices.cells;
    whiteboards.value = Object.freeze({ phase: isWatched ? 'loading' : 'unknown' });
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
    if (isBoardEvent(fact)) {
      this.#news.push(fact);
      if (!this.#list) return;
      this.#apply(fact);
      this.#show();
    } else if (fact.type === 'room-reset') {
      this.#ports.slices.cells.snapshotAt.value = fact.seq;
    }
  }

  #apply(event: BoardEvent): void {
    const list = this.#list;
    if (!list || event.seq <= list.seq) return;
    const others = list.whiteboards.filter(({ id }) => id !== event.whiteboard.id);
    const whiteboards =
      event.type === 'whiteboard-deleted' ? others : sorted([...others, event.whiteboard]);
    this.#list = { ...list, seq: event.seq, whiteboards };
  }

  #show(): void {
    if (!this.#list) return;
    const boards = sorted(this.#list.whiteboards);
    this.#ports.slices.cells.whiteboards.value = Object.freeze({ phase: 'known', boards });
  }

  #fail(cause: unknown): void {
    // An older list is better than none; it is asked for again.
    if (this.#list) return;
    const error =
      cause instanceof MeetingError
        ? cause
        : new MeetingError('answer-unreadable', 'Not a list of whiteboards.', { cause });
    this.#ports.slices.cells.whiteboards.value = Object.freeze({ phase: 'failed', error });
  }
}

/** Whether a fact is about whiteboards. */
export const isBoardEvent = (fact: Fact): fact is BoardEvent => fact.type.startsWith('whiteboard-');

const sorted = (boards: readonly Whiteboard[]): Whiteboard[] =>
  [...boards].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
