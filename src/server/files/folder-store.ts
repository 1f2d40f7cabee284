import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { type Bytes, type ByteStore, checkKey, type Draft, type Save } from './byte-store.ts';

const DRAFT = '.part';

/** Bytes in a folder of this machine, or of a disk that all instances share. */
export class FolderStore implements ByteStore {
  readonly #folder: string;

  /** It is made with the first bytes. */
  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  async settle(key: string): Promise<Draft> {
    // What is on the disk counts: a process that died had no time to say how much that is.
    const size = (await sizeOf(this.#draft(key))) ?? (await sizeOf(this.#path(key)));
    return { size: size ?? 0 };
  }

  async append(key: string, { size }: Draft, bytes: Bytes, save: Save): Promise<Draft> {
    const path = this.#draft(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    let draft: Draft = { size };
    try {
      await file.truncate(size);
      for await (const chunk of bytes) {
        await writeAll(file, chunk);
        draft = { size: draft.size + chunk.length };
      }
    } finally {
      await file.datasync().finally(() => file.close());
    }
    await save(draft);
    return draft;
  }

  async complete(key: string, { size }: Draft): Promise<void> {
    const path = this.#path(key);
    if ((await sizeOf(path)) !== undefined) return;
    // One without a byte was never begun.
    if (size === 0) await this.append(key, { size }, nothing(), () => Promise.resolve());
    await rename(this.#draft(key), path);
  }

  async read(
    key: string,
    range?: { start: number; end: number },
  ): Promise<ReadableStream<Uint8Array>> {
    const file = await open(this.#path(key));
    if (range && range.end <= range.start) {
      await file.close();
      return new ReadableStream({ start: (controller) => controller.close() });
    }
    const slice = range && { start: range.start, end: range.end - 1 };
    const stream = createReadStream('', { fd: file, ...slice });
    return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
  }

  async delete(key: string): Promise<void> {
    await rm(this.#draft(key), { force: true });
    await rm(this.#path(key), { force: true });
  }

  async *list(prefix: string): AsyncGenerator<string> {
    // A prefix may end in the middle of a name; its folders are whole.
    const whole = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    if (whole) checkKey(whole.slice(0, -1));
    for (const path of await filesBelow(join(this.#folder, whole))) {
      const file = relative(this.#folder, path).split(sep).join('/');
      const key = file.endsWith(DRAFT) ? file.slice(0, -DRAFT.length) : file;
      if (key.startsWith(prefix)) yield key;
    }
  }

  #path(key: string): string {
    return join(this.#folder, checkKey(key));
  }

  #draft(key: string): string {
    return this.#path(key) + DRAFT;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // No bytes.
}

/** A disk that is nearly full takes a part of what it is given. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, written);
    written += bytesWritten;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
