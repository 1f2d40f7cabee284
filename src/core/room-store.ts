import type { ReadonlySignal } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import { Access } from './access.ts';
import { LazyStay } from './lazy-stay.ts';
import { prefetchLink } from './livekit/prefetch.ts';
import { browserMemory } from './memory.ts';
import { browserPage } from './page.ts';
import { RoomActs } from './room-acts.ts';
import { createSlices } from './slices.ts';
import { DEVICE_LIST, type DeviceChoice } from './device-state.ts';
import type { AccessState, RoomOptions, Store } from './state.ts';
import type { Stay } from './stay.ts';
import type { StayPorts } from './stay-ports.ts';
import { checked } from './way-in.ts';

type Go = (stay: Stay, options: RoomOptions) => Promise<void>;

/**
 * A meeting room without a face: state as read-only signals, acts as methods, facts to listen to.
 *
 * Small until it is used: what a call needs is fetched by `prepare()`, `restore()` or `join()`.
 */
export class RoomStore extends RoomActs implements Store {
  readonly #ports: StayPorts;
  readonly #access: Access;
  #options: RoomOptions | undefined;
  #joining: Promise<void> | undefined;

  /** @param ports What the room needs of the world; the browser's unless said. */
  constructor(
    options?: RoomOptions,
    ports: StayPorts = { page: browserPage, memory: browserMemory() },
  ) {
    const slices = createSlices();
    super(slices, new LazyStay(slices, ports));
    this.#ports = ports;
    this.#access = new Access(ports, this.connection);
    if (options) this.configure(options);
  }

  get access(): ReadonlySignal<AccessState> {
    return this.#access.state;
  }

  configure(options: RoomOptions): void {
    this.#options = Object.freeze({ ...options });
    this.#access.configure(this.#options);
  }

  async restore(): Promise<boolean> {
    const options = this.#options;
    const { connection } = this.slices;
    if (!options || connection.state.peek().phase !== 'idle') return false;
    const { server, room } = options;
    if (this.#ports.memory(server, room).session() === undefined) return false;
    // At once, so that no join screen flashes up before the call.
    connection.set({ phase: 'joining', resuming: true });
    prefetchLink();
    try {
      return await (await this.stay.get()).restore(checked(options));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async check(): Promise<void> {
    await this.#access.check();
  }

  async prepare(): Promise<void> {
    await (await this.stay.get()).prepare();
  }

  async join({
    name,
    again,
  }: { name?: string; again?: 'take-over' | 'beside' } = {}): Promise<void> {
    await this.#goIn((stay, options) => stay.enter(options, again), name);
  }

  async knock({
    name,
    message,
    camera = false,
  }: { name?: string; message?: string; camera?: boolean } = {}): Promise<void> {
    await this.#goIn((stay, options) => stay.knock(options, { message, camera }), name);
  }

  async setKnockCamera(on: boolean): Promise<void> {
    await (await this.stay.get()).setKnockCamera(on);
  }

  async withdrawKnock(): Promise<void> {
    if (this.slices.connection.state.peek().phase !== 'waiting') return;
    const stay = await this.stay.get();
    await this.slices.requests.run('knock-withdraw', () => stay.leave());
  }

  async comeBack(): Promise<void> {
    const { connection } = this.slices;
    try {
      const options = this.#options && this.#access.usable(this.#options);
      await (await this.stay.get()).comeBack(options);
    } catch (error) {
      void this.#access.failed(error);
      if (!this.#hasWay(error)) throw error;
      return;
    }
    if (connection.state.peek().phase === 'idle') await this.#access.recheck();
  }

  async leave(): Promise<void> {
    await (await this.stay.peek())?.leave();
  }

  retry(): void {
    void this.stay.peek().then((stay) => stay?.retry());
  }

  async setCamera(on: boolean): Promise<void> {
    await this.slices.devices.set('camera', on);
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.slices.devices.set('microphone', on);
  }

  async startAudio(): Promise<void> {
    await (await this.stay.peek())?.startAudio();
  }

  watchDevices(signal: AbortSignal): void {
    this.slices.cells.demand.add(DEVICE_LIST, signal);
    // What lists them is fetched with the stay; without it, there is nothing to choose from yet.
    this.stay.get().catch(() => undefined);
  }

  async chooseDevice(kind: keyof DeviceChoice, id: string): Promise<void> {
    if (kind === 'speaker') this.slices.deviceChoice.set(kind, id);
    else await this.slices.devices.choose(kind, id);
  }

  followLevel(hear: (level: number) => void, signal: AbortSignal): void {
    const { devices } = this.slices;
    import('./sound-check.ts').then(
      ({ followLevel }) => followLevel(devices.track('microphone'), hear, signal),
      // A meter that could not be fetched stays at nothing.
      () => hear(0),
    );
  }

  async testSpeaker(): Promise<void> {
    const { playTest } = await import('./sound-check.ts');
    await playTest(this.slices.deviceChoice.state.peek().speaker);
  }

  dispose(): void {
    this.#access.dispose();
    this.slices.facts.clear();
    this.slices.devices.stop();
    this.stay.dispose();
  }

  /** Into the call or to its door, unless that is where one is or goes already. */
  async #goIn(go: Go, name: string | undefined): Promise<void> {
    const { phase } = this.slices.connection.state.peek();
    if (phase === 'joined' || phase === 'reconnecting' || phase === 'waiting') return;
    this.#joining ??= this.#start(go, name).finally(() => (this.#joining = undefined));
    await this.#joining;
  }

  async #start(go: Go, name: string | undefined): Promise<void> {
    const { connection } = this.slices;
    connection.set({ phase: 'joining', resuming: false });
    prefetchLink();
    try {
      const stay = await this.stay.get();
      const options = this.#access.usable(checked(this.#options));
      await go(stay, { ...options, ...(name !== undefined && { name }) });
    } catch (error) {
      this.#hasWay(error);
      void this.#access.failed(error);
      throw this.#failed(error);
    }
  }

  /** The door is locked, or one is in already: from now on the join screen knows it. */
  #hasWay(error: unknown): boolean {
    const code = error instanceof MeetingError ? error.code : undefined;
    if (code === 'room-locked') this.#access.mustKnock();
    if (code === 'already-here') this.#access.isHere();
    return code === 'room-locked' || code === 'already-here';
  }

  /** Back on the join screen with what went wrong, unless the stay has said so itself. */
  #failed(error: unknown): unknown {
    const { connection, facts } = this.slices;
    if (connection.state.peek().phase !== 'joining') return error;
    const known = error instanceof MeetingError ? { error } : {};
    connection.set({ phase: 'idle', ...known });
    if (error instanceof MeetingError) facts.tell({ type: 'meeting-error', error });
    return error;
  }
}
