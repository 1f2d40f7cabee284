import { MeetingError } from '../protocol/meeting-error.ts';
import type { Slices } from './slices.ts';
import type { Stay } from './stay.ts';
import type { StayPorts } from './stay-ports.ts';

/** What a call needs beside the engine, fetched on first use. */
export class LazyStay {
  readonly #slices: Slices;
  readonly #ports: StayPorts;
  #stay: Promise<Stay> | undefined;
  #isDisposed = false;

  constructor(slices: Slices, ports: StayPorts) {
    this.#slices = slices;
    this.#ports = ports;
  }

  /** Loads it; a failed try is not remembered. */
  async get(): Promise<Stay> {
    this.#stay ??= this.#load();
    try {
      return await this.#stay;
    } catch (cause) {
      this.#stay = undefined;
      throw new MeetingError('engine-unavailable', 'A part of the room did not load.', { cause });
    }
  }

  /** The stay, if there is or will be one. Never rejects: one that failed counts as none. */
  async peek(): Promise<Stay | undefined> {
    try {
      return await this.#stay;
    } catch {
      // Whoever asked for it by `get` was told.
      return undefined;
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    void this.peek().then((stay) => stay?.dispose());
  }

  async #load(): Promise<Stay> {
    const module = await import('./stay.ts');
    const stay = new module.Stay(this.#slices, this.#ports);
    if (this.#isDisposed) stay.dispose();
    return stay;
  }
}
