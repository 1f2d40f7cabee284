import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ByteStore, type Draft, NEW_DRAFT } from '../../src/server/files/byte-store.ts';
import { FolderStore } from '../../src/server/files/folder-store.ts';
import { S3Store } from '../../src/server/files/s3-store.ts';
import { type S3Gateway, startS3 } from '../s3-gateway.ts';
import { newFolder } from './support/folders.ts';
import { collect, pattern } from './support/uploader.ts';

const MB = 1_000_000;

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

const STORES = [
  { name: 'a folder', open: async () => new FolderStore(await newFolder()) },
  { name: 'S3', open: () => Promise.resolve(new S3Store(s3)) },
];

async function* chunks(bytes: Uint8Array, size = 64_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* breakingOff(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* chunks(bytes);
  throw new Error('the line broke');
}

async function all(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer());
}

async function keys(store: ByteStore, prefix: string): Promise<Set<string>> {
  return new Set(await collect(store.list(prefix)));
}

describe.each(STORES)('Bytes in $name', ({ open }) => {
  let store: ByteStore;
  let kept: Draft = NEW_DRAFT;
  let number = 0;
  const save = (draft: Draft): Promise<void> => {
    kept = draft;
    return Promise.resolve();
  };
  const newKey = (): string => `files/test/k${++number}`;

  beforeAll(async () => {
    store = await open();
  });

  it.each([0, 1, 5 * MB, 20 * MB])('come back as they were: %i', async (size) => {
    const key = newKey();
    const bytes = pattern(size);
    const draft = await store.append(key, NEW_DRAFT, chunks(bytes), save);
    expect(draft.size).toBe(size);
    await store.complete(key, draft);
    // A crash right after may have it done again.
    await store.complete(key, draft);
    expect((await all(await store.read(key))).equals(bytes)).toBe(true);
    expect(await keys(store, key)).toEqual(new Set([key]));
    await store.delete(key);
    expect(await keys(store, key)).toEqual(new Set());
  });

  it('are read from the middle', async () => {
    const key = newKey();
    const bytes = pattern(300_000);
    await store.complete(key, await store.append(key, NEW_DRAFT, chunks(bytes), save));
    const some = await all(await store.read(key, { start: 100_001, end: 200_002 }));
    expect(some.equals(bytes.subarray(100_001, 200_002))).toBe(true);
    expect((await all(await store.read(key, { start: 7, end: 7 }))).length).toBe(0);
  });

  it('go on where a line broke, however often, in pieces of any size', async () => {
    const key = newKey();
    const bytes = pattern(19 * MB + 17);
    kept = NEW_DRAFT;
    for (const end of [1_000, 4 * MB, 4 * MB, 13 * MB, 18 * MB]) {
      const draft = await store.settle(key, kept);
      await expect(
        store.append(key, draft, breakingOff(bytes.subarray(draft.size, end)), save),
      ).rejects.toThrow('the line broke');
      // A folder has it on disk; S3 says so by what it saved.
      expect((await store.settle(key, kept)).size).toBe(end);
    }
    const draft = await store.settle(key, kept);
    const whole = await store.append(key, draft, chunks(bytes.subarray(draft.size)), save);
    await store.complete(key, whole);
    expect((await all(await store.read(key))).equals(bytes)).toBe(true);
  });

  it('are given up without a trace', async () => {
    const key = newKey();
    const draft = await store.append(key, NEW_DRAFT, chunks(pattern(9 * MB)), save);
    expect(await keys(store, key)).toEqual(new Set([key]));
    await store.delete(key, draft);
    await store.delete(key, draft);
    expect(await keys(store, key)).toEqual(new Set());
  });

  it('are not written on when nobody may say so any more', async () => {
    const key = newKey();
    const refuse = (): Promise<void> => Promise.reject(new Error('somebody else writes'));
    const writing = store.append(key, NEW_DRAFT, chunks(pattern(17 * MB)), refuse);
    await expect(writing).rejects.toThrow('somebody else writes');
  });

  it('are listed by how their keys begin', async () => {
    for (const key of ['rec/a/1', 'rec/a/2', 'rec/b/1']) {
      await store.complete(key, await store.append(key, NEW_DRAFT, chunks(pattern(3)), save));
    }
    expect(await keys(store, 'rec/a/')).toEqual(new Set(['rec/a/1', 'rec/a/2']));
    expect(await keys(store, 'rec/')).toEqual(new Set(['rec/a/1', 'rec/a/2', 'rec/b/1']));
    expect(await keys(store, 'nothing/')).toEqual(new Set());
  });

  it.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', 'a b', '', 'a\0b', 'C:\\x', 'files/'])(
    'abuse 52: have no key %j',
    async (key) => {
      await expect(store.read(key)).rejects.toThrow(TypeError);
      await expect(store.delete(key)).rejects.toThrow(TypeError);
      const writing = async () => store.append(key, NEW_DRAFT, chunks(pattern(1)), save);
      await expect(writing()).rejects.toThrow(TypeError);
    },
  );
});
