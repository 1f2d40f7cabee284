import { MeetingError } from '../protocol/meeting-error.ts';
import type { Exit } from '../protocol/exit.ts';
import type { Knock, Waiting } from '../protocol/knock.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import { ApiClient } from './api/client.ts';
import { type Act, Call, type CallHearer, type Why } from './call.ts';
import { Engine } from './engine.ts';
import { Hold } from './hold.ts';
import { loadLink } from './livekit/load.ts';
import type { StayPorts } from './stay-ports.ts';
import { isFinal } from './retry.ts';
import { Report } from './report.ts';
import { RoomLog } from './room-log.ts';
import { settled } from './settled.ts';
import type { Slices } from './slices.ts';
import type { RoomOptions } from './state.ts';
import { Wait, type WaitHearer } from './wait.ts';
import {
  abandon,
  canResume,
  enterCall,
  isForDoor,
  knock,
  leaveCall,
  type Place,
  resume,
  turnAway,
  type Way,
} from './way.ts';

/** The life of this page's stays, one after another: at the door, in, away and back, out. */
export class Stay implements CallHearer, WaitHearer {
  readonly #slices: Slices;
  readonly #ports: StayPorts;
  readonly #log: RoomLog;
  readonly #report: Report;
  readonly #hold = new Hold();
  readonly #disposed = new AbortController();
  readonly #engine: Engine;
  #call: Call | undefined;
  #wait: Wait | undefined;
  #leaving: Promise<void> | undefined;
  /** Counts intents: an answer to an earlier one is put away. */
  #turn = 0;

