import { MeetingError } from '../protocol/meeting-error.ts';
import type { Exit } from '../protocol/exit.ts';
import type { Answer, Input, Stem } from '../protocol/routes.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import { type Api, ApiClient } from './api/client.ts';
import type { FeedOptions } from './api/feed.ts';
import { Call, type CallHearer, type Why } from './call.ts';
import { Engine } from './engine.ts';
import { loadLink } from './livekit/load.ts';
import type { MakeLink } from './livekit/port.ts';
import type { Memory } from './memory.ts';
import type { Page } from './page.ts';
import { isFinal } from './retry.ts';
import { RoomLog } from './room-log.ts';
import { settled } from './settled.ts';
import type { Slices } from './slices.ts';
import type { RoomOptions } from './state.ts';
import { abandon, enterCall, resume, type Way } from './way.ts';

/** Leaving must not wait for a server that does not answer, in ms. */
const LEAVE_TIMEOUT = 3_000;

/** What a stay needs of the world; tests bring their own. */
export interface StayPorts {
  readonly page: Page;
  memory(server: string, room: string): Memory;
  api?(server: string): Api;
  loadLink?(): Promise<MakeLink>;
  openSocket?: FeedOptions['connect'];
}

/** The life of this page's stays, one after another: in, away and back, out. */
export class Stay implements CallHearer {
  readonly #slices: Slices;
  readonly #ports: StayPorts;
  readonly #log: RoomLog;
  readonly #disposed = new AbortController();
  readonly #engine: Engine;
  #call: Call | undefined;
  #way: Way | undefined;
  #claim = new AbortController();
  #leaving: Promise<void> | undefined;
  /** Counts intents: an answer to an earlier one is put away. */
  #turn = 0;
  /** The page was told that it is in. */
  #announced = false;

  constructor(slices: Slices, ports: StayPorts) {
    this.#slices = slices;
    this.#ports = ports;
    this.#log = new RoomLog(slices.connection, slices.people, slices.facts);
    const load = ports.loadLink ?? loadLink;
    this.#engine = new Engine(slices, load, (state) => this.#call?.linkState(state));
  }

  /** @throws MeetingError `engine-unavailable` */
  async prepare(): Promise<void> {
    await this.#engine.link();
  }

