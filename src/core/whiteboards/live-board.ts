import { type Signal, signal } from '@preact/signals-core';
import type { MeetingError } from '../../protocol/meeting-error.ts';
import type {
  Board,
  BoardChange,
  BoardHearer,
  BoardHint,
  BoardItem,
  BoardState,
} from '../board-state.ts';
import { type Page, Pause } from '../page.ts';
import { isFinal, retryDelay } from '../retry.ts';
import { decode, encode } from './base64.ts';
import { BoardDoc } from './board-doc.ts';
import { BoardOutbox, type KeptDrawing } from './board-outbox.ts';

/** Where one points is told no more often than this, in ms. */
const HINT_GAP = 100;

/** One page of what a board holds. */
export interface BoardPage {
  readonly gen: number;
  /** The number of the last update in it. */
  readonly n: number;
  readonly updates: readonly string[];
  readonly more: boolean;
}

export interface LiveBoardPorts {
  readonly page: Page;
  /** Asks for what came after update `after`. */
  read(after: number): Promise<BoardPage>;
  /** By the same key it is stored once. @returns its number. */
  send(update: { gen: number; update: string; key: string }): Promise<{ n: number }>;
  /** Has the feed tell of the board from here on, or no longer. */
  watch(on: boolean, after: number, gen: number): void;
  /** Says where one points. */
  hint(hint: BoardHint): void;
  /** What was drawn before this page was reloaded, and is not at the server. */
  kept(): KeptDrawing | undefined;
  /** Keeps what is not at the server yet. */
  keep(kept: KeptDrawing | undefined): void;
}

const FRESH: BoardState = Object.freeze({
  ...{ phase: 'loading', isSaving: false, canUndo: false, canRedo: false },
});

/**
 * A board that follows the server's: reads what there is, hears what comes, sends what is drawn here,
 * and after an outage does all that again. A generation ends when a host clears the board.
 */
export class LiveBoard implements Board {
  readonly id: string;
  readonly state: Signal<BoardState> = signal(FRESH);
  readonly #ports: LiveBoardPorts;
  readonly #life = new AbortController();
  readonly #pause = new Pause();
  readonly #hearers = new Set<BoardHearer>();
  #doc: BoardDoc;
  /** Unknown until it was read. */
  #gen: number | undefined;
  /** All updates up to this one are in the document. */
  #n = 0;
  readonly #outbox: BoardOutbox;
  #isRestored = false;
  #reading: Promise<void> | undefined;
  #isStale = false;
  #hintedAt = 0;

