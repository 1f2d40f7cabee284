import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Answer, Input } from '../../protocol/routes.ts';
import type { UploadState } from '../file-state.ts';
import { openUploads } from '../files/upload-line.ts';
import { randomId } from '../random-id.ts';
import type { Recordings, RecordingsState, RecordingWish } from '../recording-state.ts';
import type { Slices } from '../slices.ts';
import { requestKey } from '../state.ts';
import type { StayPorts } from '../stay-ports.ts';
import type { Visit } from '../visit.ts';
import { BrowserRecorder, recordingType } from './browser-recorder.ts';
import { CallScene, type SceneSlices } from './call-scene.ts';
import { IndexedShelf } from './indexed-shelf.ts';
import { fileNameOf, type KeptRecording, type RecordingShelf } from './kept-recording.ts';
import type { LiveUpload } from './live-upload.ts';
import { RecordingUploads } from './recording-uploads.ts';
import { createRoomList, type RoomRecordingList } from './room-list.ts';

/** How often the one that runs says how long it is, in ms. */
const TICK = 1_000;

type RecordingAct = Extract<
  Parameters<Visit['act']>[0],
  `recording-${'start' | 'stop' | 'consent' | 'open' | 'delete'}`
>;

export interface RecordingPorts {
  readonly slices: Slices & SceneSlices;
  readonly visit: Pick<Visit, 'act' | 'hold' | 'engine'>;
  readonly ports: StayPorts;
  /** The browser's own, unless said. */
  readonly shelf?: RecordingShelf;
  readonly record?: typeof BrowserRecorder.start;
}

/** A room's recordings as this page has them. Fetched on first use. */
export class RoomRecordings implements Recordings {
  readonly inRoom: Signal<RecordingsState> = signal(Object.freeze({ phase: 'unknown' }));
  readonly here: Signal<readonly KeptRecording[]> = signal(Object.freeze([]));
  readonly uploads: ReadonlySignal<ReadonlyMap<string, UploadState>>;
  readonly #ports: RecordingPorts;
  readonly #shelf: RecordingShelf;
  readonly #list: RoomRecordingList;
  readonly #uploads: RecordingUploads;
  readonly #life = new AbortController();
  /** The one that this page records, or is about to. */
  #own: string | undefined;
  #recorder: Promise<BrowserRecorder> | undefined;
  /** Brings the one that this page records into the room as it is made. */
  #live: LiveUpload | undefined;

