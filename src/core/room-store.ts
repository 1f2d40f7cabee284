import type { ReadonlySignal } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Knock } from '../protocol/knock.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { Me, RoomInfo } from '../protocol/snapshot.ts';
import { Access } from './access.ts';
import type { Act } from './call.ts';
import { prefetchLink } from './livekit/prefetch.ts';
import { browserMemory } from './memory.ts';
import { browserPage } from './page.ts';
import { LazyStay } from './lazy-stay.ts';
import { createSlices } from './slices.ts';
import {
  type AccessState,
  type ConnectionState,
  type DevicesState,
  type Fact,
  type MediaState,
  type ParticipantState,
  requestKey,
  type RequestsState,
  type RoomOptions,
  type Store,
} from './state.ts';
import type { Stay } from './stay.ts';
import type { StayPorts } from './stay-ports.ts';
import { checked } from './way-in.ts';

/**
 * A meeting room without a face: state as read-only signals, acts as methods, facts to listen to.
 *
 * Small until it is used: what a call needs is fetched by `prepare()`, `restore()` or `join()`.
 */
export class RoomStore implements Store {
  readonly #slices = createSlices();
  readonly #ports: StayPorts;
  readonly #access: Access;
  readonly #stay: LazyStay;
  #options: RoomOptions | undefined;
  #joining: Promise<void> | undefined;

  /** @param ports What the room needs of the world; the browser's unless said. */
  constructor(options?: RoomOptions, ports?: StayPorts) {
    this.#ports = ports ?? { page: browserPage, memory: browserMemory() };
    this.#access = new Access(this.#ports, this.connection);
    this.#stay = new LazyStay(this.#slices, this.#ports);
    if (options) this.configure(options);
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.#slices.connection.state;
  }

  get access(): ReadonlySignal<AccessState> {
    return this.#access.state;
  }

  get me(): ReadonlySignal<Me | undefined> {
    return this.#slices.connection.me;
  }

  get room(): ReadonlySignal<RoomInfo | undefined> {
    return this.#slices.connection.room;
  }

  get roster(): ReadonlySignal<readonly string[]> {
    return this.#slices.people.roster;
  }

  get knocks(): ReadonlySignal<readonly Knock[]> {
    return this.#slices.knocks.state;
  }

  get devices(): ReadonlySignal<DevicesState> {
    return this.#slices.devices.state;
  }

  get requests(): ReadonlySignal<RequestsState> {
    return this.#slices.requests.state;
  }

  participant(identity: string): ReadonlySignal<ParticipantState | undefined> {
    return this.#slices.people.participant(identity);
  }

  media(identity: string): ReadonlySignal<MediaState> {
    return this.#slices.media.of(identity);
  }

  configure(options: RoomOptions): void {
    this.#options = Object.freeze({ ...options });
    this.#access.configure(this.#options);
  }

