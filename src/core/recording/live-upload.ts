import { MeetingError } from '../../protocol/meeting-error.ts';
import type { UploadState } from '../file-state.ts';
import { keepSending, PIECE } from '../files/keep-sending.ts';
import type { UploadPorts } from '../files/upload.ts';
import { isFinal } from '../retry.ts';
import type { RecordingShelf } from './kept-recording.ts';

export interface LiveUploadPorts extends Pick<UploadPorts, 'page' | 'line' | 'changed'> {
  readonly shelf: Pick<RecordingShelf, 'chunks'>;
}

/**
 * A recording on its way into the room while it is made: whatever the shelf has of it is sent, and how
 * long it is said at the end. What broke it off leaves nothing out, for the shelf has it all.
 */
export class LiveUpload {
  readonly id: string;
  readonly #name: string;
  readonly #ports: LiveUploadPorts;
  readonly #life = new AbortController();
  #url: string | undefined;
  /** Of the shelf's chunks, those that are read next, and where they begin in the whole. */
  #rest = new Blob();
  #restAt = 0;
  #next = 0;
  #isOver = false;
  #hasNews = false;
  #tell: () => void = () => {};
  #state: Pick<UploadState, 'sent' | 'phase' | 'error'> = { sent: 0, phase: 'waiting' };

  constructor(id: string, name: string, ports: LiveUploadPorts) {
    this.id = id;
    this.#name = name;
    this.#ports = ports;
  }

  get state(): UploadState {
    const size = this.#restAt + this.#rest.size;
    return Object.freeze({ id: this.id, name: this.#name, size, ...this.#state });
  }

  /** There is more of it on the shelf. */
  hear(): void {
    this.#hasNews = true;
    this.#tell();
  }

  /** All of it is on the shelf. */
  finish(): void {
    this.#isOver = true;
    this.hear();
  }

  /** Sends it. @returns whether all of it is in the room; if not, it was cancelled or `failed`. */
  async run(): Promise<boolean> {
    const { signal } = this.#life;
    return keepSending(
      {
        page: this.#ports.page,
        send: (_, sentSome) => this.#send(signal, sentSome),
        whyNot: async (error) => (isHopeless(error) ? error : undefined),
        show: (state) => this.#set(state),
      },
      signal,
    );
  }

  /** Sends no more of it; `drop` tells the server, too. */
  async cancel({ drop }: { drop: boolean }): Promise<void> {
    this.#life.abort();
    if (drop && this.#url !== undefined) await this.#ports.line().drop(this.#url);
  }

  async #send(signal: AbortSignal, sentSome: () => void): Promise<void> {
    const line = this.#ports.line();
    const isNew = this.#url === undefined;
    this.#url ??= await line.create(this.#name, undefined, signal, { recording: this.id });
    const url = this.#url;
    let offset = isNew ? 0 : await line.offset(url, signal);
    for (;;) {
      this.#set({ phase: 'sending', sent: offset });
      // Looked at first: what is heard while the shelf is read must not be missed.
      const isOver = this.#isOver;
      this.#hasNews = false;
      if (await this.#reach(offset)) {
        const from = offset - this.#restAt;
        const piece = this.#rest.slice(from, from + PIECE);
        const progress = (sent: number): void => this.#set({ phase: 'sending', sent });
        offset = await line.send(url, offset, piece, progress, signal);
        sentSome();
      } else if (isOver) {
        await line.send(url, offset, new Blob(), () => {}, signal, offset);
        return;
      } else await this.#news(signal);
    }
  }

  /** @returns whether the shelf has anything at `offset`. */
  async #reach(offset: number): Promise<boolean> {
    // The server may have less than it had said, when it died meanwhile.
    if (offset < this.#restAt) {
      this.#rest = new Blob();
      this.#restAt = this.#next = 0;
    }
    while (offset >= this.#restAt + this.#rest.size) {
      const chunks = await this.#read();
      if (chunks.length === 0) return false;
      this.#restAt += this.#rest.size;
      this.#rest = new Blob([...chunks]);
      this.#next += chunks.length;
    }
    return true;
  }

  async #read(): Promise<readonly Blob[]> {
    try {
      return await this.#ports.shelf.chunks(this.id, this.#next);
    } catch (cause) {
      throw new MeetingError('file-unreadable', 'The browser can not read it.', { cause });
    }
  }

  async #news(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#tell = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (this.#hasNews || signal.aborted) resolve();
    });
    signal.throwIfAborted();
  }

  #set(state: Pick<UploadState, 'phase' | 'error'> & { sent?: number }): void {
    const { sent } = this.#state;
    this.#state = { sent, ...state };
    this.#ports.changed();
  }
}

/** Whether there is no sense in another try. */
function isHopeless(error: unknown): error is MeetingError {
  if (!(error instanceof MeetingError)) return false;
  const { code } = error;
  if (code === 'upload-elsewhere') return false;
  return isFinal(error) || code === 'file-unreadable' || code.endsWith('-not-found');
}
