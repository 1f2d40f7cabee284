import { S3mini } from 's3mini';
import {
  type Bytes,
  type ByteStore,
  checkKey,
  type Draft,
  NEW_DRAFT,
  type Save,
} from './byte-store.ts';

/** A bucket of an S3-compatible service. */
export interface S3Options {
  /** The service's base, `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: string;
  bucket: string;
  /** Default `us-east-1`, which services other than Amazon's mostly ignore. */
  region?: string | undefined;
  accessKeyId: string;
  secretAccessKey: string;
}

/** What is kept in memory of one upload; S3 takes no part but the last below 5 MiB. */
const PART_BYTES = 8 * 1_024 * 1_024;
const TYPE = 'application/octet-stream';
/** A service that has not begun to answer by then counts as away, ms. A part must fit into it. */
const TIMEOUT = 60_000;

/**
 * Bytes in a bucket. What is written becomes the parts of a multipart upload as it comes; what is
 * too little for a part lies beside, in an object of its own, until more comes.
 */
export class S3Store implements ByteStore {
  readonly #s3: S3mini;

  constructor({ endpoint, bucket, region = 'us-east-1', ...credentials }: S3Options) {
    this.#s3 = new S3mini({
      ...credentials,
      region,
      endpoint: `${endpoint.replace(/\/+$/, '')}/${bucket}`,
      fetch: fetchInTime,
    });
  }

  /** Every part was kept when it was written. */
  settle(_key: string, draft: Draft): Promise<Draft> {
    return Promise.resolve(draft);
  }

  async append(key: string, draft: Draft, bytes: Bytes, save: Save): Promise<Draft> {
    checkKey(key);
    const tail = await this.#readTail(key, draft);
    const writing = new PartWriter(this.#s3, key, draft, tail, save);
    try {
      for await (const chunk of bytes) await writing.add(chunk);
    } catch (error) {
      await writing.end();
      throw error;
    }
    return writing.end();
  }

  async complete(key: string, draft: Draft): Promise<void> {
    checkKey(key);
    const { upload, parts = [] } = draft;
    if (await this.#isWhole(key, draft)) return this.#dropTail(key, draft);
    const tail = await this.#readTail(key, draft);
    if (upload === undefined) {
      await this.#s3.putObject(key, tail, TYPE);
    } else {
      const partNumber = parts.length + 1;
      const last =
        tail.length > 0 ? [await this.#s3.uploadPart(key, upload, tail, partNumber)] : [];
      await this.#s3.completeMultipartUpload(key, upload, [...parts, ...last]);
      // Some services say 200 first, and in the body that it failed.
      if (!(await this.#isWhole(key, draft))) throw new Error('S3 did not put the parts together.');
    }
    await this.#dropTail(key, draft);
  }

  async read(
    key: string,
    range?: { start: number; end: number },
  ): Promise<ReadableStream<Uint8Array>> {
    checkKey(key);
    if (range && range.end <= range.start) {
      return new ReadableStream({ start: (controller) => controller.close() });
    }
    const { body } = await (range
      ? this.#s3.getObjectRaw(key, false, range.start, range.end)
      : this.#s3.getObjectRaw(key));
    return body ?? new ReadableStream({ start: (controller) => controller.close() });
  }

  async delete(key: string, { upload }: Draft = NEW_DRAFT): Promise<void> {
    checkKey(key);
    if (upload !== undefined && !(await this.#s3.objectExists(key))) {
      await this.#abort(key, upload);
    }
    await this.#s3.deleteObject(tailOf(key));
    await this.#s3.deleteObject(key);
  }

  async *list(prefix: string): AsyncGenerator<string> {
    let next: string | undefined;
    do {
      const page = await this.#s3.listObjectsPaged('/', prefix, 1_000, next);
      for (const { Key } of page?.objects ?? []) {
        yield Key.endsWith(TAIL) ? Key.slice(0, -TAIL.length) : Key;
      }
      next = page?.nextContinuationToken;
    } while (next !== undefined);
    yield* this.#listUploads(prefix);
  }

  async *#listUploads(prefix: string): AsyncGenerator<string> {
    const answer: unknown = await this.#s3.listMultipartUploads('/', prefix, 'GET', { prefix });
    for (const key of keysIn(answer)) if (key.startsWith(prefix)) yield key;
  }

  /** One that was completed or aborted already is as good as aborted. */
  async #abort(key: string, upload: string): Promise<void> {
    try {
      await this.#s3.abortMultipartUpload(key, upload);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  async #isWhole(key: string, { size }: Draft): Promise<boolean> {
    if (!(await this.#s3.objectExists(key))) return false;
    return (await this.#s3.getContentLength(key)) === size;
  }

  async #readTail(key: string, { tail = 0 }: Draft): Promise<Buffer> {
    if (tail === 0) return Buffer.alloc(0);
    const response = await this.#s3.getObjectRaw(tailOf(key));
    // What was written and not kept any more comes again.
    return Buffer.from(await response.arrayBuffer()).subarray(0, tail);
  }

  async #dropTail(key: string, { tail = 0 }: Draft): Promise<void> {
    if (tail > 0) await this.#s3.deleteObject(tailOf(key));
  }
}

const TAIL = '.tail';
const tailOf = (key: string): string => key + TAIL;

/** Gathers bytes until they make a part. */
class PartWriter {
  readonly #s3: S3mini;
  readonly #key: string;
  readonly #save: Save;
  #draft: Draft;
  #waiting: Uint8Array[];
  #size: number;

  constructor(s3: S3mini, key: string, draft: Draft, tail: Buffer, save: Save) {
    this.#s3 = s3;
    this.#key = key;
    this.#save = save;
    this.#draft = draft;
    this.#waiting = tail.length > 0 ? [tail] : [];
    this.#size = tail.length;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#size += chunk.length;
    if (this.#size >= PART_BYTES) await this.#writePart();
  }

  /** Puts what is left over beside the parts. */
  async end(): Promise<Draft> {
    const { tail = 0, size } = this.#draft;
    if (this.#size === tail) return this.#draft;
    await this.#s3.putObject(tailOf(this.#key), Buffer.concat(this.#waiting), TYPE);
    return this.#keep({ ...this.#draft, size: size - tail + this.#size, tail: this.#size });
  }

  async #writePart(): Promise<void> {
    const { parts = [], tail = 0, size } = this.#draft;
    const upload = this.#draft.upload ?? (await this.#s3.getMultipartUploadId(this.#key, TYPE));
    // Before a byte is in it: whoever deletes the draft must know of it.
    if (this.#draft.upload === undefined) await this.#keep({ ...this.#draft, upload });
    const bytes = Buffer.concat(this.#waiting);
    const part = await this.#s3.uploadPart(this.#key, upload, bytes, parts.length + 1);
    this.#waiting = [];
    this.#size = 0;
    await this.#keep({
      upload,
      size: size - tail + bytes.length,
      parts: [...parts, { partNumber: parts.length + 1, etag: part.etag }],
      tail: 0,
    });
  }

  async #keep(draft: Draft): Promise<Draft> {
    await this.#save(draft);
    this.#draft = draft;
    return draft;
  }
}

/** Only until the answer begins: what is downloaded may take as long as who downloads it. */
async function fetchInTime(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('S3 did not answer in time.')), TIMEOUT);
  try {
    return await fetch(input, { ...init, signal: late.signal });
  } finally {
    clearTimeout(timer);
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && /NoSuchUpload|NoSuchKey|404/.test(`${error.message} ${codeOf(error)}`);

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** Every `key` in an answer whose nesting differs from service to service. */
function keysIn(answer: unknown): string[] {
  if (Array.isArray(answer)) return answer.flatMap(keysIn);
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) =>
    name.toLowerCase() === 'key' && typeof value === 'string' ? [value] : keysIn(value),
  );
}