  constructor(slices: Slices, ports: StayPorts) {
    this.#slices = slices;
    this.#ports = ports;
    this.#log = new RoomLog(slices);
    this.#report = new Report(slices);
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
    const place = this.#place(options);
    const [entry, engine] = await Promise.allSettled([
      enterCall(place, options),
      this.#engine.link(),
    ]);
    const failure = [entry, engine].find((result) => result.status === 'rejected')?.reason;
    if (entry.status === 'fulfilled') {
      const way = { ...place, session: entry.value.session };
      if (turn !== this.#turn || failure !== undefined) await abandon(way);
      else await this.#start(way, entry.value);
    }
    if (turn === this.#turn && failure !== undefined) throw this.#report.idle(failure);
  }

  /** Asks the hosts to be let in. Resolves when one waits, or is in because one needs not knock. */
  async knock(options: RoomOptions, message: string | undefined): Promise<void> {
    await this.#leaving;
    const turn = this.#begin(false);
    const place = this.#place(options);
    try {
      const { session, ...waiting } = await knock(place, options, message);
      const way = { ...place, session };
      if (turn === this.#turn) this.#startWait(way, waiting);
      else await turnAway(way);
    } catch (error) {
      if (turn !== this.#turn) return;
      const isOpen = error instanceof MeetingError && error.code === 'knock-not-needed';
      if (!isOpen) throw this.#report.idle(error);
      await this.enter(options);
    }
  }

  /**
   * Comes back by the session that this tab kept.
   * @returns false when there is none, or another page uses it.
   */
  async restore(options: RoomOptions): Promise<boolean> {
    const turn = this.#begin(true);
    const way = await this.#hold.reclaim(this.#place(options));
    if (turn !== this.#turn) return false;
    if (way) await this.#start(way);
    else this.#report.idle();
    return way !== undefined;
  }

  /**
   * Takes the step that the exit offers.
   * @throws MeetingError with what the server said; `connection` is out again, or idle.
   */
  async comeBack(): Promise<void> {
    const { connection, requests } = this.#slices;
    const out = connection.state.peek();
    if (out.phase !== 'out') return;
    const way = this.#hold.way;
    if (!way || !canResume(out.exit)) return this.#joinScreen();
    const turn = this.#begin(true, way);
    try {
      const input = out.exit.next === 'takeover' ? { takeOver: true } : {};
      const snapshot = await requests.run('call-resume', () => resume(way, input));
      if (turn === this.#turn) await this.#start(way, snapshot);
    } catch (error) {
      if (turn !== this.#turn) throw error;
      const known = error instanceof MeetingError ? error : undefined;
      if (known?.waiting) return this.#startWait(way, known.waiting);
      if (known?.exit && isForDoor(out.exit, known.exit)) return this.#joinScreen();
      this.#notBack(error, out.exit);
      throw error;
    }
  }

  /** Ends the stay, or the waiting for one; camera and microphone go off at once. */
  async leave(): Promise<void> {
    if (this.#leaving) return this.#leaving;
    const way = this.#hold.way;
    if ((this.#call || this.#wait) && way) {
      this.#leaving = this.#leave(way).finally(() => (this.#leaving = undefined));
      return this.#leaving;
    }
    if (this.#slices.connection.state.peek().phase === 'joining') {
      this.#turn += 1;
      this.#report.idle();
    }
  }

  retry(): void {
    this.#call?.retry();
    this.#wait?.retry();
  }

  /** @throws MeetingError `session-missing` when one is not in. */
  async act<S extends Act>(stem: S, input: Input<S>): Promise<Answer<S>> {
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
    this.#hold.release();
    this.#engine.dispose();
  }

  up(): void {
    this.#report.up();
    void this.#slices.devices.revive();
  }

  away(why: Why, error?: MeetingError): void {
    this.#report.away(why, error);
  }

  waits(knock: Knock, offline: boolean): void {
    this.#report.waiting(knock, offline);
  }

  stillWaiting(waiting: Waiting): void {
    this.#end();
    if (this.#hold.way) this.#startWait(this.#hold.way, waiting);
  }

  admitted(snapshot: Snapshot): void {
    this.#wait?.close();
    this.#wait = undefined;
    this.#report.admitted();
    if (this.#hold.way) void this.#start(this.#hold.way, snapshot);
  }

  over(exit: Exit): void {
    this.#end();
    this.#report.out(exit);
  }

  refused(error: MeetingError): void {
    if (this.#report.isUnderWay) {
      // Who was in must be told how it ended, also by a server that lost its memory.
      this.over({ reason: 'server', at: Date.now(), next: 'enter' });
      return;
    }
    this.#end();
    this.#hold.forget();
    this.#report.idle(error);
  }

  async #leave(way: Way): Promise<void> {
    this.#turn += 1;
    const tell = this.#wait ? turnAway : leaveCall;
    this.#call?.close();
    this.#wait?.close();
    this.#slices.devices.stop();
    // A reload after leaving shows the join screen; only this page can still come straight back.
    way.memory.forgetSession();
    this.over(await tell(way));
  }

  /** Starts an intent; what was before is put away. `way` stays claimed. */
  #begin(resuming: boolean, way?: Way): number {
    this.#end();
    if (!way) this.#hold.release();
    this.#report.begin(resuming);
    this.#turn += 1;
    return this.#turn;
  }

  async #start(way: Way, snapshot?: Snapshot): Promise<void> {
    const { connection, devices } = this.#slices;
    const { server, room, api, session } = way;
    this.#hold.take(way);
    devices.setInCall(true);
    this.#call = new Call({
      ...{ server, room, api, session, log: this.#log, page: this.#ports.page, hear: this },
      openSocket: this.#ports.openSocket,
      link: () => this.#engine.link(),
    });
    void this.#call.run(snapshot);
    await settled(connection.state, this.#disposed.signal);
  }

  #startWait(way: Way, waiting: Waiting): void {
    const { page, openSocket } = this.#ports;
    this.#hold.take(way);
    this.#wait = new Wait({ way, page, hear: this, openSocket }, waiting);
    this.#wait.start();
    // So that being let in takes no longer than it must; it is tried again then.
    void this.prepare().catch(() => undefined);
  }

  /** Everything of the present stay in this page ends: sockets, media, lights. */
  #end(): void {
    const { media, requests, devices } = this.#slices;
    if (!this.#call && !this.#wait) return;
    this.#call?.close();
    this.#call = undefined;
    this.#wait?.close();
    this.#wait = undefined;
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

  #joinScreen(): void {
    this.#hold.forget();
    this.#slices.requests.clear();
    this.#report.idle();
  }

  #place({ server, room }: RoomOptions): Place {
    const api = this.#ports.api?.(server) ?? new ApiClient(server);
    return { server, room, api, memory: this.#ports.memory(server, room) };
  }
}
