import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { UPLOAD_TTL } from '../../protocol/limits.ts';
import type { Ports } from '../rules/change.ts';
import { notFound } from '../rules/files.ts';
import { newId } from '../secrets.ts';
import type { ByteStore, Draft } from './byte-store.ts';

/** Uploads as tus knows them: how far each has come is in the database, the bytes in the byte store. */
export class UploadStore extends DataStore {
  readonly #ports: Ports;
  readonly #bytes: ByteStore;

  constructor(ports: Ports, bytes: ByteStore) {
    super();
    this.#ports = ports;
    this.#bytes = bytes;
    this.extensions = ['creation'];
  }

  override async getUpload(id: string): Promise<Upload> {
    const { key, size, draft } = await this.#read(id);
    const settled = await reach(() => this.#bytes.settle(key, draft));
    return new Upload({ id, size, offset: settled.size });
  }

  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const { key, draft } = await this.#read(id);
    const settled = await reach(() => this.#bytes.settle(key, draft));
    if (settled.size !== offset) throw elsewhere();
    const writer = newId('w');
    await this.#keep(id, { writer });
    let broken: { error: unknown } | undefined;
    // What breaks off with who sends is not the fault of where it goes.
    const noted = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* bytes as AsyncIterable<Uint8Array>;
      } catch (error) {
        broken = { error };
        throw error;
      }
    };
    const save = (draft: Draft): Promise<void> => this.#keep(id, { draft }, writer);
    const written = await reach(
      () => this.#bytes.append(key, settled, noted(), save),
      () => broken?.error,
    );
    return written.size;
  }

  async #read(id: string): Promise<{ key: string; size: number; draft: Draft }> {
    const file = await this.#ports.storage.db
      .selectFrom('files')
      .select(['key', 'size', 'draft'])
      .where('id', '=', id)
      .where('ready_at', 'is', null)
      .executeTakeFirst();
    if (!file?.draft) throw notFound();
    return { ...file, draft: file.draft };
  }

  /**
   * Says how far it has come, or who writes from now on.
   * @throws MeetingError `upload-elsewhere` when another request writes it, or it is gone.
   */
  async #keep(id: string, change: { writer: string } | { draft: Draft }, writer?: string) {
    const { storage, clock } = this.#ports;
    const query = storage.db
      .updateTable('files')
      .set({ ...change, expires_at: clock.now() + UPLOAD_TTL })
      .where('id', '=', id)
      .where('ready_at', 'is', null);
    const { numUpdatedRows } = await (
      writer === undefined ? query : query.where('writer', '=', writer)
    ).executeTakeFirst();
    if (numUpdatedRows === 0n) throw elsewhere();
  }
}

const elsewhere = (): MeetingError =>
  new MeetingError('upload-elsewhere', 'The upload stands elsewhere: ask how far it has come.');

/**
 * Does what needs the byte store. What it throws, but for what `excused` says, means that it is away.
 * @throws MeetingError `files-unreachable`.
 */
export async function reach<T>(
  act: () => Promise<T>,
  excused: () => unknown = () => undefined,
): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof MeetingError || cause === excused()) throw cause;
    throw new MeetingError('files-unreachable', 'The files could not be reached.', {
      cause,
      retryAfter: 2,
    });
  }
}
