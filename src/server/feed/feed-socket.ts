import type { WebSocket } from 'ws';
import type { RoomEvent } from '../../protocol/events.ts';
import type { Exit } from '../../protocol/exit.ts';
import { FEED_CLOSE, type FeedMessage } from '../../protocol/feed.ts';

/** A reader that is this far behind (bytes) should connect anew from the log. */
const MAX_UNSENT = 1_000_000;

/** One page's feed, once it has said who it is. */
export class FeedSocket {
  readonly admission: string;
  readonly generation: number;
  readonly #socket: WebSocket;
  /** The last event that was sent. */
  #seq: number;
  #isOver = false;

  constructor(socket: WebSocket, stay: { id: string; generation: number }, after: number) {
    this.#socket = socket;
    this.admission = stay.id;
    this.generation = stay.generation;
    this.#seq = after;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Sends what this page does not have yet. */
  tell(events: readonly RoomEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.#seq) continue;
      this.send(event);
      this.#seq = event.seq;
    }
  }

  send(message: FeedMessage): void {
    if (this.#isOver || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_UNSENT) return this.#socket.terminate();
    this.#socket.send(JSON.stringify(message));
  }

  /** Tells why the stay is over, and closes. */
  close(exit: Exit): void {
    this.send({ type: 'over', exit });
    this.#isOver = true;
    this.#socket.close(FEED_CLOSE[exit.reason], exit.reason);
  }

  closeForSnapshot(): void {
    this.send({ type: 'snapshot-needed' });
    this.#isOver = true;
    this.#socket.close(FEED_CLOSE['snapshot-needed'], 'snapshot-needed');
  }
}
