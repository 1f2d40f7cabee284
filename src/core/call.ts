import { MeetingError } from '../protocol/meeting-error.ts';
import type { RoomEvent } from '../protocol/events.ts';
import type { Exit } from '../protocol/exit.ts';
import type { FeedSays } from '../protocol/feed.ts';
import type { Waiting } from '../protocol/knock.ts';
import type { Connection } from '../protocol/participant.ts';
import type { ResetCount } from '../protocol/reset.ts';
import type { Stem } from '../protocol/paths.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import type { Api, CallOptions } from './api/client.ts';
import { Feed, type FeedHearer, type FeedOptions, feedUrl } from './api/feed.ts';
import type { Link } from './livekit/port.ts';
import type { BoardMessage } from './call-slices.ts';
import { type Page, Pause } from './page.ts';
import { causeOf, isFinal, retryDelay } from './retry.ts';
import type { RoomLog } from './room-log.ts';

/** Signalling up and media down for this long counts as blocked, in ms. */
const MEDIA_BLOCKED_AFTER = 15_000;
/** The engine's own policy ends after 60 s; should it not, we ask our server, in ms. */
const ENGINE_GIVES_UP_AFTER = 75_000;
/** The feed is usually faster than this, in ms; else what it owes is fetched. */
const FEED_PATIENCE = 500;
/** Those who are lost together don't come back in the same moment, in ms. */
const RETURN_SPREAD = 250;

/** What one does in the name of a stay. */
export type Act = Exclude<Stem, 'events' | 'call-check' | 'call-enter' | 'knock'>;

/** How an act is done. */
export type ActOptions = Pick<CallOptions, 'timeout' | 'keepalive'>;

export type Why = 'network' | 'server' | 'media-blocked';

/** Who hears how a stay goes. */
export interface CallHearer {
  up(): void;
  away(why: Why, error?: MeetingError): void;
  /** The server confirmed that the stay is over. */
  over(exit: Exit): void;
  /** The session turned out to be of somebody whose knock is not answered. */
  stillWaiting(waiting: Waiting): void;
  /** The server won't have this session at all. */
  refused(error: MeetingError): void;
}

export interface CallPorts {
  readonly api: Api;
  readonly server: string;
  readonly room: string;
  readonly session: string;
  readonly page: Page;
  readonly log: RoomLog;
  readonly hear: CallHearer;
  link(): Promise<Link>;
  readonly openSocket?: FeedOptions['connect'] | undefined;
}

/** One stay: keeps media and feed up, until the server says that it is over or `close()`. */
export class Call implements FeedHearer {
  readonly #ports: CallPorts;
  readonly #life = new AbortController();
  readonly #pause = new Pause();
  #timers: ReturnType<typeof setTimeout>[] = [];
  #feed: Feed | undefined;
  /** Media flows, or flowed and the engine is mending it by itself. */
  #linked = false;
  #mending = false;
  #lose: () => void = () => {};