  async restore(): Promise<boolean> {
    const options = this.#options;
    const { connection } = this.#slices;
    if (!options || connection.state.peek().phase !== 'idle') return false;
    const { server, room } = options;
    if (this.#ports.memory(server, room).session() === undefined) return false;
    // At once, so that no join screen flashes up before the call.
    connection.set({ phase: 'joining', resuming: true });
    prefetchLink();
    try {
      return await (await this.#stay.get()).restore(checked(options));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async check(): Promise<void> {
    await this.#access.check();
  }

  async prepare(): Promise<void> {
    await (await this.#stay.get()).prepare();
  }

  async join({ name }: { name?: string } = {}): Promise<void> {
    await this.#goIn((stay, options) => stay.enter(options), name);
  }

  async knock({ name, message }: { name?: string; message?: string } = {}): Promise<void> {
    await this.#goIn((stay, options) => stay.knock(options, message), name);
  }

  async withdrawKnock(): Promise<void> {
    if (this.#slices.connection.state.peek().phase !== 'waiting') return;
    const stay = await this.#stay.get();
    await this.#slices.requests.run('knock-withdraw', () => stay.leave());
  }

  async comeBack(): Promise<void> {
    const { connection } = this.#slices;
    try {
      await (await this.#stay.get()).comeBack();
    } catch (error) {
      if (!this.#mustKnock(error)) throw error;
      return;
    }
    if (connection.state.peek().phase === 'idle') await this.#access.recheck();
  }

  async leave(): Promise<void> {
    await (await this.#stay.peek())?.leave();
  }

  retry(): void {
    void this.#stay.peek().then((stay) => stay?.retry());
  }

  async admit(identity: string): Promise<void> {
    await this.#act('knock-admit', { identity }, identity);
  }

  async deny(identity: string, { note }: { note?: string } = {}): Promise<void> {
    await this.#act('knock-deny', { identity, ...(note && { note }) }, identity);
  }

  async admitAll(): Promise<void> {
    const knocks = this.#slices.knocks.state.peek();
    const tried = await Promise.allSettled(
      knocks.map(({ identity }) =>
        this.#request(requestKey('knock-admit', identity), (stay) => admitOne(stay, identity)),
      ),
    );
    const failed = tried.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async endCall({ keepMe = false }: { keepMe?: boolean } = {}): Promise<Answer<'call-end'>> {
    return this.#act('call-end', keepMe ? { keepMe } : {});
  }

  async removeParticipant(
    identity: string,
    { note, block }: { note?: string; block?: boolean } = {},
  ): Promise<Answer<'participant-remove'>> {
    const input = { identity, ...(note && { note }), ...(block && { block }) };
    return this.#act('participant-remove', input, identity);
  }

  async restoreParticipant(identity: string): Promise<void> {
    await this.#act('participant-restore', { identity }, identity);
  }

  async setLocked(locked: boolean): Promise<void> {
    await this.#act('room-lock', { locked });
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#slices.devices.set('camera', on);
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.#slices.devices.set('microphone', on);
  }

  async startAudio(): Promise<void> {
    await (await this.#stay.peek())?.startAudio();
  }

  listen(hear: (fact: Fact) => void, signal: AbortSignal): void {
    this.#slices.facts.listen(hear, signal);
  }

  dispose(): void {
    this.#access.dispose();
    this.#slices.facts.clear();
    this.#slices.devices.stop();
    this.#stay.dispose();
  }

  /** Into the call or to its door, unless that is where one is or goes already. */
  async #goIn(
    go: (stay: Stay, options: RoomOptions) => Promise<void>,
    name: string | undefined,
  ): Promise<void> {
    const { phase } = this.#slices.connection.state.peek();
    if (phase === 'joined' || phase === 'reconnecting' || phase === 'waiting') return;
    this.#joining ??= this.#start(go, name).finally(() => (this.#joining = undefined));
    await this.#joining;
  }

  async #start(
    go: (stay: Stay, options: RoomOptions) => Promise<void>,
    name: string | undefined,
  ): Promise<void> {
    const { connection } = this.#slices;
    connection.set({ phase: 'joining', resuming: false });
    prefetchLink();
    try {
      const stay = await this.#stay.get();
      await go(stay, { ...checked(this.#options), ...(name !== undefined && { name }) });
    } catch (error) {
      this.#mustKnock(error);
      throw this.#failed(error);
    }
  }

  /** The door is locked: from now on the join screen knows it. */
  #mustKnock(error: unknown): boolean {
    const isLocked = error instanceof MeetingError && error.code === 'room-locked';
    if (isLocked) this.#access.mustKnock();
    return isLocked;
  }

  /** Back on the join screen with what went wrong, unless the stay has said so itself. */
  #failed(error: unknown): unknown {
    const { connection, facts } = this.#slices;
    if (connection.state.peek().phase !== 'joining') return error;
    const known = error instanceof MeetingError ? { error } : {};
    connection.set({ phase: 'idle', ...known });
    if (error instanceof MeetingError) facts.tell({ type: 'meeting-error', error });
    return error;
  }

  async #act<S extends Act>(stem: S, input: Input<S>, identity?: string): Promise<Answer<S>> {
    return this.#request(requestKey(stem, identity), (stay) => stay.act(stem, input));
  }

  /** Pending under `key` until `act` settles; a failure is told as a fact, too. */
  async #request<T>(key: string, act: (stay: Stay) => Promise<T>): Promise<T> {
    const stay = await this.#stay.get();
    try {
      return await this.#slices.requests.run(key, () => act(stay));
    } catch (error) {
      if (error instanceof MeetingError) this.#slices.facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }
}

/** Lets one of many in; somebody else having answered is as good. */
async function admitOne(stay: Stay, identity: string): Promise<void> {
  try {
    await stay.act('knock-admit', { identity });
  } catch (error) {
    const isAnswered = error instanceof MeetingError && error.code === 'already-decided';
    if (!isAnswered) throw error;
  }
}
