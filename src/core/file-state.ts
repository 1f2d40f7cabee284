import type { ReadonlySignal } from '@preact/signals-core';
import type { FileLimits, FileUsage, RoomFile } from '../protocol/file.ts';
import type { MeetingError } from '../protocol/meeting-error.ts';
import type { Answer } from '../protocol/routes.ts';

/** What a room keeps in files, while somebody watches it. */
export type FilesState =
  /** Nobody watches, or one is not in the call. */
  | { readonly phase: 'unknown' }
  | { readonly phase: 'loading' }
  | {
      readonly phase: 'known';
      /** The newest first. */
      readonly files: readonly RoomFile[];
      readonly usage: FileUsage;
      readonly limits: FileLimits;
    }
  | { readonly phase: 'failed'; readonly error: MeetingError };

/** One file on its way from this page into the room. */
export interface UploadState {
  /** Names it in this page. */
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly sent: number;
  /**
   * `waiting` for others before it; `paused`: the server is out of reach, it goes on by itself;
   * `failed`: it was refused, and somebody may try it again.
   */
  readonly phase: 'waiting' | 'sending' | 'paused' | 'failed';
  readonly error?: MeetingError;
}

/** A store's part about files. */
export interface FileStore {
  /** What the room keeps in files; `watchFiles` keeps it right. */
  readonly files: ReadonlySignal<FilesState>;
  /** What this page is uploading, in order. Gone when it is complete, or cancelled. */
  readonly uploads: ReadonlySignal<readonly UploadState[]>;

  /** Has `files` loaded, and kept right by the feed, until `signal` aborts. */
  watchFiles(signal: AbortSignal): void;
  /**
   * Uploads files into the room, a few at a time; `uploads` says how far each has come. What breaks
   * off goes on by itself. Resolves when all are complete, failed or cancelled.
   * @param options `inChat`: each that is complete comes with a message to everybody.
   */
  addFiles(files: readonly File[], options?: { inChat?: boolean }): Promise<void>;
  /** Gives up an upload of this page, whatever of it is there already. */
  cancelUpload(id: string): Promise<void>;
  /** Tries one again that failed. */
  retryUpload(id: string): Promise<void>;
  /** Deletes a file: one's own, hosts any. */
  deleteFile(id: string): Promise<void>;
  /** A link to a file's bytes, to be followed within a minute, by this page's person alone. */
  openFile(id: string): Promise<Answer<'file-open'>>;
  /** A small picture of a file whose `preview` is true. */
  filePreview(id: string): Promise<Blob>;
  /**
   * All of a picture or PDF, to be shown in place; its type is one of a few that are safe to show.
   * Rejects with `unsupported-media-type` for everything else, and for what is too large to show.
   */
  viewFile(id: string): Promise<Blob>;
}
