import { mergeUpdates } from 'yjs';
import type { MeetingError } from '../../protocol/meeting-error.ts';
import { type Page, Pause } from '../page.ts';
import { randomId } from '../random-id.ts';
import { isFinal, retryDelay } from '../retry.ts';

/** What was drawn on a board and is not at the server yet. */
export interface KeptDrawing {
  readonly gen: number;
  /** A Yjs update in base64. */
  readonly update: string;
}

/** What is drawn within this time goes out together, in ms. */
const BATCH = 100;
/** So much goes out together, in bytes; a single stroke or picture may be more. */
const BATCH_BYTES = 64_000;

export interface BoardOutboxPorts {
  readonly page: Page;
  /** Aborts when the board is closed. */
  readonly life: AbortSignal;
  /** Whether nothing is sent any more. */
  isOver(): boolean;
  /** By the same key it is stored once. @returns its number. */
  send(update: Uint8Array, key: string): Promise<{ n: number }>;
  /** It is at the server. */
  sent(n: number): void;
  /** The server does not take it. */
  refused(error: MeetingError): void;
  /** What waits is other than before; undefined when nothing does. */
  waits(update: Uint8Array | undefined): void;
}

/** What is drawn here on its way to the server: in order, each until it is answered. */
export class BoardOutbox {
  readonly #ports: BoardOutboxPorts;
  readonly #pause = new Pause();
  #queue: Uint8Array[] = [];
  #sending: Uint8Array | undefined;
  #isRunning = false;
  /** Goes up when all that waits is given up. */
  #turn = 0;

  constructor(ports: BoardOutboxPorts) {
    this.#ports = ports;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0 && !this.#sending;
  }

  add(update: Uint8Array): void {
    this.#queue.push(update);
    this.#tell();
    void this.send();
  }

  /** Nothing of it is wanted any more. */
  clear(): void {
    this.#turn += 1;
    this.#queue = [];
    this.#sending = undefined;
    this.#tell();
  }

  /** Tries again at once. */
  wake(): void {
    this.#pause.wake();
  }

  /** Sends what waits until nothing does. Never rejects. */
  async send(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { life, isOver } = this.#ports;
    while (this.#queue.length > 0 && !isOver()) {
      await new Pause().wait(BATCH, life);
      this.#sending = this.#take();
      if (this.#sending) await this.#deliver(this.#sending);
    }
    this.#isRunning = false;
  }

  #take(): Uint8Array | undefined {
    let bytes = 0;
    const count = this.#queue.findIndex((update) => (bytes += update.length) > BATCH_BYTES);
    return merged(this.#queue.splice(0, count < 0 ? this.#queue.length : Math.max(count, 1)));
  }

  /** Asks until it is at the server, or refused, or nobody wants it any more. */
  async #deliver(update: Uint8Array): Promise<void> {
    const { page, life, send, sent, refused, isOver } = this.#ports;
    const key = randomId();
    const turn = this.#turn;
    const isWanted = (): boolean => !isOver() && turn === this.#turn;
    for (let attempt = 0; isWanted(); attempt += 1) {
      try {
        const { n } = await send(update, key);
        if (!isWanted()) return;
        this.#sending = undefined;
        sent(n);
        this.#tell();
        return;
      } catch (error) {
        if (!isWanted()) return;
        if (isFinal(error)) return refused(error);
        await this.#pause.wait(retryDelay(attempt, error, page), life);
      }
    }
  }

  #tell(): void {
    const sending = this.#sending ? [this.#sending] : [];
    this.#ports.waits(merged([...sending, ...this.#queue]));
  }
}

const merged = (updates: readonly Uint8Array[]): Uint8Array | undefined =>
  updates.length > 1 ? mergeUpdates([...updates]) : updates[0];
