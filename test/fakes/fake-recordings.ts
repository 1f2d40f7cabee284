import { signal } from '@preact/signals-core';
import type { UploadState } from '../../src/core/file-state.ts';
import type { Recordings, RecordingsState, RecordingWish } from '../../src/core/recording-state.ts';
import type { KeptRecording } from '../../src/core/recording/kept-recording.ts';
import type { Recording } from '../../src/protocol/recording.ts';
import type { Answer } from '../../src/protocol/routes.ts';

/** Recordings that do nothing by themselves: tests set their signals and read the store's calls. */
export class FakeRecordings implements Recordings {
  readonly inRoom = signal<RecordingsState>({ phase: 'unknown' });
  readonly here = signal<readonly KeptRecording[]>([]);
  readonly uploads = signal<ReadonlyMap<string, UploadState>>(new Map());
  /** How many watch them now. */
  watchers = 0;
  /** What `open` answers. */
  opened: Answer<'recording-open'> = { url: 'data:,', until: 0 };
  /** What `read` answers. */
  bytes = new Blob([]);
  readonly #call: (name: string, ...args: unknown[]) => Promise<void>;

  constructor(call: (name: string, ...args: unknown[]) => Promise<void>) {
    this.#call = call;
  }

  /** What the room keeps, all of it. */
  setInRoom(recordings: readonly Recording[]): void {
    const bytes = recordings.reduce((sum, { size = 0 }) => sum + size, 0);
    const usage = { bytes, recordings: recordings.length };
    const limits = { fileBytes: 4e9, roomBytes: 20e9 };
    this.inRoom.value = { phase: 'known', recordings, usage, limits };
  }

  watch(until: AbortSignal): void {
    if (until.aborted) return;
    this.watchers += 1;
    until.addEventListener('abort', () => (this.watchers -= 1), { once: true });
  }

  start = (wish?: RecordingWish): Promise<void> => this.#call('startRecording', wish);
  stop = (): Promise<void> => this.#call('stopRecording');
  agree = (): Promise<void> => this.#call('agreeToRecording');
  delete = (id: string): Promise<void> => this.#call('deleteRecording', id);
  remove = (id: string): Promise<void> => this.#call('removeRecording', id);
  upload = (id: string): Promise<void> => this.#call('uploadRecording', id);
  cancelUpload = (id: string): Promise<void> => this.#call('cancelRecordingUpload', id);

  async open(id: string): Promise<Answer<'recording-open'>> {
    await this.#call('openRecording', id);
    return this.opened;
  }

  async read(id: string): Promise<Blob> {
    await this.#call('readRecording', id);
    return this.bytes;
  }
}
