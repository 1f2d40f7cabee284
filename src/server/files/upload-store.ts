import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { newId } from '../secrets.ts';
import type { ByteStore } from './byte-store.ts';
import type { UploadTable } from './upload-tables.ts';

/** Uploads as tus knows them: how far each has come is in the database, the bytes in the byte store. */
export class UploadStore extends DataStore {
  readonly #tableOf: (id: string) => UploadTable;
  readonly #bytes: ByteStore;

  constructor(tableOf: (id: string) => UploadTable, bytes: ByteStore) {
    super();
    this.#tableOf = tableOf;
    this.#bytes = bytes;
    this.extensions = ['creation', 'creation-defer-length'];
  }

  override async getUpload(id: string): Promise<Upload> {
    const { key, total, draft } = await this.#tableOf(id).read(id);
    const { size: offset } = await reach(() => this.#bytes.settle(key, draft));
    return new Upload({ id, offset, ...(total !== undefined && { size: total }) });
  }

  override declareUploadLength(id: string, length: number): Promise<void> {
    return this.#tableOf(id).declare(id, length);
  }

  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const table = this.#tableOf(id);
    const { key, total, draft } = await table.read(id);
    const settled = await reach(() => this.#bytes.settle(key, draft));
    if (settled.size !== offset) throw elsewhere();
    const writer = newId('w');
    const keep = async (...change: Parameters<UploadTable['keep']>): Promise<void> => {
      if (!(await table.keep(...change))) throw elsewhere();
    };
    await keep(id, { writer });
    let broken: { error: unknown } | undefined;
    const grow = (need: number): Promise<number> => table.grow(id, need);
    // What breaks off with who sends is not the fault of where it goes.
    const noted = async function* (): AsyncGenerator<Uint8Array> {
      try {
        const coming = bytes as AsyncIterable<Uint8Array>;
        yield* total === undefined ? withinRoom(coming, offset, grow) : coming;
      } catch (error) {
        broken = { error };
        throw error;
      }
    };
    const written = await reach(
      () => this.#bytes.append(key, settled, noted(), (draft) => keep(id, { draft }, writer)),
      () => broken?.error,
    );
    return written.size;
  }
}

/** Passes on what there is room for, and has more room made for it as it comes. */
async function* withinRoom(
  bytes: AsyncIterable<Uint8Array>,
  offset: number,
  grow: (need: number) => Promise<number>,
): AsyncGenerator<Uint8Array> {
  let at = offset;
  let most = offset;
  for await (const chunk of bytes) {
    at += chunk.length;
    if (at > most) most = await grow(at);
    yield chunk;
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
