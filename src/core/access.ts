import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { AccessLevel } from '../protocol/participant.ts';
import { askAccess } from './ask-access.ts';
import type { AccessState, ConnectionState, RoomOptions } from './state.ts';
import type { StayPorts } from './stay-ports.ts';
import { checked, isSameWay, wayIn } from './way-in.ts';

/** Knows how far the page's way in leads, as of the last time that the server was asked. */
export class Access {
  readonly #ports: StayPorts;
  readonly #state: Signal<AccessState> = signal(Object.freeze({ phase: 'unknown' }));
  readonly #life = new AbortController();
  #options: RoomOptions | undefined;
  #asking = new AbortController();
  #isWanted = false;
  /** The key that opens nothing any more, and why. */
  #bad: { readonly key: string | undefined; readonly error: MeetingError } | undefined;

  /** @param connection Whoever is on the way to the join screen finds there what is true now. */
  constructor(ports: StayPorts, connection: ReadonlySignal<ConnectionState>) {
    this.#ports = ports;
    const { signal: life } = this.#life;
    const stop = effect(() => {
      const state = connection.value;
      const next = state.phase === 'out' ? state.exit.next : undefined;
      if (next === 'enter' || next === 'knock') queueMicrotask(() => void this.recheck());
    });
    life.addEventListener('abort', stop, { once: true });
    ports.page.onWake(() => void this.#retry(), life);
  }

  get state(): ReadonlySignal<AccessState> {
    return this.#state;
  }

  configure(options: RoomOptions): void {
    const last = this.#options;
    this.#options = options;
    if (last && !isSameWay(last, options)) void this.recheck();
  }

  /** Asks; an answer to an earlier question is put away. Never rejects: a failure is a state. */
  async check(): Promise<void> {
    const { signal: life } = this.#life;
    if (life.aborted) return;
    this.#isWanted = true;
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal: asking } = this.#asking;
    this.#set({ phase: 'checking' });
    try {
      const options = this.usable(checked(this.#options));
      const memory = this.#ports.memory(options.server, options.room);
      const input = await wayIn(memory, options);
      const ask = this.#ports.askAccess ?? askAccess;
      const { name, ...known } = await ask(options, input, asking);
      if (asking.aborted) return;
      this.#set({ phase: 'known', ...known, ...(name !== undefined && { name }) });
    } catch (error) {
      if (asking.aborted) return;
      if (this.#putAway(error)) await this.check();
      else this.#fail(error);
    }
  }

  /** The options, without a key that opens nothing any more. */
  usable(options: RoomOptions): RoomOptions {
    if (!this.#bad || options.accessKey !== this.#bad.key) return options;
    const { accessKey: _bad, ...rest } = options;
    return rest;
  }

  /** A key may have been good when it was asked about: from now on one comes without. */
  async failed(error: unknown): Promise<void> {
    if (this.#putAway(error)) await this.recheck();
  }

  /** Asks again, if anybody ever asked. */
  async recheck(): Promise<void> {
    if (this.#isWanted) await this.check();
  }

  /** The door said it, without having been asked for it. */
  mustKnock(): void {
    this.#learn({ access: 'knock' });
  }

  /** As above: somebody is let in, who is in already. */
  isHere(): void {
    this.#learn({ here: true });
  }

  dispose(): void {
    this.#life.abort();
    this.#asking.abort();
  }

  /** The page is back: asks again when the last question got lost on its way. */
  async #retry(): Promise<void> {
    const last = this.#state.peek();
    if (last.phase === 'failed' && last.error.code === 'server-unreachable') await this.check();
  }

  /** What was not told is as it was known, or as it must be for who got as far as the door. */
  #learn(told: { access?: AccessLevel; here?: boolean }): void {
    this.#asking.abort();
    const last = this.#state.peek();
    const known = last.phase === 'known' ? last : { access: 'always' as const, here: false };
    this.#set({ ...known, phase: 'known', ...told });
  }

  /** @returns whether the key is why, and there is a way in to look for without. */
  #putAway(error: unknown): boolean {
    if (!(error instanceof MeetingError) || !error.code.startsWith('access-key-')) return false;
    const key = this.#options?.accessKey;
    if (!key || key === this.#bad?.key) return false;
    this.#bad = { key, error };
    return true;
  }

  #fail(cause: unknown): void {
    const error =
      cause instanceof MeetingError
        ? cause
        : new MeetingError('answer-unreadable', 'The check failed.', { cause });
    this.#set({ phase: 'failed', error });
  }

  #set(state: AccessState): void {
    const bad = this.#bad?.key === this.#options?.accessKey ? this.#bad : undefined;
    const key = state.phase === 'known' && bad ? { key: bad.error } : {};
    this.#state.value = Object.freeze({ ...state, ...key });
  }
}
