import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { type S3Gateway, startS3 } from '../s3-gateway.ts';
import { newFolder } from './support/folders.ts';
import { NO_LIVEKIT } from './support/server.ts';
import { ServerChild } from './support/server-child.ts';
import { newDatabase, seedFolder } from './support/storages.ts';
import { entryToken, newRoom, newVisitor } from './support/tokens.ts';
import { idOf, Uploader } from './support/uploader.ts';

/** `FULL=1` sends as much as is promised; else enough to fill every buffer on the way. */
const SIZE = process.env['FULL'] ? 1_000_000_000 : 600_000_000;
/** A busy machine takes its time, ms. */
const PATIENCE = process.env['FULL'] ? 900_000 : 240_000;
const CHUNK = 1_000_000;
/**
 * How much more memory the rest of an upload may take than its first part did: less than what comes
 * in it (240 MB of the 300 after the kill), so that whoever keeps it all is found out, and more than
 * a busy machine leaves to its garbage collector.
 */
const FLAT = 150_000_000;

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

/** The same pseudo-random megabyte, told apart by its place. */
function chunk(index: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CHUNK).fill(index & 0xff);
  new DataView(bytes.buffer).setUint32(0, index);
  return bytes;
}

/** All from `offset` on, as fast as it is taken; `sent` hears how far that is. */
function from(offset: number, sent: (bytes: number) => void): ReadableStream<Uint8Array> {
  let at = offset;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= SIZE) return controller.close();
        const whole = chunk(Math.floor(at / CHUNK));
        const rest = whole.subarray(at % CHUNK);
        controller.enqueue(rest);
        at += rest.length;
        sent(at);
      },
    },
    { highWaterMark: 0 },
  );
}

function expected(): string {
  const hash = createHash('sha256');
  for (let index = 0; index * CHUNK < SIZE; index++) hash.update(chunk(index));
  return hash.digest('hex');
}

/** What a process has in memory, in bytes; undefined where the system does not say. */
async function memoryOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

describe.each(['PGlite and a folder', 'PostgreSQL and S3'])('An upload on %s', (place) => {
  let child: ServerChild;
  beforeAll(async () => {
    child = await ServerChild.prepare();
    const folder = await newFolder();
    const isLocal = place.startsWith('PGlite');
    if (isLocal) await seedFolder(`${folder}/data`);
    await child.start({
      LIVEKIT_URL: NO_LIVEKIT.url,
      LIVEKIT_API_KEY: NO_LIVEKIT.apiKey,
      LIVEKIT_API_SECRET: NO_LIVEKIT.apiSecret,
      ...(isLocal
        ? { MEETING_DATA: `${folder}/data`, MEETING_FILES: `${folder}/files` }
        : {
            DATABASE_URL: await newDatabase(),
            MEETING_S3_ENDPOINT: s3.endpoint,
            MEETING_S3_BUCKET: s3.bucket,
            MEETING_S3_REGION: s3.region ?? '',
            MEETING_S3_KEY_ID: s3.accessKeyId,
            MEETING_S3_SECRET: s3.secretAccessKey,
          }),
    });
  });
  afterAll(() => child.end());

  it(
    'goes on where it was after the server was killed in the middle, in flat memory',
    async () => {
      const room = newRoom();
      const token = await entryToken({ room, access: 'always', sub: 'max', name: 'Max' });
      const entered = await fetch(`${child.url}/rooms/${room}/call-enter`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ visitor: newVisitor(), entryToken: token }),
      });
      const { session } = (await entered.json()) as Entered;
      const sender = new Uploader(child.url, room, session);
      const url = await sender.create('large.bin', SIZE);

      let killed: Promise<unknown> | undefined;
      const broken = sender.patch(
        url,
        0,
        from(0, (at) => {
          if (at > SIZE / 2) killed ??= child.end();
        }),
      );
      await expect(broken).rejects.toThrow();
      await killed;
      await child.start();

      const offset = await sender.offset(url);
      console.log(`${place}: ${offset} of ${SIZE} bytes outlived the server`);
      expect(offset).toBeGreaterThan(SIZE / 10);
      const most = { first: 0, rest: 0 };
      let looking: Promise<void> = Promise.resolve();
      const look = (at: number): void => {
        const part = at - offset < (SIZE - offset) / 5 ? 'first' : 'rest';
        looking = looking.then(async () => {
          most[part] = Math.max(most[part], (await memoryOf(child.pid)) ?? 0);
        });
      };
      const done = await sender.patch(url, offset, from(offset, look));
      expect(done.status).toBe(204);
      await looking;
      const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
      console.log(
        `${place}: at most ${megabytes(most.first)} MB of memory at first, ${megabytes(most.rest)} MB then`,
      );
      expect(most.rest - most.first).toBeLessThan(FLAT);

      const opened = await fetch(`${child.url}/rooms/${room}/file-open`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
        body: JSON.stringify({ id: idOf(url) }),
      });
      const link = (await opened.json()) as { url: string };
      const hash = createHash('sha256');
      const { body } = await fetch(link.url);
      if (!body) throw new Error('The file has no bytes.');
      for await (const bytes of body) hash.update(bytes);
      expect(hash.digest('hex')).toBe(expected());
    },
    PATIENCE,
  );
});
