import { UPLOAD_TTL, RECORDING_UPLOAD_TTL } from '../../protocol/limits.ts';
import { changeRoom, type Ports } from '../rules/change.ts';
import { notFound } from '../rules/files.ts';
import { noRecording } from '../rules/recording-rows.ts';
import { growRecordingUpload, setRecordingLength } from '../rules/recording-uploads.ts';
import type { Draft } from './byte-store.ts';

/** An upload on its way, as its table has it. */
export interface UploadRow {
  readonly key: string;
  /** All that is to come; undefined while nobody knows. */
  readonly total: number | undefined;
  readonly draft: Draft;
}

/** Where uploads of one kind are written down. */
export interface UploadTable {
  /** @throws MeetingError `…-not-found` when it is none that is on its way. */
  read(id: string): Promise<UploadRow>;
  /** Says how far it has come, or who writes from now on. @returns whether it still may. */
  keep(
    id: string,
    change: { writer: string } | { draft: Draft },
    writer?: string,
  ): Promise<boolean>;
  /** Makes room for the next bytes, where the whole is not known. @returns how far it may come. */
  grow(id: string, need: number): Promise<number>;
  /** It is known from now on how much there is in all. */
  declare(id: string, total: number): Promise<void>;
}

/** Of files the whole is known from the beginning. */
export class FileUploads implements UploadTable {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async read(id: string): Promise<UploadRow> {
    const file = await this.#ports.storage.db
      .selectFrom('files')
      .select(['key', 'size', 'draft'])
      .where('id', '=', id)
      .where('ready_at', 'is', null)
      .executeTakeFirst();
    if (!file?.draft) throw notFound();
    return { key: file.key, total: file.size, draft: file.draft };
  }

  async keep(id: string, change: { writer: string } | { draft: Draft }, writer?: string) {
    const { storage, clock } = this.#ports;
    const query = storage.db
      .updateTable('files')
      .set({ ...change, expires_at: clock.now() + UPLOAD_TTL })
      .where('id', '=', id)
      .where('ready_at', 'is', null);
    const { numUpdatedRows } = await (
      writer === undefined ? query : query.where('writer', '=', writer)
    ).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async grow(id: string): Promise<number> {
    return (await this.read(id)).total ?? 0;
  }

  declare(): Promise<void> {
    return Promise.reject(new TypeError('The length of a file is said at first.'));
  }
}

/** A recording may come while it is made: then its length is said at the end. */
export class RecordingUploads implements UploadTable {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async read(id: string): Promise<UploadRow> {
    const { key, total, draft } = await this.#row(id);
    if (key === null || !draft) throw noRecording();
    return { key, total: total ?? undefined, draft };
  }

  async keep(id: string, change: { writer: string } | { draft: Draft }, writer?: string) {
    const { storage, clock } = this.#ports;
    const query = storage.db
      .updateTable('recordings')
      .set({ ...change, expires_at: clock.now() + RECORDING_UPLOAD_TTL })
      .where('id', '=', id)
      .where('draft', 'is not', null);
    const { numUpdatedRows } = await (
      writer === undefined ? query : query.where('writer', '=', writer)
    ).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async grow(id: string, need: number): Promise<number> {
    const { room_id } = await this.#row(id);
    return changeRoom(this.#ports, { id: room_id }, (change) =>
      growRecordingUpload(change, { id, need }),
    );
  }

  async declare(id: string, total: number): Promise<void> {
    const { room_id } = await this.#row(id);
    await changeRoom(this.#ports, { id: room_id }, (change) =>
      setRecordingLength(change, { id, total }),
    );
  }

  async #row(id: string) {
    const row = await this.#ports.storage.db
      .selectFrom('recordings')
      .select(['room_id', 'key', 'size', 'total', 'draft'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw noRecording();
    return row;
  }
}
