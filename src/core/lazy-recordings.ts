import { effect } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Recordings } from './recording-state.ts';
import type { RecordingPorts, RoomRecordings } from './recording/room-recordings.ts';

/** The recordings, fetched on the first look at them. */
export class LazyRecordings {
  readonly #ports: RecordingPorts;
  readonly #life = new AbortController();
  #recordings: Promise<RoomRecordings> | undefined;

  constructor(ports: RecordingPorts) {
    this.#ports = ports;
    const { recording } = ports.slices.cells;
    const { me } = ports.slices.connection;
    const end = effect(() => {
      const by = recording.value?.running?.by;
      // Before a reload, it was this page that recorded: then nobody does now, and it must end.
      const isOwn = by && 'identity' in by && by.identity === me.value?.identity;
      if (isOwn) void Promise.allSettled([this.get()]);
    });
    this.#life.signal.addEventListener('abort', end, { once: true });
  }

  /** @throws MeetingError `engine-unavailable` when it did not load; the next call tries again. */
  readonly get = async (): Promise<Recordings> => {
    this.#recordings ??= this.#load();
    try {
      return await this.#recordings;
    } catch (cause) {
      this.#recordings = undefined;
      throw new MeetingError('engine-unavailable', 'Recordings did not load.', { cause });
    }
  };

  dispose(): void {
    this.#life.abort();
    this.#recordings?.then(
      (recordings) => recordings.dispose(),
      () => 'whoever asked for it by `get` was told',
    );
  }

  async #load(): Promise<RoomRecordings> {
    const module = await import('./recording/room-recordings.ts');
    const recordings = new module.RoomRecordings(this.#ports);
    if (this.#life.signal.aborted) recordings.dispose();
    return recordings;
  }
}
