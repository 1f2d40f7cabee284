import { batch } from '@preact/signals-core';
import { FEED_HEAD_INTERVAL, FEED_SILENCE_TIMEOUT } from '../../protocol/limits.ts';
import type { RoomEvent } from '../../protocol/events.ts';
import type { Exit } from '../../protocol/exit.ts';
import type { BoardMessage } from '../call-slices.ts';
import type { FeedMessage, FeedSays } from '../../protocol/feed.ts';
import { FEED_BATCHES, FEED_CLOSE } from '../../protocol/feed-wire.ts';
import type { Connection } from '../../protocol/participant.ts';
import type { ResetCount } from '../../protocol/reset.ts';
import { type Page, Pause } from '../page.ts';
import { parse, type Said } from './frame.ts';

// Full jitter between 0 and a bound that doubles, in ms.
const FIRST_BACKOFF = 250;
const LAST_BACKOFF = 8_000;
// The server speaks every 15 s; after a wake, this much longer a silence makes a socket suspect.
const HEAD_LATE = FEED_HEAD_INTERVAL + 2_000;

type Numbered = RoomEvent | Extract<FeedMessage, { type: 'withheld' }>;
type Ending = 'over' | 'refused' | 'lost';

/** Who hears what the feed tells. */
export interface FeedHearer {
  /** The log's events, in order, each once. */
  event(event: RoomEvent): void;
  presence(identity: string, connection: Connection): void;
  /** A knocker's page opened or closed. For hosts. */
  knockPresence?(identity: string, present: boolean): void;
  /** A reset has cleared one more part. For hosts. */
  resetProgress?(cleared: ResetCount): void;
  /** Somebody writes, or no longer. */
  typing?(identity: string, on: boolean, isPrivate: boolean): void;
  /** Something of a whiteboard that is watched. */
  board?(message: BoardMessage): void;
  /** An event that is not for this page, or unknown to it: only its number counts. */
  passed?(seq: number): void;
  /** The own knock was answered with yes. */
  admitted?(): void;
  over(exit: Exit): void;
  /** Whether the server speaks on a socket of ours. */
  reachable?(isOpen: boolean): void;
  /**
   * The server wants to be asked anew: the session is not good, or the log doesn't go back so far.
   * @returns the seq to go on from; undefined to go on from where the feed was.
   */
  refused(): Promise<number | undefined>;
}

export interface FeedOptions {
  /** `ws(s)://…/rooms/{room}/feed` */
  url: string;
  session: string;
  /** The last event that is known. */
  after: number;
  hear: FeedHearer;
  /** Closes the feed for good. */
  signal: AbortSignal;
  page: Page;
  /** Opens a WebSocket; the browser's own unless said. */
  connect?: ((url: string) => WebSocket) | undefined;
}

/** The address of a room's feed below the server's public base. */
export function feedUrl(server: string, room: string): string {
  const base = server.replace(/^http/, 'ws').replace(/\/+$/, '');
  return `${base}/rooms/${encodeURIComponent(room)}/feed?${FEED_BATCHES}`;
}

