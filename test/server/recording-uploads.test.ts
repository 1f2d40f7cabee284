import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { openBytes } from '../../src/server/files/open-bytes.ts';
import type { ByteStore } from '../../src/server/files/byte-store.ts';
import { eventually } from '../e2e/eventually.ts';
import { optionsOf, type S3Gateway, startS3 } from '../s3-gateway.ts';
import { newFolder } from './support/folders.ts';
import { PNG_HTML } from './support/pictures.ts';
import { TestServer, type TestServerOptions } from './support/server.ts';
import { newDatabase, seedFolder } from './support/storages.ts';
import { newRecordingId, newRoom } from './support/tokens.ts';
import { codeOf, collect, pattern, Uploader } from './support/uploader.ts';
import { webm } from './support/webm.ts';

const LIMITS = { fileBytes: 30_000_000, roomBytes: 50_000_000 };

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

const PLACES = [
  {
    name: 'PGlite and a folder',
    open: async () => {
      const folder = await newFolder();
      await seedFolder(`${folder}/data`);
      return { storage: { folder: `${folder}/data` }, files: { folder: await newFolder() } };
    },
  },
  {
    name: 'PostgreSQL and S3',
    open: async () => ({ storage: { url: await newDatabase() }, files: { s3: optionsOf(s3) } }),
  },
];

