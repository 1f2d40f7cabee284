import type { WebSocket } from 'ws';
import type { Exit } from '../../protocol/exit.ts';
import type { Role } from '../../protocol/participant.ts';
import { type Told, withhold } from '../rules/log.ts';
import type { Seated } from '../rules/people.ts';
import type { FeedMessage } from '../../protocol/feed.ts';
import { FEED_CLOSE } from '../../protocol/feed-wire.ts';

/** A reader that is this far behind (bytes) should connect anew from the log. */
const MAX_UNSENT = 1_000_000;

/** One page's feed, once it has said who it is. */
export class FeedSocket {
  readonly admission: string;
  readonly generation: number;
  readonly identity: string;
  /** The whiteboards that this page has open. */
  readonly boards = new Set<string>();
  readonly #person: string;
  readonly #socket: WebSocket;
  readonly #batches: boolean;
  #audience: Role | 'waiting';
  /** The last event that was sent. */
  #seq: number;
  #isOver = false;

  constructor(
    socket: WebSocket,
    stay: Seated,
    { after, batches }: { after: number; batches: boolean },
  ) {
    this.#socket = socket;
    this.#batches = batches;
    this.admission = stay.id;
    this.generation = stay.generation;
    this.identity = stay.identity;
    this.#person = stay.person;
    this.#audience = stay.state === 'waiting' ? 'waiting' : stay.role;
    this.#seq = after;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Whether its stay goes on, and so what it says counts. */
  get isOpen(): boolean {
    return !this.#isOver;
  }

  /** What this page may know: a knocker only learns that things happen. */
  get audience(): Role | 'waiting' {
    return this.#audience;
  }

  /**
   * The person's role is another from here on: a guest hears no more of what is for hosts, and a new
   * host needs all that was kept from them.
   */
  become(role: Role): void {
    if (this.#audience === role || this.#audience === 'waiting') return;
    this.#audience = role;
    if (role === 'host') this.closeForSnapshot();
  }

  /** Sends what this page does not have yet, and what came together as one where it takes that. */
  tell(events: readonly Told[]): void {
    let shown: FeedMessage[] = [];
    for (const event of events) {
      if (event.seq <= this.#seq) continue;
      shown.push(this.#shown(event));
      this.#seq = event.seq;
      if (event.type !== 'role-changed') continue;
      const { identity, role } = event.participant;
      if (identity !== this.identity) continue;
      this.send(...shown);
      shown = [];
      this.#changed(role);
    }
    this.send(...shown);
  }

  /** The log may be ahead of the notice, and a page that reads on later has had no notice. */
  #changed(role: Role): void {
    if (role === 'host' && this.#audience === 'host') this.closeForSnapshot();
    else this.become(role);
  }

  /** Sends messages, in one frame where the page takes that. */
  send(...messages: readonly FeedMessage[]): void {
    const frames = this.#batches && messages.length > 1 ? [messages] : messages;
    for (const frame of frames) {
      if (this.#isOver || this.#socket.readyState !== this.#socket.OPEN) return;
      if (this.#socket.bufferedAmount > MAX_UNSENT) return this.#socket.terminate();
      this.#socket.send(JSON.stringify(frame));
    }
  }

  #shown(event: Told): FeedMessage {
    if (this.#audience !== 'waiting') {
      return withhold(event, { role: this.#audience, person: this.#person });
    }
    const isOwnYes = event.type === 'knock-admitted' && event.knock.identity === this.identity;
    return isOwnYes ? { type: 'admitted' } : { type: 'withheld', seq: event.seq };
  }

  /** Tells why the stay is over, and closes. */
  close(exit: Exit): void {
    this.#isOver = true;
    closeWith(this.#socket, exit);
  }

  /** @param after What is told of the log still, when it was cleared. */
  closeForSnapshot(after?: number): void {
    this.send({ type: 'snapshot-needed', ...(after !== undefined && { after }) });
    this.#isOver = true;
    this.#socket.close(FEED_CLOSE['snapshot-needed'], 'snapshot-needed');
  }
}

/** Tells a page why its stay is over, as the last thing on this socket. */
export function closeWith(socket: WebSocket, exit: Exit): void {
  if (socket.readyState === socket.OPEN) {
    socket.send(JSON.stringify({ type: 'over', exit } satisfies FeedMessage));
  }
  socket.close(FEED_CLOSE[exit.reason], exit.reason);
}