  constructor(ports: RecordingPorts) {
    this.#ports = ports;
    const { slices, visit } = ports;
    const { page } = ports.ports;
    this.#shelf = ports.shelf ?? new IndexedShelf();
    this.#list = createRoomList({
      ...{ slices, page },
      ask: () => visit.act('recording-list', {}),
      show: (state) => (this.inRoom.value = state),
    });
    this.#uploads = new RecordingUploads({ page, line: () => this.#line() });
    this.uploads = this.#uploads.state;
    const ends = [effect(() => this.#follow()), effect(() => this.#leave())];
    for (const end of ends) this.#life.signal.addEventListener('abort', end, { once: true });
  }

  dispose(): void {
    this.#life.abort();
    this.#list.dispose();
    this.#uploads.end();
    void this.#finish();
  }

  watch(until: AbortSignal): void {
    if (until.aborted) return;
    this.#ports.slices.cells.demand.add(requestKey('recording-list'), until);
    void this.#lookHere();
    // What runs grows; in another tab of this browser, too.
    const timer = setInterval(() => void this.#lookHere(), TICK);
    until.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  async start({ recorder = 'browser', upload = false }: RecordingWish = {}): Promise<void> {
    await this.#request(requestKey('recording-start'), async () => {
      if (recorder === 'browser' && !recordingType()) {
        throw new MeetingError('recording-unsupported', 'The browser can not record.');
      }
      const id = `r_${randomId()}`;
      if (recorder === 'browser') this.#own = id;
      try {
        // First, everybody is told.
        await this.#ports.visit.act('recording-start', { id, recorder });
      } catch (error) {
        this.#own = undefined;
        throw error;
      }
      if (recorder === 'browser') await this.#record(id, upload);
    });
  }

  async stop(): Promise<void> {
    const { running } = this.#ports.slices.cells.recording.peek() ?? {};
    if (!running) return;
    await this.#request(requestKey('recording-stop'), async () => {
      // What is recorded here ends now, also when the server is out of reach.
      const ended = running.id === this.#own ? this.#finish() : undefined;
      await this.#ports.visit.act('recording-stop', { id: running.id });
      await ended;
    });
  }

  async agree(): Promise<void> {
    const { running } = this.#ports.slices.cells.recording.peek() ?? {};
    if (running) await this.#act('recording-consent', { id: running.id });
  }

  async open(id: string): Promise<Answer<'recording-open'>> {
    return this.#act('recording-open', { id }, id);
  }

  async delete(id: string): Promise<void> {
    await this.#act('recording-delete', { id }, id);
  }

  async read(id: string): Promise<Blob> {
    const bytes = await this.#shelf.read(id);
    if (bytes) return bytes;
    throw new MeetingError('file-unreadable', 'This browser does not keep the recording.');
  }

  async remove(id: string): Promise<void> {
    await this.#uploads.cancel(id);
    await this.#shelf.remove(id);
    await this.#lookHere();
  }

  async upload(id: string): Promise<void> {
    await this.#lookHere();
    const recording = this.here.peek().find((one) => one.id === id);
    if (!recording || recording.state === 'running') {
      throw new MeetingError('recording-not-found', 'There is no such recording to upload.');
    }
    const { type } = recording;
    const file = new File([await this.read(id)], fileNameOf(recording), { type });
    await this.#uploads.run(recording, file);
  }

  cancelUpload(id: string): Promise<void> {
    return this.#uploads.cancel(id);
  }

  async #record(id: string, upload: boolean): Promise<void> {
    const { slices, visit, record = BrowserRecorder.start.bind(BrowserRecorder) } = this.#ports;
    try {
      const link = await visit.engine.link();
      const { look } = new CallScene(slices, link);
      const about = { id, ...this.#place() };
      this.#recorder = record(about, {
        shelf: this.#shelf,
        scene: look,
        kept: () => this.#live?.hear(),
        failed: (error) => void this.#failed(error),
      });
      await this.#recorder;
      globalThis.addEventListener?.('beforeunload', warn);
      if (upload) this.#live = this.#uploads.follow(id, this.#nameNow(), this.#shelf);
      void this.#lookHere();
      // It may have been stopped while it started.
      if (slices.cells.recording.peek()?.running?.id !== id) await this.#finish();
    } catch (cause) {
      await Promise.allSettled([this.#finish(), visit.act('recording-stop', { id })]);
      throw failure(cause);
    }
  }

  /** Ends what this page records when it is over for the room, or the page is out. */
  #follow(): void {
    const { cells, connection } = this.#ports.slices;
    const { phase } = connection.state.value;
    const { running } = cells.recording.value ?? {};
    const isIn = phase === 'joined' || phase === 'reconnecting';
    if (this.#recorder && (!isIn || running?.id !== this.#own)) void this.#finish();
    if (!isIn || !running || running.id === this.#own || running.recorder !== 'browser') return;
    const by = 'identity' in running.by ? running.by.identity : undefined;
    if (by === undefined || by !== connection.me.value?.identity) return;
    // This page recorded before it was loaded anew: nobody does now, and it must not say so.
    void Promise.allSettled([this.#ports.visit.act('recording-stop', { id: running.id })]);
  }

  #leave(): void {
    const { phase } = this.#ports.slices.connection.state.value;
    // Out: what is on its way is nobody's any more.
    if (phase !== 'joined' && phase !== 'reconnecting') this.#uploads.end();
  }

  /** Resolves when all that was recorded here is kept. Never rejects: what failed was told. */
  async #finish(): Promise<void> {
    const recorder = this.#recorder;
    this.#recorder = undefined;
    this.#own = undefined;
    if (!recorder) return;
    globalThis.removeEventListener?.('beforeunload', warn);
    const live = this.#live;
    this.#live = undefined;
    await Promise.allSettled([recorder.then((running) => running.stop())]);
    live?.finish();
    const link = await this.#ports.visit.engine.link();
    link.releaseTracks();
    await this.#lookHere();
  }

  /** Recording broke off by itself: the others must not go on believing that it does. */
  async #failed(cause: Error): Promise<void> {
    this.#ports.slices.facts.tell({ type: 'meeting-error', error: failure(cause) });
    await Promise.allSettled([this.stop()]);
  }

  async #lookHere(): Promise<void> {
    const { server, room } = this.#place();
    try {
      const list = await this.#shelf.list(server, room);
      if (JSON.stringify(list) === JSON.stringify(this.here.peek())) return;
      this.here.value = Object.freeze(list);
    } catch {
      // A browser that keeps nothing for this page, as in some private windows.
      this.here.value = Object.freeze([]);
    }
  }

  /** Whose recordings they are: the last place, also after one is out. */
  #place(): { server: string; room: string } {
    const { way } = this.#ports.visit.hold;
    return { server: way?.server ?? '', room: way?.room ?? '' };
  }

  #nameNow(): string {
    return fileNameOf({ ...this.#place(), at: Date.now(), type: recordingType() ?? '' });
  }

  #line(): ReturnType<typeof openUploads> {
    const { way } = this.#ports.visit.hold;
    if (!way) throw new MeetingError('session-missing', 'Nobody is in the call here.');
    return (this.#ports.ports.openUploads ?? openUploads)(way);
  }

  async #act<S extends RecordingAct>(stem: S, input: Input<S>, id?: string): Promise<Answer<S>> {
    return this.#request(requestKey(stem, id), () => this.#ports.visit.act(stem, input));
  }

  /** Pending under `key` until `act` settles; a failure is told as a fact, too. */
  async #request<T>(key: string, act: () => Promise<T>): Promise<T> {
    const { requests, facts } = this.#ports.slices;
    try {
      return await requests.run(key, act);
    } catch (error) {
      if (error instanceof MeetingError) facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }
}

/** The browser asks whether to leave the page: the recording would end. */
const warn = (event: Event): void => event.preventDefault();

const failure = (cause: unknown): MeetingError =>
  cause instanceof MeetingError
    ? cause
    : new MeetingError('recording-failed', 'Recording failed.', { cause });
