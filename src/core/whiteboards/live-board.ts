import { type Signal, signal } from '@preact/signals-core';
import { mergeUpdates } from 'yjs';
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
import { randomId } from '../random-id.ts';
import { isFinal, retryDelay } from '../retry.ts';
import { decode, encode } from './base64.ts';
import { BoardDoc } from './board-doc.ts';

/** What is drawn within this time goes out together, in ms. */
const BATCH = 100;
/** So much goes out together, in bytes; a single stroke or picture may be more. */
const BATCH_BYTES = 64_000;
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
  #queue: Uint8Array[] = [];
  #isSending = false;
  #reading: Promise<void> | undefined;
  #isStale = false;
  #hintedAt = 0;

  constructor(id: string, ports: LiveBoardPorts) {
    this.id = id;
    this.#ports = ports;
    this.#doc = this.#newDoc();
    ports.page.onWake(() => this.#pause.wake(), this.#life.signal);
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
      this.#pause.wake();
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
    this.#queue = [];
    this.#set({ phase: 'gone', isSaving: false });
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
    this.#set({ phase: 'live' });
    this.#ports.watch(true, this.#n, this.#gen ?? 0);
    void this.#send();
  }

  #apply(updates: readonly string[]): void {
    for (const update of updates) this.#doc.apply(decode(update));
  }

  /** Sends what waits, in order, until nothing does. Never rejects. */
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const { signal: life } = this.#life;
    while (this.#queue.length > 0 && !this.#isOver) {
      await new Pause().wait(BATCH, life);
      const batch = this.#take();
      if (batch) await this.#deliver(batch);
    }
    this.#isSending = false;
    if (!this.#isOver) this.#set({ isSaving: this.#queue.length > 0 });
  }

  #take(): Uint8Array | undefined {
    let bytes = 0;
    const count = this.#queue.findIndex((update) => (bytes += update.length) > BATCH_BYTES);
    const batch = this.#queue.splice(0, count < 0 ? this.#queue.length : Math.max(count, 1));
    return batch.length > 1 ? mergeUpdates(batch) : batch[0];
  }

  /** Asks until it is at the server, or refused, or nobody wants it any more. */
  async #deliver(update: Uint8Array): Promise<void> {
    const { page, send } = this.#ports;
    const { signal: life } = this.#life;
    const key = randomId();
    const gen = this.#gen ?? 0;
    for (let attempt = 0; !this.#isOver && gen === this.#gen; attempt += 1) {
      try {
        const { n } = await send({ gen, update: encode(update), key });
        if (gen === this.#gen && n === this.#n + 1) this.#n = n;
        this.#forgive();
        return;
      } catch (error) {
        if (this.#isOver || gen !== this.#gen) return;
        if (isFinal(error)) return this.#refused(error);
        await this.#pause.wait(retryDelay(attempt, error, page), life);
      }
    }
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
    this.#queue = [];
    this.#set({ isSaving: false, canUndo: false, canRedo: false });
    for (const hearer of this.#hearers) hearer.changed(gone);
  }

  #newDoc(): BoardDoc {
    const doc: BoardDoc = new BoardDoc({
      update: (update) => {
        this.#queue.push(update);
        this.#set({ isSaving: true });
        void this.#send();
      },
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
