import { effect } from '@preact/signals-core';
import type { FeedSays } from '../../protocol/feed.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Stem } from '../../protocol/paths.ts';
import type { Answer, Input } from '../../protocol/routes.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import type { Board, BoardActName } from '../board-state.ts';
import type { BoardMessage, CallSlices } from '../call-slices.ts';
import { Kept } from '../kept.ts';
import type { Page } from '../page.ts';
import { randomId } from '../random-id.ts';
import { type Fact, requestKey, type Store } from '../state.ts';
import { type BoardList, createBoardList, isBoardEvent } from './board-list.ts';
import type { KeptDrawing } from './board-outbox.ts';
import { LiveBoard } from './live-board.ts';

/** What is asked of the server for whiteboards. */
export type BoardStem = Extract<Stem, `whiteboard-${string}`>;

export interface BoardsPorts {
  readonly slices: Pick<CallSlices, 'cells' | 'boardFeed' | 'connection' | 'facts' | 'requests'>;
  readonly page: Page;
  act<S extends BoardStem>(stem: S, input: Input<S>): Promise<Answer<S>>;
  /** Said on the feed, and lost when that does not stand. */
  say(saying: FeedSays): void;
  /** Where this tab keeps what is drawn; undefined while nobody is in. */
  place(): string | undefined;
}

/** The whiteboards of a room as this page has them. Fetched on first use. */
export class Boards implements Pick<Store, BoardActName> {
  readonly #ports: BoardsPorts;
  readonly #list: BoardList;
  readonly #life = new AbortController();
  readonly #open = new Set<LiveBoard>();
  readonly #kept: Kept<KeptDrawing>;

  constructor(ports: BoardsPorts) {
    this.#ports = ports;
    const { slices, page, act, place } = ports;
    this.#kept = new Kept({ place, me: () => slices.connection.me.peek()?.identity });
    this.#list = createBoardList({ slices, page, ask: () => act('whiteboard-list', {}) });
    slices.facts.listen((fact) => this.#hear(fact), this.#life.signal);
    slices.boardFeed.hear = (message) => this.#hearFeed(message);
    const end = effect(() => {
      const isOpen = slices.boardFeed.isOpen.value;
      for (const board of this.#open) board.reachable(isOpen);
    });
    this.#life.signal.addEventListener('abort', end, { once: true });
    const prune = effect(() => {
      const state = slices.cells.whiteboards.value;
      if (state.phase === 'known') this.#kept.retain(state.boards.map(({ id }) => id));
    });
    this.#life.signal.addEventListener('abort', prune, { once: true });
  }

  async createWhiteboard(name: string): Promise<Whiteboard> {
    const id = `w_${randomId()}`;
    return (await this.#act('whiteboard-create', { id, name })).whiteboard;
  }

  async renameWhiteboard(id: string, name: string): Promise<void> {
    await this.#act('whiteboard-rename', { id, name }, id);
  }

  async lockWhiteboard(id: string, locked: boolean): Promise<void> {
    await this.#act('whiteboard-lock', { id, locked }, id);
  }

  async clearWhiteboard(id: string): Promise<void> {
    await this.#act('whiteboard-clear', { id }, id);
  }

  async deleteWhiteboard(id: string): Promise<void> {
    await this.#act('whiteboard-delete', { id }, id);
  }

  async openWhiteboard(id: string, signal: AbortSignal): Promise<Board> {
    const { act, say, page } = this.#ports;
    const board = new LiveBoard(id, {
      page,
      read: (after) => act('whiteboard-read', { id, after: String(after) }),
      send: (update) => act('whiteboard-update', { id, ...update }),
      watch: (on, after, gen) => say({ type: 'whiteboard-watch', id, on, after, gen }),
      hint: (hint) => say({ type: 'whiteboard-hint', id, ...hint }),
      kept: () => this.#kept.get(id),
      keep: (kept) => this.#kept.set(id, kept),
    });
    const close = (): void => {
      this.#open.delete(board);
      board.dispose();
    };
    if (signal.aborted) close();
    else {
      this.#open.add(board);
      signal.addEventListener('abort', close, { once: true });
      this.#life.signal.addEventListener('abort', close, { once: true });
      void board.catchUp();
    }
    return board;
  }

  dispose(): void {
    this.#life.abort();
    this.#list.dispose();
    this.#ports.slices.boardFeed.hear = undefined;
  }

  #hear(fact: Fact): void {
    if (fact.type === 'room-reset' && fact.parts.includes('whiteboards-and-files')) {
      for (const board of this.#open) board.hearDeleted();
    }
    if (!isBoardEvent(fact)) return;
    for (const board of this.#open) {
      if (fact.whiteboard.id !== board.id) continue;
      if (fact.type === 'whiteboard-deleted') board.hearDeleted();
      if (fact.type === 'whiteboard-cleared') board.hearCleared(fact.whiteboard.gen);
    }
  }

  #hearFeed(message: BoardMessage): void {
    for (const board of this.#open) {
      if (board.id !== message.id) continue;
      switch (message.type) {
        case 'whiteboard-update':
          board.hearUpdate(message.gen, message.n, message.update, message.by);
          break;
        case 'whiteboard-behind':
          board.hearBehind(message.gen, message.n);
          break;
        case 'whiteboard-hint':
          board.hearHint(message.identity, {
            x: message.x,
            y: message.y,
            ...(message.stroke && { stroke: message.stroke }),
          });
          break;
      }
    }
  }

  /** In `requests` until it is done; a failure stays there, and is told as a fact, too. */
  async #act<S extends BoardStem>(stem: S, input: Input<S>, id?: string): Promise<Answer<S>> {
    const { slices, act } = this.#ports;
    try {
      return await slices.requests.run(requestKey(stem, id), () => act(stem, input));
    } catch (error) {
      if (error instanceof MeetingError) slices.facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }
}
