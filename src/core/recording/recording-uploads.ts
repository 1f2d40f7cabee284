import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { UploadState } from '../file-state.ts';
import { Upload, type UploadPorts } from '../files/upload.ts';
import type { KeptRecording, RecordingShelf } from './kept-recording.ts';
import { LiveUpload } from './live-upload.ts';

/** Recordings of this browser on their way into the room, by their ids. */
export class RecordingUploads {
  readonly #ports: Pick<UploadPorts, 'page' | 'line'>;
  readonly #state: Signal<ReadonlyMap<string, UploadState>> = signal(new Map());
  readonly #uploads = new Map<string, Upload | LiveUpload>();

  constructor(ports: Pick<UploadPorts, 'page' | 'line'>) {
    this.#ports = ports;
  }

  get state(): ReadonlySignal<ReadonlyMap<string, UploadState>> {
    return this.#state;
  }

  /** Resolves when it is complete, failed or cancelled. Again, one that failed goes on. */
  async run(recording: KeptRecording, file: File): Promise<void> {
    const { id, duration } = recording;
    let upload = this.#uploads.get(id);
    if (upload && upload.state.phase !== 'failed') return;
    if (upload instanceof Upload) upload.renew();
    else {
      upload = new Upload(id, file, {
        ...this.#ports,
        about: { recording: id, duration: String(Math.round(duration * 1_000)) },
        preview: () => Promise.resolve(),
        changed: () => this.#show(),
      });
      this.#uploads.set(id, upload);
    }
    this.#show();
    if (await upload.run()) this.#forget(id);
  }

  /** Sends one while it is made; whoever makes it says when there is more, and when it is over. */
  follow(id: string, name: string, shelf: RecordingShelf): LiveUpload {
    const upload = new LiveUpload(id, name, { ...this.#ports, shelf, changed: () => this.#show() });
    this.#uploads.set(id, upload);
    void upload.run().then((isThere) => isThere && this.#forget(id));
    return upload;
  }

  async cancel(id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    this.#forget(id);
    await upload?.cancel({ drop: true });
  }

  /** Nobody is in the call any more. */
  end(): void {
    for (const upload of this.#uploads.values()) void upload.cancel({ drop: false });
    this.#uploads.clear();
    this.#show();
  }

  #forget(id: string): void {
    this.#uploads.delete(id);
    this.#show();
  }

  #show(): void {
    if (this.#uploads.size === 0 && this.#state.peek().size === 0) return;
    this.#state.value = new Map([...this.#uploads].map(([id, { state }]) => [id, state]));
  }
}
