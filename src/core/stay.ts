import type { Exit } from '../protocol/exit.ts';
import { MeetingError } from '../protocol/meeting-error.ts';
import { AccessWatch } from './access-watch.ts';
import { Acts } from './acts.ts';
import { ApiClient } from './api/client.ts';
import { explainIn } from './explain.ts';
import { lazyBoards, lazyChat, lazyFiles, lazyRecordings } from './lazy-parts.ts';
import { Looks } from './looks.ts';
import { isFinal } from './retry.ts';
import { DeviceWatch } from './device-watch.ts';
import type { Unsent } from './memory.ts';
import type { ScreenShare } from './screen-share.ts';
import { createCallSlices } from './call-slices.ts';
import type { Slices } from './slices.ts';
import { requestKey, type RoomOptions } from './state.ts';
import type { StayPorts } from './stay-ports.ts';
import { Visit } from './visit.ts';
import { checked } from './way-in.ts';
import {
  abandon,
  type Again,
  canResume,
  enterCall,
  isForDoor,
  isTakenOver,
  knock,
  leaveCall,
  type Place,
  resume,
  turnAway,
  type Way,
} from './way.ts';

/** What somebody who knocks says and shows. */
export interface KnockWish {
  readonly message: string | undefined;
  readonly camera: boolean;
}

/** The life of this page's stays, one after another: at the door, in, away and back, out. */
export class Stay {
  readonly acts: Acts;
  readonly chat: ReturnType<typeof lazyChat>;
  readonly boards: ReturnType<typeof lazyBoards>;
  readonly screen: ScreenShare;
  readonly files: ReturnType<typeof lazyFiles>;
  readonly recordings: ReturnType<typeof lazyRecordings>;
  readonly #slices: Slices;
  readonly #ports: StayPorts;
  readonly #visit: Visit;
  readonly #accessWatch: AccessWatch;
  readonly #looks: Looks;
  readonly #deviceWatch: DeviceWatch;
  #leaving: Promise<void> | undefined;