/** The numbered events of a room over a WebSocket that is kept open: in order, without gaps. */
export class Feed {
  readonly #options: FeedOptions;
  readonly #pause = new Pause();
  #seq: number;
  #end: ((how: Ending) => void) | undefined;
  #heardAt = 0;
  #attempt = 0;
  /** What the log still tells, after it was cleared up to here. */
  #floor: number | undefined;
  #open = false;
  #socket: WebSocket | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#seq = options.after;
  }

  /** The last event that was told. */
  get seq(): number {
    return this.#seq;
  }

  /** Whether the server spoke on the present socket. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Connects, again and again, until the stay is over or the signal aborts. Never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const end = await this.#connection();
      this.#open = false;
      if (signal.aborted || end === 'over') return;
      this.#options.hear.reachable?.(false);
      if (end === 'refused') await this.#ask();
      const bound = Math.min(FIRST_BACKOFF * 2 ** this.#attempt, LAST_BACKOFF);
      this.#attempt += 1;
      await this.#pause.wait(this.#options.page.random() * bound, signal);
    }
  }

  /** Lost when the feed does not stand. */
  say(saying: FeedSays): void {
    if (this.#open) this.#socket?.send(JSON.stringify(saying));
  }

  /** Connects at once, if the feed waits to, or has heard nothing for suspiciously long. */
  wake(): void {
    this.#attempt = 0;
    if (Date.now() - this.#heardAt > HEAD_LATE) this.#end?.('lost');
    this.#pause.wake();
  }

  /**
   * Tells `event` unless it was told before.
   * @returns false when there is a gap before it.
   */
  accept(event: Numbered): boolean {
    if (event.seq <= this.#seq) return true;
    if (event.seq > this.#seq + 1) return false;
    this.#seq = event.seq;
    if (event.type === 'withheld') this.#options.hear.passed?.(event.seq);
    else this.#options.hear.event(event);
    return true;
  }

  async #ask(): Promise<void> {
    try {
      const floor = this.#floor;
      this.#floor = undefined;
      const seq = (await this.#options.hear.refused()) ?? this.#seq;
      // The snapshot has moved the state ahead; what was not told yet is still told as facts.
      this.#seq = floor !== undefined && floor <= seq ? Math.max(floor, this.#seq) : seq;
    } catch {
      // Nothing is known yet: the next try, after the wait, is refused again and asks again.
      this.#attempt += 1;
    }
  }

  /** One socket's life: resolves with how it ended, never rejects. */
  #connection(): Promise<Ending> {
    const { url, session, connect = (address) => new WebSocket(address) } = this.#options;
    return new Promise((resolve) => {
      const life = new AbortController();
      let socket: WebSocket | undefined;
      let silence: ReturnType<typeof setTimeout> | undefined;
      const end = (how: Ending): void => {
        if (life.signal.aborted) return;
        life.abort();
        clearTimeout(silence);
        this.#end = undefined;
        this.#socket = undefined;
        socket?.close();
        resolve(how);
      };
      // A socket over a dead network may never close: silence counts as its end.
      const heard = (): void => {
        this.#heardAt = Date.now();
        clearTimeout(silence);
        silence = setTimeout(() => end('lost'), FEED_SILENCE_TIMEOUT);
      };
      this.#end = end;
      heard();
      this.#options.signal.addEventListener('abort', () => end('lost'), { signal: life.signal });
      try {
        socket = connect(url);
        this.#socket = socket;
      } catch {
        // The page's policy forbids the address: as good as no network, and tried again.
        end('lost');
        return;
      }
      const hello = (): void => socket?.send(JSON.stringify({ session, after: this.#seq }));
      const message = ({ data }: MessageEvent): void => {
        heard();
        // What happened at once is one change for whoever looks on.
        batch(() => {
          for (const said of parse(data)) {
            const how = this.#read(said);
            if (how) return end(how);
          }
        });
      };
      socket.addEventListener('open', hello, { signal: life.signal });
      socket.addEventListener('message', message, { signal: life.signal });
      socket.addEventListener('close', ({ code }) => end(meaning(code)), { signal: life.signal });
    });
  }

  /** Takes one message; says so when it ends the connection. */
  #read(said: Said): Ending | undefined {
    const how = 'message' in said ? this.#take(said.message) : this.#skip(said.seq);
    if (how !== 'lost') {
      this.#attempt = 0;
      if (!this.#open) {
        this.#open = true;
        this.#options.hear.reachable?.(true);
      }
    }
    return how;
  }

  #take(message: FeedMessage): Ending | undefined {
    switch (message.type) {
      case 'head':
        return message.seq > this.#seq ? 'lost' : undefined;
      case 'presence':
        this.#options.hear.presence(message.identity, message.connection);
        return undefined;
      case 'knock-presence':
        this.#options.hear.knockPresence?.(message.identity, message.present);
        return undefined;
      case 'reset-progress':
        this.#options.hear.resetProgress?.({ part: message.part, count: message.count });
        return undefined;
      case 'typing':
        this.#options.hear.typing?.(message.identity, message.on, message.private);
        return undefined;
      case 'whiteboard-update':
      case 'whiteboard-behind':
      case 'whiteboard-hint':
        this.#options.hear.board?.(message);
        return undefined;
      case 'admitted':
        this.#options.hear.admitted?.();
        return undefined;
      case 'over':
        this.#options.hear.over(message.exit);
        return 'over';
      case 'snapshot-needed':
        this.#floor = message.after;
        return 'refused';
      default:
        return this.accept(message) ? undefined : 'lost';
    }
  }

  /** A newer server tells events that we don't know: their numbers count all the same. */
  #skip(seq: number | undefined): Ending | undefined {
    if (seq === undefined || seq <= this.#seq) return undefined;
    if (seq > this.#seq + 1) return 'lost';
    this.#seq = seq;
    this.#options.hear.passed?.(seq);
    return undefined;
  }
}

/** After an exit's code without the exit itself, and after 4401, the server is asked for the truth. */
function meaning(code: number): 'refused' | 'lost' {
  const asks: readonly number[] = [FEED_CLOSE.unauthorized, FEED_CLOSE['snapshot-needed']];
  const isExit = code >= FEED_CLOSE.left && code <= FEED_CLOSE.server;
  return isExit || asks.includes(code) ? 'refused' : 'lost';
}
