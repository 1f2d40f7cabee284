import type { UploadState } from '../file-state.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Page } from '../page.ts';
import { isFinal } from '../retry.ts';
import { keepSending, PIECE } from './keep-sending.ts';
import type { UploadLine } from './upload-line.ts';

export interface UploadPorts {
  readonly page: Page;
  /** The line of the stay that is on now. @throws MeetingError `session-missing` */
  line(): UploadLine;
  /** Shows the file that will be `id`, while its bytes are on their way. Never rejects. */
  preview(id: string, file: File, signal: AbortSignal): Promise<void>;
  /** What else the server is told of it. */
  readonly about?: Readonly<Record<string, string>>;
  /** Hears of every change. */
  changed(): void;
}

/** One file on its way: sent piece by piece, and gone on with after whatever broke it off. */
export class Upload {
  readonly id: string;
  readonly file: File;
  readonly #ports: UploadPorts;
  #life = new AbortController();
  #url: string | undefined;
  #state: Pick<UploadState, 'sent' | 'phase' | 'error'> = { sent: 0, phase: 'waiting' };

  constructor(id: string, file: File, ports: UploadPorts) {
    this.id = id;
    this.file = file;
    this.#ports = ports;
  }

  get state(): UploadState {
    const { name, size } = this.file;
    return Object.freeze({ id: this.id, name, size, ...this.#state });
  }

  /** What names the file in the room; undefined before the server knows of it. */
  get fileId(): string | undefined {
    return this.#url?.split('/').at(-1);
  }

  /** Sends it. @returns whether it is complete; if not, it was cancelled or `failed`. */
  async run(): Promise<boolean> {
    const { signal } = this.#life;
    return keepSending(
      {
        page: this.#ports.page,
        send: (isAgain, sentSome) => this.#send(signal, isAgain, sentSome),
        whyNot: (error) => this.#whyNot(error),
        show: (state) => this.#set(state),
      },
      signal,
    );
  }

  /** Before it is run again. */
  renew(): void {
    this.#life = new AbortController();
    this.#set({ phase: 'waiting', sent: this.#state.sent });
  }

  /** Sends no more of it; `drop` tells the server, too. */
  async cancel({ drop }: { drop: boolean }): Promise<void> {
    this.#life.abort();
    if (drop && this.#url !== undefined) await this.#ports.line().drop(this.#url);
  }

  async #send(signal: AbortSignal, isAgain: boolean, sentSome: () => void): Promise<void> {
    const { file } = this;
    const line = this.#ports.line();
    let offset = 0;
    if (this.#url === undefined) {
      this.#set({ phase: 'sending', sent: 0 });
      await read(file);
      this.#url = await line.create(file.name, file.size, signal, this.#ports.about);
      await this.#ports.preview(this.fileId ?? '', file, signal);
      // One without a byte is complete.
      if (file.size === 0) return;
    } else if (isAgain || this.#state.sent > 0) {
      offset = await line.offset(this.#url, signal);
    }
    this.#set({ phase: 'sending', sent: offset });
    // Also when all is there: the last answer may be what was lost.
    do {
      const piece = file.slice(offset, offset + PIECE);
      const progress = (sent: number): void => this.#set({ phase: 'sending', sent });
      offset = await line.send(this.#url, offset, piece, progress, signal);
      sentSome();
    } while (offset < file.size);
    this.#set({ phase: 'sending', sent: file.size });
  }

  /** Why there is no sense in another try; undefined when there is. */
  async #whyNot(error: unknown): Promise<MeetingError | undefined> {
    if (error instanceof MeetingError && error.code === 'file-not-found' && this.#url) {
      // The server gave it up, or a host cleared the room: from the beginning.
      this.#url = undefined;
      this.#set({ phase: 'paused', sent: 0 });
      return undefined;
    }
    if (error instanceof MeetingError && error.code === 'upload-elsewhere') return undefined;
    if (isFinal(error) || isUnreadable(error)) return error;
    try {
      // A file that was changed or moved meanwhile looks like a line that broke.
      await read(this.file);
      return undefined;
    } catch (unreadable) {
      return unreadable as MeetingError;
    }
  }

  #set(state: Pick<UploadState, 'phase' | 'error'> & { sent?: number }): void {
    const { sent } = this.#state;
    this.#state = { sent, ...state };
    this.#ports.changed();
  }
}

const isUnreadable = (error: unknown): error is MeetingError =>
  error instanceof MeetingError && error.code === 'file-unreadable';

/** @throws MeetingError `file-unreadable`, for a folder too. */
async function read(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new MeetingError('file-unreadable', 'The browser can not read the file.', { cause });
  }
}