  constructor(slices: Slices, ports: StayPorts) {
    this.#slices = slices;
    this.#ports = ports;
    const { page } = ports;
    const callSlices = createCallSlices(slices);
    const visit = new Visit(callSlices, ports);
    this.#visit = visit;
    const told = {
      ...{ slices: callSlices, page },
      say: visit.say.bind(visit),
      act: visit.act.bind(visit),
    };
    const placeOf = (how: Unsent) => visit.hold.way?.memory.unsent(how);
    this.chat = lazyChat({ ...told, place: placeOf });
    this.boards = lazyBoards({ ...told, place: () => placeOf('drawn') });
    this.files = lazyFiles(slices, visit, ports, this.chat);
    this.screen = callSlices.screen;
    this.recordings = lazyRecordings({ slices: callSlices, ports, visit });
    this.acts = new Acts(slices, visit);
    slices.cells.explain.value = explainIn;
    this.#deviceWatch = new DeviceWatch(slices);
    this.#accessWatch = new AccessWatch({
      ...{ slices: callSlices, page },
      ask: () => visit.act('access-list', {}),
    });
    this.#looks = new Looks({
      ...{ cells: slices.cells, page },
      ask: (identity) => visit.act('knock-look', { identity }),
      makeLooker: async () => (await visit.engine.link()).looker(),
    });
  }

  /** @throws MeetingError `engine-unavailable` */
  async prepare(): Promise<void> {
    await this.#visit.engine.link();
  }

  /** Enters anew. Resolves when the page is in, or keeps trying by itself. */
  async enter(options: RoomOptions, again?: Again): Promise<void> {
    await this.#leaving;
    const visit = this.#visit;
    const turn = visit.begin(false);
    const place = this.#place(options);
    const [entry, engine] = await Promise.allSettled([
      enterCall(place, options, again),
      visit.engine.link(),
    ]);
    const failure = [entry, engine].find((result) => result.status === 'rejected')?.reason;
    if (entry.status === 'fulfilled') {
      const way = { ...place, session: entry.value.session };
      if (turn !== visit.turn || failure !== undefined) await abandon(way);
      else await visit.enter(way, entry.value);
    }
    if (turn === visit.turn && failure !== undefined) throw visit.report.idle(failure);
  }

  /** Asks the hosts to be let in. Resolves when one waits, or is in because one needs not knock. */
  async knock(options: RoomOptions, { message, camera }: KnockWish): Promise<void> {
    await this.#leaving;
    const visit = this.#visit;
    const turn = visit.begin(false);
    const place = this.#place(options);
    try {
      const { session, ...waiting } = await knock(place, options, message);
      const way = { ...place, session };
      if (turn !== visit.turn) await turnAway(way);
      else {
        visit.wait(way, waiting);
        // A camera that does not start stops no knock; `requests` and a fact say that it didn't.
        if (camera) void Promise.allSettled([this.setKnockCamera(true)]);
      }
    } catch (error) {
      if (turn !== visit.turn) return;
      const isOpen = error instanceof MeetingError && error.code === 'knock-not-needed';
      if (!isOpen) throw visit.report.idle(error);
      await this.enter(options);
    }
  }

  /** @throws MeetingError with the camera's code, or why the server could not be asked. */
  async setKnockCamera(on: boolean): Promise<void> {
    const { requests, facts } = this.#slices;
    try {
      await requests.run('knock-camera', () => this.#visit.setKnockCamera(on));
    } catch (error) {
      if (error instanceof MeetingError) facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }

  /**
   * Comes back by the session that this tab kept.
   * @returns false when there is none, or another page uses it.
   */
  async restore(options: RoomOptions): Promise<boolean> {
    const visit = this.#visit;
    const turn = visit.begin(true);
    const way = await visit.hold.reclaim(this.#place(options));
    if (turn !== visit.turn) return false;
    if (way) await visit.enter(way);
    else visit.report.idle();
    return way !== undefined;
  }

  /**
   * Takes the step that the exit offers.
   * @param options By which one enters where the session is of no more use.
   * @throws MeetingError with what the server said; `connection` is out again, or idle.
   */
  async comeBack(options: RoomOptions | undefined): Promise<void> {
    const visit = this.#visit;
    const { connection, requests } = this.#slices;
    const out = connection.state.peek();
    if (out.phase !== 'out') return;
    const way = visit.hold.way;
    if (!way || !canResume(out.exit)) return this.#joinScreen();
    const turn = visit.begin(true, way);
    try {
      const input = out.exit.next === 'takeover' ? { takeOver: true } : {};
      const snapshot = await requests.run('call-resume', () => resume(way, input));
      if (turn === visit.turn) await visit.enter(way, snapshot);
    } catch (error) {
      if (turn !== visit.turn) throw error;
      await this.#notBack(out.exit, error, options);
    }
  }

  /** Ends the stay, or the waiting for one; camera and microphone go off at once. */
  async leave(): Promise<void> {
    if (this.#leaving) return this.#leaving;
    const visit = this.#visit;
    const { way } = visit.hold;
    if (visit.isUnderWay && way) {
      this.#leaving = this.#leave(way).finally(() => (this.#leaving = undefined));
      return this.#leaving;
    }
    if (this.#slices.connection.state.peek().phase === 'joining') {
      visit.interrupt();
      visit.report.idle();
    }
  }

  retry(): void {
    this.#visit.retry();
  }

  startAudio(): Promise<void> {
    return this.#visit.engine.startAudio();
  }

  dispose(): void {
    this.#accessWatch.dispose();
    this.#looks.dispose();
    this.#deviceWatch.dispose();
    this.chat.dispose();
    this.boards.dispose();
    this.files.dispose();
    this.screen.dispose();
    this.recordings.dispose();
    this.#visit.dispose();
  }

  async #leave(way: Way): Promise<void> {
    const visit = this.#visit;
    visit.interrupt();
    const told = visit.isWaiting ? turnAway(way) : leaveCall(way);
    // Until that is answered, devices go off for no wish of the person's.
    if (!visit.isWaiting) this.#slices.requests.hold(requestKey('call-leave'), told);
    visit.close();
    // A reload after leaving shows the join screen; only this page can still come straight back.
    way.memory.forgetSession();
    visit.over(await told);
  }

  async #notBack(exit: Exit, error: unknown, options: RoomOptions | undefined): Promise<void> {
    const visit = this.#visit;
    const known = error instanceof MeetingError ? error : undefined;
    if (known?.waiting) return visit.stillWaiting(known.waiting);
    if (known && isTakenOver(exit, known)) {
      // Another page has the stay by now, under a session of its own: it is taken over from there.
      this.#slices.requests.clear();
      const name = this.#slices.connection.me.peek()?.name;
      return this.enter({ ...(name !== undefined && { name }), ...checked(options) }, 'take-over');
    }
    if (known?.exit && isForDoor(exit, known.exit)) return this.#joinScreen();
    if (known?.exit) visit.over(known.exit);
    else if (isFinal(error)) visit.refused(error);
    else this.#slices.connection.set({ phase: 'out', exit });
    throw error;
  }

  #joinScreen(): void {
    this.#visit.hold.forget();
    this.#slices.requests.clear();
    this.#visit.report.idle();
  }

  #place({ server, room }: RoomOptions): Place {
    const api = this.#ports.api?.(server) ?? new ApiClient(server);
    return { server, room, api, memory: this.#ports.memory(server, room) };
  }
}
