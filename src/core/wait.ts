import { MeetingError } from '../protocol/meeting-error.ts';
import type { Exit } from '../protocol/exit.ts';
import type { Knock, Waiting } from '../protocol/knock.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import { Feed, type FeedHearer, type FeedOptions, feedUrl } from './api/feed.ts';
import { KnockCamera } from './knock-camera.ts';
import type { Link } from './livekit/port.ts';
import { type Page, Pause } from './page.ts';
import { isFinal, retryDelay } from './retry.ts';
import type { DevicesSlice } from './slices/devices.ts';
import { resume, type Way } from './way.ts';

/** The feed reconnects in less than this, in ms; nobody needs to see that it was away. */
const OFFLINE_AFTER = 2_000;

/** Who hears how a wait at the door goes. */
export interface WaitHearer {
  waits(knock: Knock, offline: boolean): void;
  /** Let in: this is what there is to be in. */
  admitted(snapshot: Snapshot): void;
  /** Nobody will let them in by this knock. */
  over(exit: Exit): void;
  /** The server won't have this session at all. */
  refused(error: MeetingError): void;
}

export interface WaitPorts {
  readonly way: Way;
  readonly page: Page;
  readonly hear: WaitHearer;
  readonly devices: DevicesSlice;
  link(): Promise<Link>;
  readonly openSocket?: FeedOptions['connect'] | undefined;
}

/** One wait at the door: hears of its end by the feed, however often the network is lost. */
export class Wait implements FeedHearer {
  readonly #ports: WaitPorts;
  readonly #life = new AbortController();
  readonly #pause = new Pause();
  readonly #feed: Feed;
  readonly #camera: KnockCamera;
  #knock: Knock;
  #offline = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #coming = false;

  constructor(ports: WaitPorts, { seq, knock }: Waiting) {
    const { way, page, devices, link, openSocket } = ports;
    this.#ports = ports;
    this.#knock = knock;
    this.#feed = new Feed({
      url: feedUrl(way.server, way.room),
      session: way.session,
      after: seq,
      hear: this,
      signal: this.#life.signal,
      page,
      connect: openSocket,
    });
    const told = (camera: boolean): void => {
      if (this.#knock.camera !== camera) this.#show({ ...this.#knock, camera }, this.#offline);
    };
    this.#camera = new KnockCamera({ way, page, devices, link, told });
  }

  start(): void {
    this.#ports.page.onWake(() => this.retry(), this.#life.signal);
    this.#tell();
    this.reachable(false);
    void this.#feed.run();
  }

  /** Whether hosts are to see the own camera. @throws MeetingError as `KnockCamera.set` does. */
  async setCamera(on: boolean): Promise<void> {
    await this.#camera.set(on);
  }

  /** Makes the camera what the knock says of it, as after a reload. */
  restoreCamera(): void {
    if (this.#knock.camera) void this.#camera.restore();
  }

  /** What the engine says of its connection. */
  linkState(state: 'connected' | 'reconnecting' | 'lost'): void {
    this.#camera.linkState(state);
  }

  /** Asks again at once. */
  retry(): void {
    this.#camera.wake();
    this.#pause.wake();
    this.#feed.wake();
  }

  /** Ends the waiting of this page; says nothing to the server. */
  close(): void {
    this.#life.abort();
    this.#camera.close();
    clearTimeout(this.#timer);
  }

  event(): void {
    // Of the room that one is about to be in: the snapshot will say it.
  }

  presence(): void {
    // As above.
  }

  admitted(): void {
    // At once: the engine leaves the one room while the way into the other is asked for.
    this.#camera.close();
    void this.#comeIn();
  }

  over(exit: Exit): void {
    if (this.#life.signal.aborted) return;
    // Knocking in this window is how a knock is taken over from another one.
    const next = exit.next === 'takeover' ? 'knock' : exit.next;
    this.#ports.hear.over({ ...exit, next });
  }

  reachable(isOpen: boolean): void {
    if (isOpen) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#show(this.#knock, false);
    } else if (!this.#offline) {
      const patience = this.#ports.page.isOnline() ? OFFLINE_AFTER : 0;
      this.#timer ??= setTimeout(() => this.#show(this.#knock, true), patience);
    }
  }

  async refused(): Promise<number> {
    try {
      return await this.#ask();
    } catch (error) {
      const waiting = error instanceof MeetingError ? error.waiting : undefined;
      if (waiting) {
        this.#show(waiting.knock, this.#offline);
        return waiting.seq;
      }
      this.#concluded(error);
      throw error;
    }
  }

  /** Goes in after a host's yes, which may have been long before it was heard here. */
  async #comeIn(): Promise<void> {
    if (this.#coming) return;
    this.#coming = true;
    const { signal } = this.#life;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await this.#ask();
        return;
      } catch (error) {
        if (this.#concluded(error)) return;
        this.reachable(false);
        await this.#pause.wait(retryDelay(attempt, error, this.#ports.page), signal);
      }
    }
  }

  /** Asks for the truth. Let in, this tells so, and the waiting is closed from outside. */
  async #ask(): Promise<number> {
    const { way, hear } = this.#ports;
    const { signal } = this.#life;
    const snapshot = await resume(way, {}, signal);
    signal.throwIfAborted();
    hear.admitted(snapshot);
    return snapshot.seq;
  }

  /** @returns whether `error` ends the waiting, or it has ended; who hears it has been told. */
  #concluded(error: unknown): boolean {
    if (this.#life.signal.aborted) return true;
    if (!isFinal(error) || error.waiting) return false;
    if (error.exit) this.over(error.exit);
    else this.#ports.hear.refused(error);
    return true;
  }

  #show(knock: Knock, offline: boolean): void {
    const isNews = knock !== this.#knock || offline !== this.#offline;
    this.#knock = knock;
    this.#offline = offline;
    if (isNews && !this.#life.signal.aborted) this.#tell();
  }

  #tell(): void {
    this.#ports.hear.waits(this.#knock, this.#offline);
  }
}