  constructor(ports: CallPorts) {
    this.#ports = ports;
    ports.page.onWake(() => this.#wake(), this.#life.signal);
  }

  /** Runs until the end. Without `first`, the server is asked for it. Never rejects. */
  async run(first?: Snapshot): Promise<void> {
    const { signal } = this.#life;
    const { hear, page } = this.#ports;
    let snapshot = first;
    if (first) this.#follow(first);
    for (let attempt = 0; !signal.aborted;) {
      try {
        snapshot ??= await this.#ask();
        await this.#connect(snapshot, () => (attempt = 0));
        if (signal.aborted) return;
        hear.away(this.#guess());
        await this.#pause.wait(page.random() * RETURN_SPREAD, signal);
      } catch (error) {
        if (signal.aborted || this.#concluded(error)) return;
        hear.away(causeOf(error, page), error instanceof MeetingError ? error : undefined);
        await this.#pause.wait(retryDelay(attempt, error, page), signal);
        attempt += 1;
      }
      snapshot = undefined;
    }
  }

  /** Asks again at once. */
  retry(): void {
    this.#wake();
    if (this.#mending) this.#lose();
  }

  /** Ends the keeping-up; says nothing to the server. */
  close(): void {
    this.#life.abort();
    this.#clearTimers();
    this.#lose();
  }

  /** Does a stem in the name of this stay; what it changed is in the slices when this resolves. */
  async act<S extends Act>(stem: S, input: Input<S>, options: ActOptions = {}): Promise<Answer<S>> {
    const { api, room, session } = this.#ports;
    const { signal } = this.#life;
    // The end of the call, or of all that the room keeps, is the end of this stay: the answer is still
    // wanted.
    const life = stem === 'call-end' || stem === 'room-reset' ? {} : { signal };
    try {
      const told = { ...options, ...life, session };
      const answer: Answer<Act> = await api.call(stem, room, input, told);
      if ('seq' in answer) await this.#reach(answer.seq);
      return answer;
    } catch (error) {
      this.#overBy(error);
      throw error;
    }
  }

  /** What the engine says of its connection. */
  linkState(state: 'connected' | 'reconnecting' | 'lost'): void {
    if (state === 'lost') {
      this.#lose();
    } else if (this.#linked && state === 'reconnecting' && !this.#mending) {
      this.#mending = true;
      this.#watchMending();
      this.#ports.hear.away(this.#guess());
    } else if (this.#mending && state === 'connected') {
      this.#mending = false;
      this.#clearTimers();
      this.#ports.hear.up();
    }
  }

  event(event: RoomEvent): void {
    this.#ports.log.hear(event);
  }

  presence(identity: string, connection: Connection): void {
    this.#ports.log.presence(identity, connection);
  }

  knockPresence(identity: string, present: boolean): void {
    this.#ports.log.knockPresence(identity, present);
  }

  resetProgress(cleared: ResetCount): void {
    this.#ports.log.resetProgress(cleared);
  }

  typing(identity: string, on: boolean, isPrivate: boolean): void {
    this.#ports.log.typing(identity, on, isPrivate);
  }

  readonly board = (message: BoardMessage): void => this.#ports.log.board(message);
  readonly reachable = (isOpen: boolean): void => this.#ports.log.reachable(isOpen);

  /** Says something on the feed that is not kept; lost when that does not stand. */
  say(saying: FeedSays): void {
    this.#feed?.say(saying);
  }

  passed(seq: number): void {
    this.#ports.log.pass(seq);
  }

  over(exit: Exit): void {
    if (!this.#life.signal.aborted) this.#ports.hear.over(exit);
  }

  async refused(): Promise<number> {
    try {
      const { seq } = await this.#ask();
      this.#ports.log.jump(seq);
      return seq;
    } catch (error) {
      if (!this.#life.signal.aborted) this.#concluded(error);
      throw error;
    }
  }

  async #ask(): Promise<Snapshot> {
    const { api, room, session, log } = this.#ports;
    const { signal } = this.#life;
    const snapshot = await api.call('call-resume', room, {}, { session, signal });
    signal.throwIfAborted();
    if (this.#feed) log.apply(snapshot);
    else this.#follow(snapshot);
    return snapshot;
  }

  /** Takes over the first snapshot; the feed tells from there. */
  #follow(snapshot: Snapshot): void {
    const { server, room, session, page, log, openSocket } = this.#ports;
    log.apply(snapshot);
    this.#feed = new Feed({
      url: feedUrl(server, room),
      session,
      after: snapshot.seq,
      hear: this,
      signal: this.#life.signal,
      page,
      connect: openSocket,
    });
    void this.#feed.run();
  }

  /** Connects media, and resolves when the connection is lost. */
  async #connect({ door, token }: Snapshot, connected: () => void): Promise<void> {
    const { signal } = this.#life;
    const link = await this.#ports.link();
    await link.disconnect();
    const lost = new Promise<void>((resolve) => (this.#lose = resolve));
    try {
      await link.connect(door, token, signal, ['camera', 'microphone', 'screen', 'screen-sound']);
      signal.throwIfAborted();
      this.#linked = true;
      connected();
      this.#ports.hear.up();
      await lost;
    } finally {
      this.#linked = false;
      this.#mending = false;
      this.#clearTimers();
    }
  }

  /** @returns whether `error` ends the stay; who hears it has been told. */
  #concluded(error: unknown): boolean {
    if (!isFinal(error)) return false;
    if (error.exit) this.#ports.hear.over(error.exit);
    else if (error.waiting) this.#ports.hear.stillWaiting(error.waiting);
    else this.#ports.hear.refused(error);
    return true;
  }

  /** @returns whether `error` says that the stay is over; other errors say nothing of it. */
  #overBy(error: unknown): boolean {
    if (this.#life.signal.aborted) return true;
    return error instanceof MeetingError && error.exit !== undefined && this.#concluded(error);
  }

  async #reach(seq: number): Promise<void> {
    const { api, room, session, log } = this.#ports;
    const { signal } = this.#life;
    const feed = this.#feed;
    if (!feed || (await log.reach(seq, FEED_PATIENCE, signal)) || signal.aborted) return;
    try {
      const after = { after: String(feed.seq) };
      const { events } = await api.call('events', room, after, { session, signal });
      for (const event of events) if (!feed.accept(event)) return;
    } catch (error) {
      // The act itself was done; the feed, once it is back, tells what it changed.
      if (!this.#overBy(error)) feed.wake();
    }
  }

  #watchMending(): void {
    const { hear, log } = this.#ports;
    const blocked = (): void => {
      if (!this.#feed?.isOpen || !log.isSelfConnected) return;
      hear.away(
        'media-blocked',
        new MeetingError('media-blocked', 'Media is down, signalling up.'),
      );
    };
    this.#timers = [
      setTimeout(blocked, MEDIA_BLOCKED_AFTER),
      setTimeout(() => this.#lose(), ENGINE_GIVES_UP_AFTER),
    ];
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  /** Media went away: while our server still speaks, the network isn't to blame. */
  #guess(): Why {
    return this.#ports.page.isOnline() && this.#feed?.isOpen ? 'server' : 'network';
  }

  #wake(): void {
    this.#pause.wake();
    this.#feed?.wake();
  }
}
