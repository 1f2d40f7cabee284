import { type ErrorCode, MeetingError } from '../protocol/meeting-error.ts';
import type { Exit } from '../protocol/exit.ts';
import type { Knock } from '../protocol/knock.ts';
import type { Why } from './call.ts';
import type { Slices } from './slices.ts';

/** What is no trouble: `access` says how to go on. */
const HAS_A_WAY: readonly ErrorCode[] = ['room-locked', 'already-here'];

/** Tells the page how its own stay goes: in the connection slice, and by facts. */
export class Report {
  readonly #slices: Pick<Slices, 'connection' | 'facts'>;
  /** What the page was told since it last was out. */
  #told: 'nothing' | 'waiting' | 'joined' = 'nothing';
  /** The own knock, while one waits. */
  #knock: Knock | undefined;

  constructor(slices: Pick<Slices, 'connection' | 'facts'>) {
    this.#slices = slices;
  }

  /** Whether the page was told that it is in, or at the door. */
  get isUnderWay(): boolean {
    return this.#told !== 'nothing';
  }

  /** A new way in; what was before counts no more. */
  begin(resuming: boolean): void {
    this.#told = 'nothing';
    this.#slices.connection.set({ phase: 'joining', resuming });
  }

  waiting(knock: Knock, offline: boolean): void {
    this.#told = 'waiting';
    this.#knock = knock;
    this.#slices.connection.set({ phase: 'waiting', knock, offline });
  }

  /** From the door into the call. */
  admitted(): void {
    this.#slices.connection.set({ phase: 'joining', resuming: true });
  }

  up(): void {
    const { connection, facts } = this.#slices;
    const me = connection.me.peek();
    const room = connection.room.peek();
    connection.set({ phase: 'joined' });
    if (this.#told === 'joined') {
      facts.tell({ type: 'meeting-reconnected' });
    } else if (me && room) {
      this.#told = 'joined';
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

  /** Out. An exit that only a reload brought up again is shown, but no news. */
  out(exit: Exit): void {
    const { connection, facts } = this.#slices;
    const isNews = this.isUnderWay;
    const knock = this.#told === 'waiting' ? this.#knock : undefined;
    this.#told = 'nothing';
    connection.set({ phase: 'out', exit: Object.freeze(exit), ...(knock && { knock }) });
    if (isNews) facts.tell({ type: 'meeting-left', ...exit });
  }

  /**
   * Back on the join screen, with what went wrong. A lock is nothing wrong, for one may knock; nor
   * is being in already, for one may go on.
   * @returns the error that was given.
   */
  idle(error?: unknown): unknown {
    const { connection, facts } = this.#slices;
    this.#told = 'nothing';
    const isWrong = error instanceof MeetingError && !HAS_A_WAY.includes(error.code);
    connection.set({ phase: 'idle', ...(isWrong && { error }) });
    if (isWrong) facts.tell({ type: 'meeting-error', error });
    return error;
  }
}