describe.each(PLACES)('Recordings in the room, on $name', ({ open }) => {
  let server: TestServer;
  let options: Required<Pick<TestServerOptions, 'storage' | 'files'>>;
  let bytes: ByteStore;
  beforeAll(async () => {
    options = await open();
    bytes = openBytes(options);
    server = await TestServer.start({ ...options, recordings: { limits: LIMITS } });
    server.log.forbid(s3.secretAccessKey);
  });
  afterAll(() => server.close());

  async function enter(room: string, sub: string, access: 'host' | 'always' = 'host') {
    return (await server.enter(room, { access, sub, name: sub })).body;
  }
  const sender = (room: string, { session }: Entered) => new Uploader(server.url, room, session);
  async function record(room: string, { session }: Entered, isOver = true): Promise<string> {
    const id = newRecordingId();
    await server.ask('recording-start', room, { id, recorder: 'browser' }, session);
    if (isOver) await server.ask('recording-stop', room, { id }, session);
    return id;
  }
  async function list(room: string, { session }: Entered) {
    return (await server.ask('recording-list', room, {}, session)).body;
  }
  async function open_(room: string, { session }: Entered, id: string): Promise<string> {
    const { body } = await server.ask('recording-open', room, { id }, session);
    server.log.forbid(new URL(body.url).searchParams.get('link') ?? '');
    return body.url;
  }
  const keysIn = (): Promise<string[]> => collect(bytes.list('recordings/'));
  async function expectNoBytes(before: readonly string[] = []): Promise<void> {
    await eventually('the bytes are gone', async () => (await keysIn()).length === before.length);
  }

  it('are brought by who recorded, listed, and played by any host, with seeking', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const olga = await enter(room, 'olga');
    const id = await record(room, hanna);
    const sent = webm(3_000_000);
    const up = sender(room, hanna);
    const url = await up.beginRecording(id, sent.length, 61_500);
    expect(url).toMatch(new RegExp(`/uploads/${id}$`));
    expect((await list(room, olga)).recordings).toEqual([]);
    expect((await up.patch(url, 0, sent)).status).toBe(204);
    const { recordings, usage, limits } = await list(room, olga);
    expect(recordings).toMatchObject([
      { id, state: 'kept', size: sent.length, type: 'video/webm', duration: 61_500 },
    ]);
    expect(recordings[0]?.name).toMatch(/^room-\w+ \d{4}-\d\d-\d\d \d\d-\d\d\.webm$/);
    expect({ usage, limits }).toEqual({
      usage: { bytes: sent.length, recordings: 1 },
      limits: LIMITS,
    });
    const link = await open_(room, olga, id);
    const range = { range: 'bytes=2000000-2000999' };
    const part = await fetch(`${link}&inline=1`, { headers: range });
    expect(Object.fromEntries(part.headers)).toMatchObject({
      'content-type': 'video/webm',
      'content-range': `bytes 2000000-2000999/${sent.length}`,
      'content-disposition': expect.stringMatching(/^inline; /),
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
      'x-content-type-options': 'nosniff',
    });
    const got = Buffer.from(await part.arrayBuffer());
    expect(got.equals(sent.subarray(2_000_000, 2_001_000))).toBe(true);
    const whole = await fetch(link);
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment; .*\.webm$/);
    expect(Buffer.from(await whole.arrayBuffer()).equals(sent)).toBe(true);
    const told = await server.ask('events', room, { after: '0' }, olga.session);
    const [recording] = recordings;
    expect(told.body.events).toContainEqual(
      expect.objectContaining({ type: 'recording-added', recording }),
    );
  });

  it('come while they are made, and are whole once their length is said', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const id = await record(room, hanna, false);
    const sent = webm(400_000);
    const up = sender(room, hanna);
    const url = await up.beginRecording(id);
    expect((await up.patch(url, 0, sent.subarray(0, 150_000))).status).toBe(204);
    const head = await up.ask('HEAD', url);
    expect(head.headers.get('upload-defer-length')).toBe('1');
    expect(head.headers.get('upload-offset')).toBe('150000');
    expect((await up.patch(url, 150_000, sent.subarray(150_000))).status).toBe(204);
    await server.ask('recording-stop', room, { id }, hanna.session);
    expect((await list(room, hanna)).recordings).toEqual([]);
    const none = new Uint8Array();
    expect((await up.patch(url, sent.length, none, { length: sent.length })).status).toBe(204);
    expect((await list(room, hanna)).recordings).toMatchObject([{ id, size: sent.length }]);
    // Whoever did not hear that it is whole is told so again.
    expect(await up.offset(url)).toBe(sent.length);
    const again = await up.tryRecording(id, sent.length);
    expect(await codeOf(again)).toBe('upload-elsewhere');
  });

  it('that are whole before they were stopped are over by that', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const id = await record(room, hanna, false);
    await sender(room, hanna).sendRecording(id, webm(10_000));
    const { body } = await server.ask('events', room, { after: '0' }, hanna.session);
    expect(body.events.slice(-2)).toMatchObject([
      { type: 'recording-stopped', reason: 'stopped' },
      { type: 'recording-added', recording: { id, state: 'kept' } },
    ]);
  });

  it('are what their bytes say, and what plays is all that is shown in place', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const id = await record(room, hanna);
    await sender(room, hanna).sendRecording(id, new Uint8Array(Buffer.from(PNG_HTML)));
    const response = await fetch(`${await open_(room, hanna, id)}&inline=1`);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    await response.body?.cancel();
  });

  it('abuse 57: are nobody’s but the hosts’ who are in, by id, link or upload', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const olga = await enter(room, 'olga');
    const max = await enter(room, 'max', 'always');
    const other = newRoom();
    const stranger = await enter(other, 'hanna');
    const id = await record(room, hanna);
    const up = sender(room, hanna);
    const url = await up.beginRecording(id, 40_000);
    // Another host brings nothing of it, nor takes it away; nor does who is host elsewhere.
    for (const stay of [olga, max]) {
      const theirs = sender(room, stay);
      expect(await codeOf(await theirs.patch(url, 0, pattern(10)))).toBe('recording-not-found');
      expect(await codeOf(await theirs.ask('DELETE', url))).toBe('recording-not-found');
    }
    expect(await codeOf(await sender(room, max).tryRecording(id, 10))).toBe('not-host');
    expect(await codeOf(await sender(room, olga).tryRecording(id, 10))).toBe('recording-not-found');
    const elsewhere = sender(other, stranger);
    expect(await codeOf(await elsewhere.tryRecording(id, 10))).toBe('recording-not-found');
    expect(await codeOf(await elsewhere.tryRecording('../../etc', 10))).toBe('recording-not-found');
    expect((await up.patch(url, 0, webm(40_000))).status).toBe(204);
    const found = await server.ask('recording-open', other, { id }, stranger.session);
    expect(found.code).toBe('recording-not-found');
    const guessed = { id: newRecordingId() };
    const guess = await server.ask('recording-open', room, guessed, hanna.session);
    expect(guess.code).toBe('recording-not-found');
    const before = Date.now();
    const { until } = (await server.ask('recording-open', room, { id }, olga.session)).body;
    expect(until - before).toBeGreaterThan(14 * 60_000);
    expect(until - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    const link = await open_(room, olga, id);
    expect(await codeOf(await fetch(link.replace(room, other)))).toBe('file-link-invalid');
    const file = link.replace('recording-read', 'file-read');
    expect(await codeOf(await fetch(file))).toBe('file-link-invalid');
    // The link dies with the role, and comes back with it; with the stay it is gone for good.
    const role = (to: 'guest' | 'host') => ({ identity: olga.me.identity, role: to });
    await server.ask('role-set', room, role('guest'), hanna.session);
    expect(await codeOf(await fetch(link))).toBe('not-host');
    await server.ask('role-set', room, role('host'), hanna.session);
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    const { identity } = olga.me;
    await server.ask('participant-remove', room, { identity }, hanna.session);
    expect(await codeOf(await fetch(link))).toBe('admission-over');
    const left = await open_(room, hanna, id);
    await server.ask('call-leave', room, {}, hanna.session);
    expect(await codeOf(await fetch(left))).toBe('admission-over');
  });

  it('get past no quota, said at first, at last, or never', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const up = sender(room, hanna);
    const [one, two] = [await record(room, hanna), await record(room, hanna)];
    expect(await codeOf(await up.tryRecording(one, 30_000_001))).toBe('file-too-large');
    await up.beginRecording(one, 30_000_000);
    expect(await codeOf(await up.tryRecording(two, 20_000_001))).toBe('recordings-full');
    expect((await list(room, hanna)).usage).toEqual({ bytes: 30_000_000, recordings: 0 });
    // Nobody knows how long it will be: what is too much is cut off while it comes.
    const url = await up.beginRecording(two);
    await up.flood(url, 0, pattern(24_000_000));
    const came = await up.offset(url);
    expect(came).toBeGreaterThan(19_000_000);
    expect(came).toBeLessThanOrEqual(20_000_000);
    const rest = pattern(20_000_001 - came);
    expect(await codeOf(await up.patch(url, came, rest))).toBe('recordings-full');
    const tooLong = await up.patch(url, came, new Uint8Array(), { length: 20_000_001 });
    expect(await codeOf(tooLong)).toBe('recordings-full');
    // What came counts, and not more than that is taken.
    expect((await list(room, hanna)).usage.bytes).toBeLessThanOrEqual(LIMITS.roomBytes);
    const all = await up.offset(url);
    expect((await up.patch(url, all, new Uint8Array(), { length: all })).status).toBe(204);
    expect((await list(room, hanna)).recordings).toMatchObject([{ id: two, size: all }]);
  });

  it('that come at once without a length get past no quota together', async () => {
    const room = newRoom();
    const people = [
      await enter(room, 'hanna'),
      await enter(room, 'olga'),
      await enter(room, 'eva'),
    ];
    const ids: string[] = [];
    for (const one of people) ids.push(await record(room, one));
    const sent = await Promise.all(
      people.map(async (one, index) => {
        const up = sender(room, one);
        const url = await up.beginRecording(ids[index] ?? '');
        await up.flood(url, 0, pattern(22_000_000));
        return up.offset(url);
      }),
    );
    const [host] = people;
    if (!host) throw new Error('Nobody is there.');
    expect(sent.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMITS.roomBytes);
    expect((await list(room, host)).usage.bytes).toBeLessThanOrEqual(LIMITS.roomBytes);
  });

  it('are given up, begun anew and deleted with all their bytes', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const before = await keysIn();
    const id = await record(room, hanna);
    const up = sender(room, hanna);
    const first = await up.beginRecording(id, 9_000_000);
    await up.patch(first, 0, pattern(500_000));
    await up.beginRecording(id, 400_000);
    expect(await up.offset(first)).toBe(0);
    await up.patch(first, 0, webm(100_000));
    expect((await up.ask('DELETE', first)).status).toBe(204);
    expect(await codeOf(await up.patch(first, 0, webm(100)))).toBe('recording-not-found');
    await expectNoBytes(before);
    await up.sendRecording(id, webm(200_000));
    expect(await keysIn()).toHaveLength(before.length + 1);
    const link = await open_(room, hanna, id);
    await server.ask('recording-delete', room, { id }, hanna.session);
    expect(await codeOf(await fetch(link))).toBe('file-link-invalid');
    expect((await list(room, hanna)).usage).toEqual({ bytes: 0, recordings: 0 });
    await expectNoBytes(before);
  });

  it('are gone after a reset, bytes, links, names and what was on its way', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const before = await keysIn();
    const up = sender(room, hanna);
    const kept = await record(room, hanna);
    await up.sendRecording(kept, webm(6_000_000));
    const link = await open_(room, hanna, kept);
    const half = await record(room, hanna, false);
    const url = await up.beginRecording(half);
    await up.patch(url, 0, webm(9_000_000));
    const names = await namesIn(room, hanna);
    expect(names.filter(Boolean).length).toBeGreaterThan(2);
    const preview = await server.ask('reset-preview', room, {}, hanna.session);
    expect(preview.body.parts).toContainEqual({ part: 'recordings', count: 2 });
    const order = preview.body.parts.map(({ part }) => part);
    expect(order.slice(-3)).toEqual(['recordings', 'access', 'activity']);
    const parts = { parts: ['recordings'] };
    const done = await server.ask('room-reset', room, parts, hanna.session);
    expect(done.body.receipt?.parts).toEqual([{ part: 'recordings', count: 2 }]);
    expect(await codeOf(await fetch(link))).toBe('file-link-invalid');
    expect(await codeOf(await up.patch(url, 9_000_000, webm(10)))).toBe('recording-not-found');
    expect(await codeOf(await up.tryRecording(half, 10))).toBe('recording-not-found');
    expect((await list(room, hanna)).recordings).toEqual([]);
    expect((await namesIn(room, hanna)).every((name) => name === '')).toBe(true);
    await expectNoBytes(before);
  });

  async function namesIn(room: string, { session }: Entered): Promise<string[]> {
    const { body } = await server.ask('events', room, { after: '0' }, session);
    return body.events.flatMap((event) => ('recording' in event ? event.recording.name : []));
  }

  it('go on where they were at a new server, and so does the one that runs', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna');
    const id = await record(room, hanna, false);
    const sent = webm(900_000);
    const url = await sender(room, hanna).beginRecording(id);
    await sender(room, hanna).patch(url, 0, sent.subarray(0, 500_000));
    const port = Number(new URL(server.url).port);
    await server.close();
    server = await TestServer.start({ ...options, port, recordings: { limits: LIMITS } });
    const back = await server.ask('call-resume', room, {}, hanna.session);
    expect(back.body.recording).toMatchObject({ id, state: 'running' });
    const up = sender(room, hanna);
    expect(await up.offset(url)).toBe(500_000);
    const rest = sent.subarray(500_000);
    expect((await up.patch(url, 500_000, rest, { length: sent.length })).status).toBe(204);
    const response = await fetch(await open_(room, hanna, id));
    expect(Buffer.from(await response.arrayBuffer()).equals(sent)).toBe(true);
  });
});
