/**
 * Where bytes lie: a folder or an S3 bucket, behind one interface. What they are, whose, and who may
 * have them is the database's business; here they have a key. Keys are ours, random, and made of
 * `a-z A-Z 0-9 _ - /`, and end in `.mp4` where LiveKit's Egress writes them; no name that a person gave is ever part of one.
 */
export interface ByteStore {
  /**
   * How far a draft has come: what was kept of it, or more when the process died while it wrote.
   * Append from there.
   */
  settle(key: string, draft: Draft): Promise<Draft>;
  /**
   * Adds to a draft as the bytes come, in little memory. `save` is called whenever more of them are
   * safe than were; when it rejects, nothing more is written. What came before `bytes` broke off is
   * kept, and then it rejects with what broke it off.
   */
  append(key: string, draft: Draft, bytes: Bytes, save: Save): Promise<Draft>;
  /** Makes the whole of a draft. Doing it twice does no harm. */
  complete(key: string, draft: Draft): Promise<void>;
  /** @param range The first byte, and the one after the last. */
  read(key: string, range?: { start: number; end: number }): Promise<ReadableStream<Uint8Array>>;
  /** Whether it was complete or a draft, there is nothing of it after this. */
  delete(key: string, draft?: Draft): Promise<void>;
  /** Keys that begin so, drafts included. */
  list(prefix: string): AsyncIterable<string>;
}

export type Bytes = AsyncIterable<Uint8Array>;
export type Save = (draft: Draft) => Promise<void>;

/** How far something has been written. Kept by whoever writes it; only the store looks inside. */
export interface Draft {
  /** Bytes that are safe. */
  readonly size: number;
  /** With S3: the multipart upload, and its parts. */
  readonly upload?: string;
  readonly parts?: readonly { readonly partNumber: number; readonly etag: string }[];
  /** With S3: how many of the bytes are too few for a part and lie beside. */
  readonly tail?: number;
}

export const NEW_DRAFT: Draft = Object.freeze({ size: 0 });

/** @throws TypeError for what can't be one of ours. */
export function checkKey(key: string): string {
  if (/^[\w-]+(\/[\w-]+)*(\.mp4)?$/.test(key)) return key;
  throw new TypeError('That is no key of the byte store.');
}
