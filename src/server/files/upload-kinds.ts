import { MeetingError } from '../../protocol/meeting-error.ts';
import { changeAs, type Call, type Parts } from '../routes/context.ts';
import type { Change } from '../rules/change.ts';
import { demand } from '../rules/demand.ts';
import { addUpload, completeUpload, deleteFile, findFile, notFound } from '../rules/files.ts';
import { type Seated, toParticipant } from '../rules/people.ts';
import { findRecording, noRecording } from '../rules/recording-rows.ts';
import {
  beginRecordingUpload,
  dropRecordingUpload,
  keepRecording,
} from '../rules/recording-uploads.ts';
import type { Room } from '../storage/tables.ts';
import { finishBytes } from './finish-bytes.ts';
import { FileUploads, RecordingUploads, type UploadTable } from './upload-tables.ts';

/** What somebody wants to upload, as tus tells it. */
export interface Wanted {
  readonly id: string;
  /** Undefined when it will be said later. */
  readonly size: number | undefined;
  readonly metadata: Readonly<Record<string, string | null>>;
}

/** What may be uploaded, and what becomes of it. */
export interface UploadKind {
  readonly table: UploadTable;
  /** What one may have at most, in bytes. */
  readonly most: number;
  /** Whether somebody may send it now. @throws MeetingError when not. */
  demand(room: Room, by: Seated): void;
  begin(change: Change, stay: Seated, wanted: Wanted): Promise<void>;
  /**
   * How large it is when it is complete; undefined while it is on its way.
   * @throws MeetingError `…-not-found` unless it is theirs.
   */
  find(room: Room, stay: Seated, id: string): Promise<number | undefined>;
  /** All bytes came: whoever hears of success finds it in the room. */
  complete(call: Call, room: Room, id: string): Promise<void>;
  drop(change: Change, stay: Seated, id: string): Promise<unknown>;
  notFound(): MeetingError;
}

export class FileKind implements UploadKind {
  readonly table: UploadTable;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.table = new FileUploads(parts.ports);
  }

  get most(): number {
    return this.#parts.ports.policy.files.fileBytes;
  }

  demand({ presenter_mode: presenterMode }: Room, by: Seated): void {
    demand('file-upload', { by, presenterMode });
  }

  async begin(change: Change, stay: Seated, { id, size, metadata }: Wanted): Promise<void> {
    if (size === undefined) {
      throw new MeetingError('upload-refused', 'How large a file is must be said at first.');
    }
    await addUpload(change, stay, { id, name: metadata['filename'] ?? '', size });
  }

  async find(room: Room, { person }: Seated, id: string): Promise<number | undefined> {
    const file = await findFile(this.#parts.ports.storage.db, room.id, id);
    if (file?.person !== person) throw notFound();
    return file.ready_at === null ? undefined : file.size;
  }

  async complete(call: Call, room: Room, id: string): Promise<void> {
    const { ports, bytes } = this.#parts;
    const file = await findFile(ports.storage.db, room.id, id);
    if (!file?.draft) throw notFound();
    const { key, draft } = file;
    const { type, image } = await finishBytes(bytes, key, draft);
    await complete(this.#parts, call, { roomId: room.id, key }, (change) =>
      completeUpload(change, { id, type, image }),
    );
  }

  drop(change: Change, stay: Seated, id: string): Promise<unknown> {
    return deleteFile(change, { stay }, { id });
  }

  notFound = notFound;
}

export class RecordingKind implements UploadKind {
  readonly table: UploadTable;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.table = new RecordingUploads(parts.ports);
  }

  get most(): number {
    return this.#parts.ports.policy.recordings.fileBytes;
  }

  demand(_: Room, by: Seated): void {
    demand('recording-upload', { by });
  }

  begin(change: Change, stay: Seated, { id, size, metadata }: Wanted): Promise<void> {
    const said = Number(metadata['duration'] ?? NaN);
    const duration = said >= 0 && said < MAX_DURATION ? Math.round(said) : undefined;
    return beginRecordingUpload(change, stay, { id, size, duration });
  }

  async find(room: Room, { person }: Seated, id: string): Promise<number | undefined> {
    const row = await findRecording(this.#parts.ports.storage.db, room.id, id);
    const isTheirs = row?.person === person && row.recorder === 'browser';
    if (!isTheirs || row.key === null) throw noRecording();
    return row.state === 'kept' ? row.size : undefined;
  }

  async complete(call: Call, room: Room, id: string): Promise<void> {
    const { ports, bytes } = this.#parts;
    const row = await findRecording(ports.storage.db, room.id, id);
    if (!row?.draft || row.key === null) throw noRecording();
    const { key } = row;
    const { size, type } = await finishBytes(bytes, key, row.draft);
    await complete(this.#parts, call, { roomId: room.id, key }, (change, stay) => {
      this.demand(change.room, stay);
      return keepRecording(change, { id, key, size, type }, toParticipant(stay));
    });
  }

  drop(change: Change, stay: Seated, id: string): Promise<unknown> {
    return dropRecordingUpload(change, stay, { id });
  }

  notFound = noRecording;
}

/** No recording is longer, ms. */
const MAX_DURATION = 1_000_000_000;

const isGone = (error: unknown): boolean =>
  error instanceof MeetingError && /^(file|recording)-not-found$/.test(error.code);

/** Says that bytes are complete. Deleted at the very last moment, what was put together is nobody's. */
async function complete(
  parts: Parts,
  call: Call,
  { roomId, key }: { roomId: string; key: string },
  rule: (change: Change, stay: Seated) => Promise<unknown>,
): Promise<void> {
  try {
    await changeAs(parts, call, 'session', rule);
  } catch (error) {
    if (isGone(error)) {
      await parts.commits.change({ id: roomId }, async (change) =>
        change.effect({ kind: 'bytes.delete', payload: { objects: [{ key }] } }),
      );
    }
    throw error;
  }
}
