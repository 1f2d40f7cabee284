import type { ReadonlySignal } from '@preact/signals-core';
import type { MeetingError } from '../protocol/meeting-error.ts';
import type {
  Recording,
  RecorderKind,
  RecordingConsent,
  RecordingLimits,
  RecordingUsage,
} from '../protocol/recording.ts';
import type { Answer } from '../protocol/routes.ts';
import type { UploadState } from './file-state.ts';
import type { KeptRecording } from './recording/kept-recording.ts';

/** Whether the call is recorded, as everybody in it is told. */
export interface RecordingState {
  /** The recording that runs. */
  readonly running?: Recording | undefined;
  /** With `ask`, whoever has not agreed is not in it. */
  readonly consent: RecordingConsent;
  /** The identities of those who agreed to the one that runs. */
  readonly agreed: readonly string[];
  /** By what one may record here. */
  readonly recorders: readonly RecorderKind[];
}

/** The recordings that the room keeps, while a host watches them. */
export type RecordingsState =
  | { readonly phase: 'unknown' | 'loading' }
  | {
      readonly phase: 'known';
      /** The newest first. */
      readonly recordings: readonly Recording[];
      readonly usage: RecordingUsage;
      readonly limits: RecordingLimits;
    }
  | { readonly phase: 'failed'; readonly error: MeetingError };

/** How a recording is to be made. */
export interface RecordingWish {
  /** By what; `browser` unless said. */
  readonly recorder?: RecorderKind;
  /** Of the browser's own: whether it is uploaded to the room while it is made. */
  readonly upload?: boolean;
}

/** A room's recordings as this page has them: the room's, and those that only this browser has. */
export interface Recordings {
  /** What the room keeps; `watch` keeps it right. */
  readonly inRoom: ReadonlySignal<RecordingsState>;
  /** What this browser keeps of the room, the newest first; `watch` keeps it right. */
  readonly here: ReadonlySignal<readonly KeptRecording[]>;
  /** Those on their way into the room, by the recording's id. */
  readonly uploads: ReadonlySignal<ReadonlyMap<string, UploadState>>;

  /** Has `inRoom` and `here` loaded, and kept right, until `signal` aborts. Hosts only. */
  watch(signal: AbortSignal): void;
  /**
   * Starts to record; everybody in the call is told first. With `browser`, this page records, and its
   * browser keeps the recording until somebody uploads or deletes it.
   */
  start(wish?: RecordingWish): Promise<void>;
  /** Stops what runs, whoever started it. Of one of this page, resolves when all of it is kept. */
  stop(): Promise<void>;
  /** Agrees to be in the recording that runs. */
  agree(): Promise<void>;
  /** A link to one that the room keeps; with `inline=1` it is shown in place, not downloaded. */
  open(id: string): Promise<Answer<'recording-open'>>;
  /** Deletes one that the room keeps. */
  delete(id: string): Promise<void>;
  /** The bytes of one that this browser keeps. */
  read(id: string): Promise<Blob>;
  /** Deletes one that this browser keeps. */
  remove(id: string): Promise<void>;
  /**
   * Uploads one that this browser keeps into the room; `uploads` says how far it has come. What
   * breaks off goes on by itself. Resolves when it is complete, failed or cancelled.
   */
  upload(id: string): Promise<void>;
  /** Gives up an upload. The recording itself stays in this browser. */
  cancelUpload(id: string): Promise<void>;
}

/** A store's part about recordings. */
export interface RecordingStore {
  /** Whether the call is recorded; undefined when nobody is in it here. */
  readonly recording: ReadonlySignal<RecordingState | undefined>;
  /** The room's recordings, and what makes them. Fetched on first use. */
  recordings(): Promise<Recordings>;
}
