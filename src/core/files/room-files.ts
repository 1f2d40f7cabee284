import { effect } from '@preact/signals-core';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Answer } from '../../protocol/routes.ts';
import type { Slices } from '../slices.ts';
import { requestKey, type Store } from '../state.ts';
import type { StayPorts } from '../stay-ports.ts';
import { until } from '../until.ts';
import type { Visit } from '../visit.ts';
import { canView } from './can-view.ts';
import { createFileList, type FileList } from './file-list.ts';
import { makePreview } from './make-preview.ts';
import { Upload, type UploadPorts } from './upload.ts';
import { openUploads } from './upload-line.ts';

/** The methods of a store that are about files. */
export type FileActName =
  | 'addFiles'
  | 'cancelUpload'
  | 'retryUpload'
  | 'deleteFile'
  | 'openFile'
  | 'filePreview'
  | 'viewFile';

/** Uploads at a time: a second one fills the gaps of the first. */
const AT_ONCE = 2;
/** The feed is usually faster than this to tell of a file, in ms; then the list has it. */
const FEED_PATIENCE = 5_000;
/** A picture or PDF may take so long to come, in ms. */
const VIEW_TIMEOUT = 120_000;

/** What a room keeps in files, and what this page adds to them. Fetched on first use. */
export class RoomFiles implements Pick<Store, FileActName> {
  readonly #slices: Slices;
  readonly #visit: Visit;
  readonly #ports: StayPorts;
  readonly #list: FileList;
  readonly #ends: () => void;
  #uploads: readonly Upload[] = [];
  #count = 0;
  readonly #say: (file: string) => void;
  readonly #inChat = new WeakSet<Upload>();
  readonly #running = new Set<Upload>();
  readonly #settled = new Map<Upload, () => void>();

