import type { ReadonlySignal } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Answer, Input, Stem } from '../protocol/routes.ts';
import type { Me, RoomInfo } from '../protocol/snapshot.ts';
import { prefetchLink } from './livekit/prefetch.ts';
import { browserMemory } from './memory.ts';
import { browserPage } from './page.ts';
import { createSlices } from './slices.ts';
import {
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
import type { Stay, StayPorts } from './stay.ts';

/**
 * A meeting room without a face: state as read-only signals, acts as methods, facts to listen to.
 *
 * Small until it is used: what a call needs is fetched by `prepare()`, `restore()` or `join()`.
 */
export class RoomStore implements Store {
  readonly #slices = createSlices();
  readonly #ports: StayPorts;
  #options: RoomOptions | undefined;
  #stay: Promise<Stay> | undefined;
  #joining: Promise<void> | undefined;
  #disposed = false;

  /** @param ports What the room needs of the world; the browser's unless said. */
  constructor(options?: RoomOptions, ports?: StayPorts) {
    if (options) this.configure(options);
    this.#ports = ports ?? { page: browserPage, memory: browserMemory() };
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.#slices.connection.state;
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
      return await (await this.#loaded()).restore(checked(options));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async prepare(): Promise<void> {
    await (await this.#loaded()).prepare();
  }

  async join({ name }: { name?: string } = {}): Promise<void> {
    const { phase } = this.#slices.connection.state.peek();
    if (phase === 'joined' || phase === 'reconnecting') return;
    this.#joining ??= this.#join(name).finally(() => (this.#joining = undefined));
    await this.#joining;
  }

  async comeBack(): Promise<void> {
    await (await this.#loaded()).comeBack();
  }

  async leave(): Promise<void> {
    if (this.#stay) await (await this.#loaded()).leave();
  }

  retry(): void {
    void this.#withStay((stay) => stay.retry());
  }

  async removeParticipant(
    identity: string,
    { note }: { note?: string } = {},
  ): Promise<Answer<'participant-remove'>> {
    const input = { identity, ...(note && { note }) };
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
    await (await this.#stay)?.startAudio();
  }

  listen(hear: (fact: Fact) => void, signal: AbortSignal): void {
    this.#slices.facts.listen(hear, signal);
  }

  dispose(): void {
    this.#disposed = true;
    this.#slices.facts.clear();
    this.#slices.devices.stop();
    void this.#withStay((stay) => stay.dispose());
  }

  async #join(name: string | undefined): Promise<void> {
    const { connection } = this.#slices;
    connection.set({ phase: 'joining', resuming: false });
    prefetchLink();
    try {
      const stay = await this.#loaded();
      await stay.enter({ ...checked(this.#options), ...(name !== undefined && { name }) });
    } catch (error) {
      throw this.#failed(error);
    }
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

  async #act<S extends Exclude<Stem, 'events' | 'call-enter'>>(
    stem: S,
    input: Input<S>,
    identity?: string,
  ): Promise<Answer<S>> {
    const stay = await this.#loaded();
    try {
      return await this.#slices.requests.run(requestKey(stem, identity), () =>
        stay.act(stem, input),
      );
    } catch (error) {
      if (error instanceof MeetingError) this.#slices.facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }

  /** Loads what a call needs beside the engine; a failed try is not remembered. */
  async #loaded(): Promise<Stay> {
    this.#stay ??= this.#load();
    try {
      return await this.#stay;
    } catch (cause) {
      this.#stay = undefined;
      throw new MeetingError('engine-unavailable', 'A part of the room did not load.', { cause });
    }
  }

  async #load(): Promise<Stay> {
    const module = await import('./stay.ts');
    const stay = new module.Stay(this.#slices, this.#ports);
    if (this.#disposed) stay.dispose();
    return stay;
  }

  /** Does `act` with the stay, if there is one. Never rejects: a stay that failed counts as none. */
  async #withStay(act: (stay: Stay) => void): Promise<void> {
    try {
      const stay = await this.#stay;
      if (stay) act(stay);
    } catch {
      this.#stay = undefined;
    }
  }
}

/** @throws MeetingError `setup-incomplete` when the page did not say where the room is. */
function checked(options: RoomOptions | undefined): RoomOptions {
  if (!options?.server || !options.room) {
    throw new MeetingError('setup-incomplete', 'Both `server` and `room` must be set.');
  }
  if (!URL.canParse(options.server) || !/^https?:/.test(options.server)) {
    throw new MeetingError('setup-incomplete', '`server` must be an http(s) URL.');
  }
  return options;
}
