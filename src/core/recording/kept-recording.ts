/** A recording that is kept in this browser, and nowhere else as far as the browser knows. */
export interface KeptRecording {
  readonly id: string;
  /** The meeting server and the room it was made in. */
  readonly server: string;
  readonly room: string;
  readonly type: string;
  /** When it began, in ms since 1970. */
  readonly at: number;
  /** Up to the last chunk, in seconds. */
  readonly duration: number;
  readonly size: number;
  /**
   * `running` in some tab of this browser; `complete`; or `interrupted`: its page went away before
   * it was stopped, and what it had recorded until then is here.
   */
  readonly state: 'running' | 'complete' | 'interrupted';
}

/** Where a running recording goes, chunk by chunk. */
export interface Tape {
  readonly id: string;
  /**
   * Resolves when `chunk` would be there after a crash. Chunks are kept in the order of the calls.
   * @param duration Of the recording with this chunk, in seconds.
   * @throws DOMException `QuotaExceededError` when the browser has no more space.
   */
  append(chunk: Blob, duration: number): Promise<void>;
  /** Resolves when all that was appended is kept and the recording is `complete`. */
  finish(): Promise<void>;
}

/** The recordings of one browser. */
export interface RecordingShelf {
  begin(about: Pick<KeptRecording, 'id' | 'server' | 'room' | 'type' | 'at'>): Promise<Tape>;
  /** The latest first. */
  list(server: string, room: string): Promise<readonly KeptRecording[]>;
  /** Its bytes; they stay on disk until somebody reads them. Undefined when there is none. */
  read(id: string): Promise<Blob | undefined>;
  /** The next of its chunks, from the `from`th on: none when there are no more yet. */
  chunks(id: string, from: number): Promise<readonly Blob[]>;
  /** @returns false when it is running, or is not there. */
  remove(id: string): Promise<boolean>;
}

/** What one is called on a disk: `acme-2026-11-26-1432.mp4`. */
export function fileNameOf({
  room,
  at,
  type,
}: Pick<KeptRecording, 'room' | 'at' | 'type'>): string {
  const time = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  const minute = time.slice(0, 16).replace('T', '-').replace(':', '');
  return `${room}-${minute}.${type.startsWith('video/mp4') ? 'mp4' : 'webm'}`;
}
