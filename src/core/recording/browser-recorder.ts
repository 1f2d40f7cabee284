import { Composite } from './composite.ts';
import type { RecordingShelf, Tape } from './kept-recording.ts';
import type { Scene } from './scene.ts';
import { SoundMix } from './sound-mix.ts';

/** The first that the browser can: mp4 has a duration and seeks, webm plays. */
const TYPES = [
  'video/mp4;codecs=avc1.640028,mp4a.40.2',
  'video/mp4;codecs=avc1.640028,opus',
  'video/mp4;codecs=vp9,opus',
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
];
const RATE = 25;
/** What a crash loses at most, in ms. */
const CHUNK = 1_000;
/**
 * Chromium gives out mp4 only as far as the last key frame, whatever the length of chunks. Left to
 * itself it had given out 1 kB after 4.6 s: a crash would have lost all of it.
 */
const OPTIONS = {
  videoBitsPerSecond: 2_500_000,
  audioBitsPerSecond: 128_000,
  videoKeyFrameIntervalDuration: CHUNK,
};

export interface RecorderPorts {
  readonly shelf: RecordingShelf;
  /** What is to be seen and heard now; asked for each frame. */
  scene(): Scene;
  /** There is more of it on the shelf. */
  kept(): void;
  /** It ended without being asked to: the disk is full, or the browser's encoder broke. */
  failed(error: Error): void;
}

/** What the browser records to; undefined when it can't. */
export function recordingType(): string | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

/** One recording in this browser, from its start to its stop. */
export class BrowserRecorder {
  readonly #ports: RecorderPorts;
  readonly #life = new AbortController();
  readonly #mix = new SoundMix();
  readonly #picture: Composite;
  readonly #recorder: MediaRecorder;
  readonly #tape: Tape;
  readonly #stopped: Promise<void>;
  #began = performance.now();
  #error: Error | undefined;

  private constructor(ports: RecorderPorts, tape: Tape, type: string) {
    this.#ports = ports;
    this.#tape = tape;
    this.#picture = new Composite(1_280, 720);
    const tracks = [this.#picture.track(RATE), this.#mix.track];
    this.#recorder = new MediaRecorder(new MediaStream(tracks), { mimeType: type, ...OPTIONS });
    this.#recorder.ondataavailable = ({ data }) => this.#keep(data);
    this.#recorder.onerror = (event) => this.#fail(event.error ?? event);
    this.#stopped = new Promise((resolve) => {
      this.#recorder.onstop = () => resolve();
    });
  }

  /** @throws DOMException `NotSupportedError` where a browser can't record. */
  static async start(
    about: { readonly id: string; readonly server: string; readonly room: string },
    ports: RecorderPorts,
  ): Promise<BrowserRecorder> {
    const type = recordingType();
    if (!type) throw new DOMException('The browser can not record.', 'NotSupportedError');
    const tape = await ports.shelf.begin({ ...about, type, at: Date.now() });
    let recorder: BrowserRecorder | undefined;
    try {
      recorder = new BrowserRecorder(ports, tape, type);
      await recorder.#start();
      return recorder;
    } catch (error) {
      if (recorder) await recorder.#release();
      await tape.finish();
      await ports.shelf.remove(tape.id);
      throw error;
    }
  }

  /**
   * Resolves when the recording is complete on the shelf.
   * @throws what it failed by, if it did; what was recorded until then is on the shelf.
   */
  async stop(): Promise<void> {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    await this.#stopped;
    await this.#release();
    await this.#tape.finish();
    if (this.#error) throw this.#error;
  }

  async #start(): Promise<void> {
    await this.#mix.start();
    this.#draw();
    this.#mix.beat(RATE, () => this.#draw(), this.#life.signal);
    this.#began = performance.now();
    this.#recorder.start(CHUNK);
  }

  #draw(): void {
    const scene = this.#ports.scene();
    const voices = scene.people.flatMap(({ microphone }) => microphone ?? []);
    this.#mix.set([...voices, ...(scene.sounds ?? [])]);
    this.#picture.draw(scene);
  }

  #keep(chunk: Blob): void {
    if (chunk.size === 0) return;
    const duration = (performance.now() - this.#began) / 1_000;
    this.#tape.append(chunk, duration).then(
      () => this.#ports.kept(),
      (error: unknown) => this.#fail(error),
    );
  }

  #fail(cause: unknown): void {
    if (this.#error) return;
    const error = cause instanceof Error ? cause : new Error('Recording failed.', { cause });
    this.#error = error;
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    this.#ports.failed(error);
  }

  async #release(): Promise<void> {
    if (this.#life.signal.aborted) return;
    this.#life.abort();
    this.#picture.dispose();
    for (const track of this.#recorder.stream.getTracks()) track.stop();
    await this.#mix.dispose();
  }
}