  /** Enters anew. Resolves when the page is in, or keeps trying by itself. */
  async enter(options: RoomOptions): Promise<void> {
    await this.#leaving;
    const turn = this.#begin(false);
    const { server, room } = options;
    const api = this.#api(server);
    const memory = this.#ports.memory(server, room);
    const [entry, engine] = await Promise.allSettled([
      enterCall(api, memory, options),
      this.#engine.link(),
    ]);
    const failure = [entry, engine].find((result) => result.status === 'rejected')?.reason;
    if (entry.status === 'fulfilled') {
      const way = { server, room, api, memory, session: entry.value.session };
      if (turn !== this.#turn || failure !== undefined) await abandon(way);
      else await this.#start(way, entry.value);
    }
    if (turn === this.#turn && failure !== undefined) throw this.#idle(failure);
  }

  /**
   * Comes back by the session that this tab kept.
   * @returns false when there is none, or another page uses it.
   */
  async restore({ server, room }: RoomOptions): Promise<boolean> {
    const memory = this.#ports.memory(server, room);
    const session = memory.session();
    if (session === undefined) return false;
    const turn = this.#begin(true);
    const claim = this.#claim.signal;
    const claimed = await memory.claim(session, claim);
    if (turn !== this.#turn) return false;
    if (!claimed) {
      memory.forgetSession();
      this.#slices.connection.set({ phase: 'idle' });
      return false;
    }
    this.#way = { server, room, api: this.#api(server), memory, session };
    await this.#start(this.#way);
    return true;
  }

  /**
   * Takes the step that the exit offers.
   * @throws MeetingError with what the server said; `connection` is out again, or idle.
   */
  async comeBack(): Promise<void> {
    const { connection, requests } = this.#slices;
    const out = connection.state.peek();
    if (out.phase !== 'out') return;
    const way = this.#way;
    if (!way || out.exit.next === 'enter') {
      this.#forget();
      connection.set({ phase: 'idle' });
      return;
    }
    const turn = this.#begin(true, way);
    try {
      const input = out.exit.next === 'takeover' ? { takeOver: true } : {};
      const snapshot = await requests.run('call-resume', () => resume(way, input));
      if (turn === this.#turn) await this.#start(way, snapshot);
    } catch (error) {
      if (turn === this.#turn) this.#notBack(error, out.exit);
      throw error;
    }
  }

  /** Ends the stay; camera and microphone go off at once. */
  async leave(): Promise<void> {
    if (this.#leaving) return this.#leaving;
    const way = this.#way;
    if (this.#call && way) {
      this.#leaving = this.#leave(way).finally(() => (this.#leaving = undefined));
      return this.#leaving;
    }
    if (this.#slices.connection.state.peek().phase === 'joining') {
      this.#turn += 1;
      this.#slices.connection.set({ phase: 'idle' });
    }
  }

  retry(): void {
    this.#call?.retry();
  }

  /** @throws MeetingError `session-missing` when one is not in. */
  async act<S extends Exclude<Stem, 'events' | 'call-enter'>>(
    stem: S,
    input: Input<S>,
  ): Promise<Answer<S>> {
    if (!this.#call) throw new MeetingError('session-missing', 'Nobody is in the call here.');
    try {
      return await this.#call.act(stem, input);
    } catch (error) {
      if (error instanceof MeetingError) throw error;
      throw new MeetingError('session-missing', 'The stay ended meanwhile.', { cause: error });
    }
  }

  startAudio(): Promise<void> {
    return this.#engine.startAudio();
  }

  dispose(): void {
    this.#turn += 1;
    this.#end();
    this.#disposed.abort();
    this.#claim.abort();
    this.#engine.dispose();
  }

  up(): void {
    const { connection, facts, devices } = this.#slices;
    const me = connection.me.peek();
    const room = connection.room.peek();
    connection.set({ phase: 'joined' });
    void devices.revive();
    if (this.#announced) {
      facts.tell({ type: 'meeting-reconnected' });
    } else if (me && room) {
      this.#announced = true;
      facts.tell({ type: 'meeting-joined', me, room });
    }
  }

  away(why: Why, error?: MeetingError): void {
    const { connection, facts } = this.#slices;
    const last = connection.state.peek();
    if (last.phase === 'reconnecting' && last.why === why) return;
    const since = last.phase === 'reconnecting' ? last.since : Date.now();
    connection.set({ phase: 'reconnecting', why, since });
    if (last.phase !== 'reconnecting') facts.tell({ type: 'meeting-reconnecting', why });
    if (why === 'media-blocked' && error) facts.tell({ type: 'meeting-error', error });
  }

  over(exit: Exit): void {
    const told = this.#announced;
    this.#end();
    this.#slices.connection.set({ phase: 'out', exit: Object.freeze(exit) });
    if (told) this.#slices.facts.tell({ type: 'meeting-left', ...exit });
  }

  refused(error: MeetingError): void {
    if (this.#announced) {
      // Who was in must be told how it ended, also by a server that lost its memory.
      this.over({ reason: 'server', at: Date.now(), next: 'enter' });
      return;
    }
    this.#end();
    this.#forget();
    this.#idle(error);
  }

  async #leave({ api, room, session, memory }: Way): Promise<void> {
    this.#turn += 1;
    this.#call?.close();
    this.#slices.devices.stop();
    // A reload after leaving shows the join screen; only this page can still come straight back.
    memory.forgetSession();
    let exit: Exit = { reason: 'left', at: Date.now(), next: 'rejoin' };
    try {
      const { until } = await api.call('call-leave', room, {}, { session, timeout: LEAVE_TIMEOUT });
      exit = { ...exit, until };
    } catch (error) {
      // Whatever the server could not be told, this person is out; it may know a better reason.
      if (error instanceof MeetingError && error.exit) exit = error.exit;
    }
    this.over(exit);
  }

  /** Starts an intent; what was before is put away. `way` stays claimed. */
  #begin(resuming: boolean, way?: Way): number {
    this.#end();
    if (!way) {
      this.#claim.abort();
      this.#claim = new AbortController();
      this.#way = undefined;
    }
    this.#slices.connection.set({ phase: 'joining', resuming });
    this.#turn += 1;
    return this.#turn;
  }

  async #start(way: Way, snapshot?: Snapshot): Promise<void> {
    const { connection, devices } = this.#slices;
    const { server, room, api, memory, session } = way;
    if (this.#way?.session !== session) void memory.claim(session, this.#claim.signal);
    this.#way = way;
    memory.keepSession(session);
    devices.setInCall(true);
    this.#call = new Call({
      ...{ server, room, api, session, log: this.#log, page: this.#ports.page, hear: this },
      openSocket: this.#ports.openSocket,
      link: () => this.#engine.link(),
    });
    void this.#call.run(snapshot);
    await settled(connection.state, this.#disposed.signal);
  }

  /** Everything of the present stay in this page ends: sockets, media, lights. */
  #end(): void {
    const { media, requests, devices } = this.#slices;
    if (!this.#call) return;
    this.#call.close();
    this.#call = undefined;
    this.#announced = false;
    void this.#engine.disconnect();
    devices.stop();
    this.#log.clear();
    media.clear();
    requests.clear();
  }

  #notBack(error: unknown, exit: Exit): void {
    if (error instanceof MeetingError && error.exit) this.over(error.exit);
    else if (isFinal(error)) this.refused(error);
    else this.#slices.connection.set({ phase: 'out', exit });
  }

  #api(server: string): Api {
    return this.#ports.api?.(server) ?? new ApiClient(server);
  }

  #forget(): void {
    this.#way?.memory.forgetSession();
    this.#way = undefined;
    this.#claim.abort();
  }

  #idle(error: unknown): unknown {
    const { connection, facts } = this.#slices;
    const known = error instanceof MeetingError ? { error } : {};
    connection.set({ phase: 'idle', ...known });
    if (error instanceof MeetingError) facts.tell({ type: 'meeting-error', error });
    return error;
  }
}