  /** @param say Writes a message that brings this file. */
  constructor(slices: Slices, visit: Visit, ports: StayPorts, say: (file: string) => void) {
    this.#say = say;
    this.#slices = slices;
    this.#visit = visit;
    this.#ports = ports;
    this.#list = createFileList({
      ...{ slices, page: ports.page },
      ask: () => visit.act('file-list', {}),
    });
    this.#ends = effect(() => {
      const { phase } = slices.connection.state.value;
      // Out: what is on its way is nobody's any more.
      if (phase !== 'joined' && phase !== 'reconnecting') this.#cancelAll();
    });
  }

  dispose(): void {
    this.#ends();
    this.#list.dispose();
    this.#cancelAll();
  }

  async addFiles(
    files: readonly File[],
    { inChat = false }: { inChat?: boolean } = {},
  ): Promise<void> {
    const { phase } = this.#slices.connection.state.peek();
    if (phase !== 'joined' && phase !== 'reconnecting') {
      throw new MeetingError('session-missing', 'Nobody is in the call here.');
    }
    const added = files.map((file) => new Upload(`u${++this.#count}`, file, this.#uploadPorts()));
    if (inChat) for (const upload of added) this.#inChat.add(upload);
    const settled = added.map(
      (upload) => new Promise<void>((resolve) => this.#settled.set(upload, resolve)),
    );
    this.#uploads = [...this.#uploads, ...added];
    this.#show();
    this.#next();
    await Promise.all(settled);
  }

  async cancelUpload(id: string): Promise<void> {
    const upload = this.#uploads.find((one) => one.id === id);
    if (!upload) return;
    this.#forget(upload);
    await upload.cancel({ drop: true });
  }

  async retryUpload(id: string): Promise<void> {
    const upload = this.#uploads.find((one) => one.id === id);
    if (upload?.state.phase !== 'failed') return;
    upload.renew();
    const settled = new Promise<void>((resolve) => this.#settled.set(upload, resolve));
    this.#next();
    await settled;
  }

  async deleteFile(id: string): Promise<void> {
    await this.#request(requestKey('file-delete', id), () =>
      this.#visit.act('file-delete', { id }),
    );
  }

  async openFile(id: string): Promise<Answer<'file-open'>> {
    return this.#request(requestKey('file-open', id), () => this.#visit.act('file-open', { id }));
  }

  async filePreview(id: string): Promise<Blob> {
    const response = await this.#visit.act('file-preview', { id });
    return typed(await readBlob(response), 'image/jpeg');
  }

  async viewFile(id: string): Promise<Blob> {
    const known = this.#slices.cells.files.peek();
    const file = known.phase === 'known' ? known.files.find((one) => one.id === id) : undefined;
    if (!file) throw new MeetingError('file-not-found', 'There is no such file.');
    if (!canView(file)) {
      throw new MeetingError('unsupported-media-type', 'That is not shown in place.');
    }
    return this.#request(requestKey('file-read', id), async () => {
      const { url } = await this.#visit.act('file-open', { id });
      return typed(await readBlob(await download(url)), file.type);
    });
  }

  #uploadPorts(): UploadPorts {
    return {
      page: this.#ports.page,
      line: () => {
        const { way } = this.#visit.hold;
        if (!way) throw new MeetingError('session-missing', 'Nobody is in the call here.');
        return (this.#ports.openUploads ?? openUploads)(way);
      },
      preview: (id, file) => this.#preview(id, file),
      changed: () => this.#show(),
    };
  }

  /** The picture is a help; a file without one is as good. */
  async #preview(id: string, file: File): Promise<void> {
    try {
      const image = await makePreview(file);
      if (image !== undefined) await this.#visit.act('file-preview-set', { id, image });
    } catch {
      return;
    }
  }

  #next(): void {
    const waiting = this.#uploads.filter(
      (upload) => upload.state.phase === 'waiting' && !this.#running.has(upload),
    );
    const free = Math.max(0, AT_ONCE - this.#running.size);
    for (const upload of waiting.slice(0, free)) void this.#run(upload);
  }

  /** Never rejects. */
  async #run(upload: Upload): Promise<void> {
    this.#running.add(upload);
    const isComplete = await upload.run();
    this.#running.delete(upload);
    this.#next();
    if (isComplete) {
      // So that the one does not go before the other comes.
      await this.#listed(upload.fileId ?? '');
      if (this.#inChat.has(upload)) this.#say(upload.fileId ?? '');
      this.#forget(upload);
    } else this.#settle(upload);
  }

  async #listed(id: string): Promise<void> {
    const { files } = this.#slices.cells;
    await until(() => {
      const known = files.value;
      return known.phase !== 'known' || known.files.some((file) => file.id === id);
    }, AbortSignal.timeout(FEED_PATIENCE));
  }

  #cancelAll(): void {
    for (const upload of this.#uploads) void upload.cancel({ drop: false });
    for (const upload of [...this.#settled.keys()]) this.#settle(upload);
    this.#uploads = [];
    this.#show();
  }

  #forget(upload: Upload): void {
    this.#uploads = this.#uploads.filter((other) => other !== upload);
    this.#settle(upload);
    this.#show();
  }

  #settle(upload: Upload): void {
    this.#settled.get(upload)?.();
    this.#settled.delete(upload);
  }

  #show(): void {
    const { uploads } = this.#slices.cells;
    if (this.#uploads.length === 0 && uploads.peek().length === 0) return;
    uploads.value = Object.freeze(this.#uploads.map(({ state }) => state));
  }

  /** Pending under `key` until `act` settles; a failure is told as a fact, too. */
  async #request<T>(key: string, act: () => Promise<T>): Promise<T> {
    const { requests, facts } = this.#slices;
    try {
      return await requests.run(key, act);
    } catch (error) {
      if (error instanceof MeetingError) facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }
}

/** By the link, which opens it for a minute. */
async function download(url: string): Promise<Response> {
  const signal = AbortSignal.timeout(VIEW_TIMEOUT);
  try {
    const response = await fetch(url, { signal, credentials: 'omit', cache: 'no-store' });
    if (response.ok) return response;
  } catch (cause) {
    throw new MeetingError('server-unreachable', 'The file did not come.', { cause });
  }
  throw new MeetingError('file-not-found', 'The file is gone.');
}

/** @throws MeetingError `server-unreachable` when it breaks off. */
async function readBlob(response: Response): Promise<Blob> {
  try {
    return await response.blob();
  } catch (cause) {
    throw new MeetingError('server-unreachable', 'The file broke off.', { cause });
  }
}

/** As this type and no other. */
const typed = (blob: Blob, type: string): Blob => blob.slice(0, blob.size, type);
