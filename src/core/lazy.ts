import { effect } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';

export interface LazyOptions<Part> {
  /** Its name, for developers. */
  readonly name: string;
  load(): Promise<Part>;
  /** Whether it is needed by now, unasked. Follows the signals that it reads. */
  isWanted(): boolean;
  /** It did not load. */
  failed?(error: MeetingError): void;
}

/** A part of the room, fetched when it is asked for or wanted. */
export class Lazy<Part extends { dispose(): void }> {
  readonly #options: LazyOptions<Part>;
  readonly #end: () => void;
  #isDisposed = false;
  #part: Promise<Part> | undefined;

  constructor(options: LazyOptions<Part>) {
    this.#options = options;
    this.#end = effect(() => {
      // Where it fails, whoever asks next tries again; the state says that nothing is known.
      if (options.isWanted()) void Promise.allSettled([this.get()]);
    });
  }

  /** @throws MeetingError `engine-unavailable` when it did not load; the next call tries again. */
  async get(): Promise<Part> {
    const { name, failed } = this.#options;
    this.#part ??= this.#load();
    try {
      return await this.#part;
    } catch (cause) {
      this.#part = undefined;
      const error = new MeetingError('engine-unavailable', `${name} did not load.`, { cause });
      failed?.(error);
      throw error;
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
    this.#part?.then(
      (part) => part.dispose(),
      () => 'whoever asked for it by `get` was told',
    );
  }

  async #load(): Promise<Part> {
    const part = await this.#options.load();
    if (this.#isDisposed) part.dispose();
    return part;
  }
}