  constructor(id: string, ports: LiveBoardPorts) {
    this.id = id;
    this.#ports = ports;
    this.#doc = this.#newDoc();
    this.#outbox = new BoardOutbox({
      ...{ page: ports.page, life: this.#life.signal },
      isOver: () => this.#isOver,
      send: (update, key) => ports.send({ gen: this.#gen ?? 0, update: encode(update), key }),
      sent: (n) => this.#sent(n),
      refused: (error) => this.#refused(error),
      waits: (update) => this.#waits(update),
    });
    ports.page.onWake(() => this.#wake(), this.#life.signal);
  }

  items(): ReadonlyMap<string, BoardItem> {
    return this.#doc.items;
  }

  change(changes: readonly BoardChange[]): void {
    if (this.#gen === undefined || this.#isOver) return;
    this.#doc.change(changes);
  }

  readonly undo = (): void => this.#doc.undo();
  readonly redo = (): void => this.#doc.redo();

  hint(hint: BoardHint): void {
    const now = performance.now();
    if (now - this.#hintedAt < HINT_GAP || this.state.peek().phase !== 'live') return;
    this.#hintedAt = now;
    this.#ports.hint(hint);
  }

  listen(hearer: BoardHearer, until: AbortSignal): void {
    if (until.aborted) return;
    this.#hearers.add(hearer);
    until.addEventListener('abort', () => this.#hearers.delete(hearer), { once: true });
  }

  /** Reads what is missing, and then has the feed tell the rest. Never rejects. */
  async catchUp(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  /** The feed stands again, or no longer. */
  reachable(isOpen: boolean): void {
    if (this.#isOver) return;
    if (isOpen) {
      this.#wake();
      void this.catchUp();
    } else if (this.#gen !== undefined) this.#set({ phase: 'offline' });
  }

  /** The feed told of an update. */
  hearUpdate(gen: number, n: number, update: string, by: string): void {
    if (gen !== this.#gen || n > this.#n + 1) {
      void this.catchUp();
      return;
    }
    if (n <= this.#n) return;
    this.#n = n;
    this.#apply([update]);
    for (const hearer of this.#hearers) hearer.drew(by);
  }

  /** There is more than the feed tells. */
  hearBehind(gen: number, n: number): void {
    if (gen !== this.#gen || n > this.#n) void this.catchUp();
  }

  hearHint(identity: string, hint: BoardHint): void {
    for (const hearer of this.#hearers) hearer.hinted(identity, hint);
  }

  /** A host cleared it: another generation begins. */
  hearCleared(gen: number): void {
    if (this.#gen === undefined || gen <= this.#gen) return;
    this.#renew(gen);
    void this.catchUp();
  }

  hearDeleted(): void {
    this.#outbox.clear();
    this.#set({ phase: 'gone' });
  }

  dispose(): void {
    if (this.#life.signal.aborted) return;
    if (!this.#isOver) this.#ports.watch(false, this.#n, this.#gen ?? 0);
    this.#life.abort();
    this.#hearers.clear();
    this.#doc.dispose();
  }

  get #isOver(): boolean {
    return this.state.peek().phase === 'gone' || this.#life.signal.aborted;
  }

  async #read(): Promise<void> {
    const { signal: life } = this.#life;
    for (let attempt = 0; this.#isStale && !this.#isOver;) {
      this.#isStale = false;
      try {
        await this.#readPages();
        attempt = 0;
      } catch (error) {
        if (this.#isOver) return;
        if (isFinal(error)) return this.#fail(error);
        if (this.#gen !== undefined) this.#set({ phase: 'offline' });
        this.#isStale = true;
        await this.#pause.wait(retryDelay(attempt, error, this.#ports.page), life);
        attempt += 1;
      }
    }
  }

  async #readPages(): Promise<void> {
    for (let isMore = true; isMore;) {
      const { gen, n, updates, more } = await this.#ports.read(this.#n);
      if (this.#isOver) return;
      const isOther = this.#gen !== undefined && gen !== this.#gen;
      // What was read after a number of another generation may lack its beginning.
      const isPartial = isOther && this.#n > 0;
      if (isOther) this.#renew(gen);
      this.#gen = gen;
      if (!isPartial) {
        this.#apply(updates);
        this.#n = Math.max(this.#n, n);
      }
      isMore = more || isPartial;
    }
    this.#restore();
    this.#set({ phase: 'live' });
    this.#ports.watch(true, this.#n, this.#gen ?? 0);
    void this.#outbox.send();
  }

  /** Draws again, once, what a reload came in between; on a board that was cleared since, nothing. */
  #restore(): void {
    if (this.#isRestored) return;
    this.#isRestored = true;
    const kept = this.#ports.kept();
    if (!kept) return;
    this.#ports.keep(undefined);
    if (kept.gen !== this.#gen) return;
    try {
      this.#doc.restore(decode(kept.update));
    } catch {
      // Whatever it is that lay there, it is no drawing.
    }
  }

  #apply(updates: readonly string[]): void {
    for (const update of updates) {
      try {
        this.#doc.apply(decode(update));
      } catch {
        // The server lets none through that can't be applied. Should one come all the same, the board is
        // without it, and not gone with it.
      }
    }
  }

  #sent(n: number): void {
    if (n === this.#n + 1) this.#n = n;
    this.#forgive();
  }

  #waits(update: Uint8Array | undefined): void {
    const { keep } = this.#ports;
    keep(update && { gen: this.#gen ?? 0, update: encode(update) });
    this.#set({ isSaving: update !== undefined });
  }

  #wake(): void {
    this.#pause.wake();
    this.#outbox.wake();
  }

  /** What was drawn is not taken: the board is as the server has it. */
  #refused(error: MeetingError): void {
    if (error.code === 'whiteboard-not-found') return this.hearDeleted();
    this.#renew(this.#gen ?? 0);
    this.#set({ error });
    void this.catchUp();
  }

  #fail(error: MeetingError): void {
    if (error.code === 'whiteboard-not-found') this.hearDeleted();
    else this.#set({ phase: 'failed', error });
  }

  /** Begins with an empty board. */
  #renew(gen: number): void {
    const gone = [...this.#doc.items.keys()].map((id) => ({ id }));
    this.#doc.dispose();
    this.#doc = this.#newDoc();
    this.#gen = gen;
    this.#n = 0;
    this.#outbox.clear();
    this.#set({ canUndo: false, canRedo: false });
    for (const hearer of this.#hearers) hearer.changed(gone);
  }

  #newDoc(): BoardDoc {
    const doc: BoardDoc = new BoardDoc({
      update: (update) => this.#outbox.add(update),
      changed: (changes) => {
        for (const hearer of this.#hearers) hearer.changed(changes);
      },
      stepped: () => this.#set({ canUndo: doc.canUndo, canRedo: doc.canRedo }),
    });
    return doc;
  }

  #set(change: Partial<BoardState>): void {
    this.state.value = Object.freeze({ ...this.state.peek(), ...change });
  }

  /** What went wrong is told until something goes right. */
  #forgive(): void {
    const { error, ...others } = this.state.peek();
    if (error) this.state.value = Object.freeze(others);
  }
}
