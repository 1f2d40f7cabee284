import type { Exit } from '../protocol/exit.ts';
import type { FeedSays } from '../protocol/feed.ts';
import type { Knock, Waiting } from '../protocol/knock.ts';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import { type Act, type ActOptions, Call, type CallHearer, type Why } from './call.ts';
import { Engine } from './engine.ts';
import { Hold } from './hold.ts';
import { loadLink } from './livekit/load.ts';
import { Report } from './report.ts';
import { RoomLog } from './room-log.ts';
import type { CallSlices } from './call-slices.ts';
import type { StayPorts } from './stay-ports.ts';
import { until } from './until.ts';
import { Wait, type WaitHearer } from './wait.ts';
import type { Way } from './way.ts';

/** What this page has going at the server now: nothing, a wait at the door, or the call. */
export class Visit implements CallHearer, WaitHearer {
  readonly hold = new Hold();
  readonly report: Report;
  readonly engine: Engine;
  readonly #slices: CallSlices;
  readonly #ports: StayPorts;
  readonly #log: RoomLog;
  readonly #disposed = new AbortController();
  #call: Call | undefined;
  #wait: Wait | undefined;
  /** Counts intents: an answer to an earlier one is put away. */
  #turn = 0;

  constructor(slices: CallSlices, ports: StayPorts) {
    this.#slices = slices;
    this.#ports = ports;
    this.#log = new RoomLog(slices);
    this.report = new Report(slices);
    const load = ports.loadLink ?? loadLink;
    this.engine = new Engine(slices, load, (state) => (this.#call ?? this.#wait)?.linkState(state));
  }

  /** Which intent counts now. */
  get turn(): number {
    return this.#turn;
  }

  get isWaiting(): boolean {
    return this.#wait !== undefined;
  }

  get isUnderWay(): boolean {
    return this.#call !== undefined || this.#wait !== undefined;
  }

  /** Starts an intent; what was before is put away. `way` stays claimed. */
  begin(resuming: boolean, way?: Way): number {
    this.#end();
    if (!way) this.hold.release();
    this.report.begin(resuming);
    return this.interrupt();
  }

  /** Whatever is on its way counts no more. */
  interrupt(): number {
    this.#turn += 1;
    return this.#turn;
  }

  /** Into the call. Without `snapshot`, the server is asked for it. Resolves when that is settled. */
  async enter(way: Way, snapshot?: Snapshot): Promise<void> {
    const { connection, devices } = this.#slices;
    const { server, room, api, session } = way;
    this.hold.take(way);
    devices.setInCall(true);
    this.#call = new Call({
      ...{ server, room, api, session, log: this.#log, page: this.#ports.page, hear: this },
      openSocket: this.#ports.openSocket,
      link: () => this.engine.link(),
    });
    void this.#call.run(snapshot);
    await until(() => connection.state.value.phase !== 'joining', this.#disposed.signal);
  }

  /** To the door. */
  wait(way: Way, waiting: Waiting): void {
    const { page, openSocket } = this.#ports;
    const { devices } = this.#slices;
    const link = () => this.engine.link();
    this.hold.take(way);
    this.#wait = new Wait({ way, page, devices, link, hear: this, openSocket }, waiting);
    this.#wait.start();
    // So that being let in takes no longer than it must. Where it fails, it is tried again then, and
    // the failure told.
    void Promise.allSettled([link()]);
  }

  /** @throws MeetingError `session-missing` when one does not wait; else as `Wait.setCamera`. */
  async setKnockCamera(on: boolean): Promise<void> {
    if (!this.#wait) throw new MeetingError('session-missing', 'Nobody waits at the door here.');
    await this.#wait.setCamera(on);
  }

  /** Asks again at once. */
  retry(): void {
    this.#call?.retry();
    this.#wait?.retry();
  }

  /** @throws MeetingError `session-missing` when one is not in. */
  async act<S extends Act>(stem: S, input: Input<S>, options?: ActOptions): Promise<Answer<S>> {
    if (!this.#call) throw new MeetingError('session-missing', 'Nobody is in the call here.');
    try {
      return await this.#call.act(stem, input, options);
    } catch (error) {
      if (error instanceof MeetingError) throw error;
      throw new MeetingError('session-missing', 'The stay ended meanwhile.', { cause: error });
    }
  }

  /** Says something on the feed that is not kept. */
  say(saying: FeedSays): void {
    this.#call?.say(saying);
  }

  /** Hears nothing more of it, nobody's voice either, and shows nothing; the server is being told. */
  close(): void {
    this.#call?.close();
    this.#wait?.close();
    void this.engine.disconnect();
    this.#slices.devices.stop();
    this.#slices.screen.stop();
  }

  dispose(): void {
    this.interrupt();
    this.#end();
    this.#disposed.abort();
    this.hold.release();
    this.engine.dispose();
  }

  up(): void {
    this.report.up();
    void this.#slices.devices.revive();
    this.#slices.screen.revive();
  }

  away(why: Why, error?: MeetingError): void {
    this.report.away(why, error);
  }

  waits(knock: Knock, offline: boolean): void {
    this.report.waiting(knock, offline);
  }

  stillWaiting(waiting: Waiting): void {
    this.#end();
    if (!this.hold.way) return;
    this.wait(this.hold.way, waiting);
    this.#wait?.restoreCamera();
  }

  admitted(snapshot: Snapshot): void {
    this.#wait?.close();
    this.#wait = undefined;
    this.report.admitted();
    if (this.hold.way) void this.enter(this.hold.way, snapshot);
  }

  over(exit: Exit): void {
    this.#end();
    this.report.out(exit);
  }

  refused(error: MeetingError): void {
    if (this.report.isUnderWay) {
      // Who was in must be told how it ended, also by a server that lost its memory.
      this.over({ reason: 'server', at: Date.now(), next: 'enter' });
      return;
    }
    this.#end();
    this.hold.forget();
    this.report.idle(error);
  }

  /** Everything of the present stay in this page ends: sockets, media, lights. */
  #end(): void {
    const { media, requests, devices, screen } = this.#slices;
    if (!this.isUnderWay) return;
    this.#call?.close();
    this.#call = undefined;
    this.#wait?.close();
    this.#wait = undefined;
    void this.engine.disconnect();
    devices.stop();
    screen.stop();
    this.#log.clear();
    media.clear();
    requests.clear();
  }
}
