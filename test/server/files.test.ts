import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomFile } from '../../src/protocol/file.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { openBytes } from '../../src/server/files/open-bytes.ts';
import type { ByteStore } from '../../src/server/files/byte-store.ts';
import { eventually } from '../e2e/eventually.ts';
import { optionsOf, type S3Gateway, startS3 } from '../s3-gateway.ts';
import { newFolder } from './support/folders.ts';
import { SMALL_JPEG, PNG_HTML } from './support/pictures.ts';
import { TestServer } from './support/server.ts';
import { newDatabase, seedFolder } from './support/storages.ts';
import { newMessageId, newRoom } from './support/tokens.ts';
import { codeOf, collect, idOf, pattern, Uploader } from './support/uploader.ts';

/** A file may be larger than what lies in buffers between a server and who downloads it. */
const LIMITS = { fileBytes: 48_000_000, roomBytes: 120_000_000, roomFiles: 6 };

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
      return {
        storage: { folder: `${folder}/data` },
        files: { folder: await newFolder(), limits: LIMITS },
      };
    },
  },
  {
    name: 'PostgreSQL and S3',
    open: async () => ({
      storage: { url: await newDatabase() },
      files: { s3: optionsOf(s3), limits: LIMITS },
    }),
  },
];

describe.each(PLACES)('Files on $name', ({ open }) => {
  let server: TestServer;
  let bytes: ByteStore;
  beforeAll(async () => {
    const options = await open();
    bytes = openBytes(options);
    server = await TestServer.start(options);
    server.log.forbid(s3.secretAccessKey);
  });
  afterAll(() => server.close());

  async function enter(room: string, sub: string, access: 'host' | 'always' = 'always') {
    const { body } = await server.enter(room, { access, sub, name: sub });
    return body;
  }
  const uploader = (room: string, { session }: Entered) => new Uploader(server.url, room, session);
  async function list(room: string, { session }: Entered) {
    return (await server.ask('file-list', room, {}, session)).body;
  }
  async function fileOf(room: string, stay: Entered, id: string): Promise<RoomFile> {
    const file = (await list(room, stay)).files.find((one) => one.id === id);
    if (!file) throw new Error('The file is not listed.');
    return file;
  }
  async function open_(room: string, { session }: Entered, id: string): Promise<string> {
    const { body } = await server.ask('file-open', room, { id }, session);
    server.log.forbid(new URL(body.url).searchParams.get('link') ?? '');
    return body.url;
  }
  async function download(url: string): Promise<Buffer> {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  }
  const keysIn = async (): Promise<string[]> => collect(bytes.list('files/'));

  it('are uploaded by one and downloaded by another as they were', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const max = await enter(room, 'max');
    const sent = pattern(11_000_000);
    const id = await uploader(room, max).send('plan.bin', sent, { piece: 4_000_000 });
    const file = await fileOf(room, hanna, id);
    expect(file).toMatchObject({
      name: 'plan.bin',
      size: sent.length,
      type: 'application/octet-stream',
      preview: false,
      by: max.me.identity === '' ? {} : { identity: max.me.identity, name: 'max' },
    });
    expect((await download(await open_(room, hanna, id))).equals(sent)).toBe(true);
    const { body } = await server.ask('events', room, { after: '0' }, hanna.session);
    expect(body.events).toContainEqual(
      expect.objectContaining({ type: 'file-added', file, by: expect.anything() }),
    );
  });

  it('are served as attachments that nothing can open in place', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const id = await uploader(room, max).send('page.html', '<script>alert(1)</script>');
    const response = await fetch(await open_(room, max, id));
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-disposition': "attachment; filename*=UTF-8''page.html",
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    await response.body?.cancel();
  });

  it('are read in parts', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sent = pattern(100_000);
    const url = await open_(room, max, await uploader(room, max).send('a.bin', sent));
    const part = async (range: string) => {
      const response = await fetch(url, { headers: { range } });
      const { status } = response;
      const got = Buffer.from(await response.arrayBuffer());
      return { status, got, range: response.headers.get('content-range') };
    };
    const middle = await part('bytes=1000-1999');
    expect(middle).toMatchObject({ status: 206, range: 'bytes 1000-1999/100000' });
    expect(middle.got.equals(sent.subarray(1_000, 2_000))).toBe(true);
    expect((await part('bytes=-10')).got.equals(sent.subarray(-10))).toBe(true);
    expect((await part('bytes=99990-')).got.equals(sent.subarray(99_990))).toBe(true);
    expect((await part('bytes=100000-')).status).toBe(416);
    expect((await part('bytes=0-1,5-6')).status).toBe(200);
    expect((await part('bytes=9-1')).status).toBe(200);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '100000']);
  });

  it('go on where the line broke', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sent = pattern(10_000_000);
    const sender = uploader(room, max);
    const url = await sender.create('long.bin', sent.length);
    const line = new AbortController();
    let isBroken = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(sent.subarray(0, 6_000_000));
        if (isBroken) line.abort();
        isBroken = true;
      },
    });
    await expect(sender.patch(url, 0, body, { signal: line.signal })).rejects.toThrow();
    // The server keeps what came; how much of it that was is for it to say.
    const offset = await sender.offset(url);
    expect(offset).toBeLessThan(sent.length);
    expect((await sender.patch(url, offset, sent.subarray(offset))).status).toBe(204);
    const got = await download(await open_(room, max, idOf(url)));
    expect(got.equals(sent)).toBe(true);
  });

  it('take no piece twice, none too far, and none beyond what was announced', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sender = uploader(room, max);
    const url = await sender.create('a.bin', 1_000);
    expect((await sender.patch(url, 0, pattern(600))).status).toBe(204);
    expect(await codeOf(await sender.patch(url, 0, pattern(600)))).toBe('upload-elsewhere');
    expect(await codeOf(await sender.patch(url, 700, pattern(300)))).toBe('upload-elsewhere');
    expect(await codeOf(await sender.patch(url, 600, pattern(401)))).toBe('file-too-large');
    // Without a length, what is too much is cut off while it streams.
    const stream = new Blob([pattern(5_000_000)]).stream();
    expect(await codeOf(await sender.patch(url, 600, stream))).toBe('file-too-large');
    expect((await list(room, max)).files).toEqual([]);
  });

  it('abuse 53: no file, no room and no number of files gets past its quota', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sender = uploader(room, max);
    expect(await codeOf(await sender.tryCreate('big', 48_000_001))).toBe('file-too-large');
    const urls = [await sender.create('a', 48_000_000), await sender.create('b', 48_000_000)];
    // Nothing of them is there yet, and still there is no room for another.
    expect(await codeOf(await sender.tryCreate('c', 24_000_001))).toBe('files-full');
    expect((await list(room, max)).usage).toEqual({ bytes: 96_000_000, files: 2 });
    await sender.ask('DELETE', urls[0] ?? '');
    for (const name of ['d', 'e', 'f', 'g', 'h']) await sender.create(name, 1);
    expect(await codeOf(await sender.tryCreate('i', 1))).toBe('files-full');
  });

  it('abuse 53: many at once get past no quota together', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sender = uploader(room, max);
    const tried = await Promise.all(
      Array.from({ length: 8 }, (_, i) => sender.tryCreate(`${i}`, 40_000_000)),
    );
    const codes = await Promise.all(tried.map(codeOf));
    expect(codes.filter((code) => code === undefined)).toHaveLength(3);
    expect(new Set(codes)).toEqual(new Set([undefined, 'files-full']));
  });

  it.each(['-1', '1.5', 'NaN', '', '1e3', '99999999999999999999'])(
    'have no length of %j',
    async (length) => {
      const room = newRoom();
      const max = await enter(room, 'max');
      const code = await codeOf(await uploader(room, max).tryCreate('a', length));
      expect(['upload-refused', 'file-too-large']).toContain(code);
    },
  );

  it('abuse 9 & 57: are nobody’s who is not in the call', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const max = await enter(room, 'max');
    const other = newRoom();
    const stranger = await enter(other, 'stranger', 'host');
    const sender = uploader(room, max);
    const id = await sender.send('secret.txt', 'secret');
    const started = await sender.create('more.txt', 100);
    const url = await open_(room, max, id);
    // Another room's host finds nothing by the id, nor by the link.
    const foreign = await server.ask('file-open', other, { id }, stranger.session);
    expect(foreign.code).toBe('file-not-found');
    expect(await codeOf(await fetch(url.replace(room, other)))).toBe('file-link-invalid');
    const asStranger = await uploader(room, stranger).ask('HEAD', started);
    expect(asStranger.status).toBe(401);
    const asHanna = await uploader(room, hanna).patch(started, 0, pattern(100));
    expect(await codeOf(asHanna)).toBe('file-not-found');

    const { identity } = max.me;
    await server.ask('participant-remove', room, { identity }, hanna.session);
    expect(await codeOf(await fetch(url))).toBe('admission-over');
    expect(await codeOf(await sender.patch(started, 0, pattern(100)))).toBe('admission-over');
    expect(await codeOf(await sender.tryCreate('b', 1))).toBe('admission-over');
    expect((await server.ask('file-list', room, {}, max.session)).code).toBe('admission-over');
    for (const stem of ['file-open', 'file-delete'] as const) {
      expect((await server.ask(stem, room, { id }, max.session)).code).toBe('admission-over');
    }
    const preview = await server.ask('file-preview', room, { id }, max.session);
    expect(preview.code).toBe('admission-over');
    expect((await list(room, hanna)).files).toHaveLength(1);
  });

  it('abuse 9: a download and an upload under way end when their person is removed', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const max = await enter(room, 'max');
    const sender = uploader(room, max);
    const id = await sender.send('big.bin', pattern(48_000_000), { piece: 12_000_000 });
    const upload = await sender.create('long.bin', 10_000_000);
    const response = await fetch(await open_(room, max, id));
    const reader = response.body?.getReader();
    await reader?.read();

    let sent = 0;
    const slow = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        sent += 1_000;
        controller.enqueue(pattern(1_000));
      },
    });
    const uploading = sender.patch(upload, 0, slow);
    await eventually('the upload is under way', () => Promise.resolve(sent > 5_000));
    const { identity } = max.me;
    await server.ask('participant-remove', room, { identity }, hanna.session);
    expect(await codeOf(await uploading)).toBe('admission-over');
    // What lies in buffers on the way is all that still comes.
    const rest = async (): Promise<number> => {
      let size = 0;
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) return size;
        size += value.length;
      }
    };
    const left = rest();
    await expect(left).rejects.toThrow();
  });

  it('are opened by a link for a minute and no longer', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const id = await uploader(room, max).send('a.txt', 'a');
    const before = Date.now();
    const { body } = await server.ask('file-open', room, { id }, max.session);
    expect(body.until - before).toBeGreaterThan(50_000);
    expect(body.until - Date.now()).toBeLessThanOrEqual(60_000);
    const guess = body.url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await codeOf(await fetch(guess))).toBe('file-link-invalid');
  });

  it('are deleted by whose they are and by hosts, and their bytes with them', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const max = await enter(room, 'max');
    const kim = await enter(room, 'kim');
    const sender = uploader(room, max);
    const before = await keysIn();
    const [own, hosts] = [await sender.send('1.txt', '1'), await sender.send('2.txt', '2')];
    expect(await keysIn()).toHaveLength(before.length + 2);
    const tried = await server.ask('file-delete', room, { id: own }, kim.session);
    expect(tried.code).toBe('not-yours');
    const url = await open_(room, kim, own);
    await server.ask('file-delete', room, { id: own }, max.session);
    await server.ask('file-delete', room, { id: hosts }, hanna.session);
    expect(await codeOf(await fetch(url))).toBe('file-link-invalid');
    expect((await list(room, hanna)).files).toEqual([]);
    const again = await server.ask('file-delete', room, { id: own }, max.session);
    expect(again.code).toBe('file-not-found');
    await eventually('the bytes are gone', async () => (await keysIn()).length === before.length);
    const { body } = await server.ask('events', room, { after: '0' }, kim.session);
    const deleted = body.events.filter(({ type }) => type === 'file-deleted');
    expect(deleted).toMatchObject([{ by: { name: 'max' } }, { by: { name: 'hanna' } }]);
  });

  it('that are on their way when the room is reset are refused or whole, as messages are', async () => {
    for (let time = 0; time < 5; time++) {
      const room = newRoom();
      const max = await enter(room, 'max');
      const before = new Set(await keysIn());
      const uploads = uploader(room, max);
      const say = (text: string) =>
        server.ask('message-send', room, { id: newMessageId(), text }, max.session);
      await uploads.send('before.txt', 'before');
      await say('before');
      const during = uploads.send('during.bin', pattern(400_000), { piece: 100_000 });
      const [{ receipt }, sent] = await Promise.all([
        server.meeting.rooms.resetRoom(room, ['chat', 'whiteboards-and-files']),
        during.then(
          () => true,
          () => false,
        ),
        ...Array.from({ length: 5 }, (_, index) => say(`during ${index}`)),
      ]);
      await say('after');

      const cleared = (part: string): number =>
        receipt?.parts.find((one) => one.part === part)?.count ?? Number.NaN;
      const { messages } = (await server.ask('message-list', room, {}, max.session)).body;
      expect(cleared('chat') + messages.length, 'each is there, or was counted').toBe(7);
      expect(messages.map(({ text }) => text)).not.toContain('before');
      expect(messages.at(-1)?.text).toBe('after');
      const { files } = (await server.ask('file-list', room, {}, max.session)).body;
      expect(files.map(({ name }) => name)).not.toContain('before.txt');
      if (!sent) expect(files).toEqual([]);
      await eventually('bytes lie there for what is listed, and for nothing else', async () => {
        return new Set(await keysIn()).size === before.size + files.length;
      });
    }
  });

  it('that are given up leave no bytes', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sender = uploader(room, max);
    const before = await keysIn();
    const url = await sender.create('a.bin', 11_000_000);
    await sender.patch(url, 0, pattern(9_500_000));
    expect(new Set(await keysIn()).size).toBe(new Set(before).size + 1);
    expect((await sender.ask('DELETE', url)).status).toBe(204);
    expect(await codeOf(await sender.patch(url, 9_500_000, pattern(10)))).toBe('file-not-found');
    await eventually('the bytes are gone', async () => {
      return new Set(await keysIn()).size === new Set(before).size;
    });
  });

  it('abuse 50 & 51: are what their bytes say, whatever their name says', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sender = uploader(room, max);
    const typeOf = async (name: string, sent: Uint8Array<ArrayBuffer> | string) =>
      (await fileOf(room, max, await sender.send(name, sent))).type;
    expect(await typeOf('a.png', '<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('text/plain');
    expect(await typeOf('b.html', PNG_HTML)).toBe('image/png');
    expect(await typeOf('c.txt', '%PDF-1.7\n%âãÏÓ')).toBe('application/pdf');
    expect(await typeOf('d.jpg', '<?xml version="1.0"?><html/>')).toBe('text/plain');
    expect(await typeOf('e.txt', Uint8Array.of(0, 1, 2, 255))).toBe('application/octet-stream');
  });

  it('abuse 52 & 56: are called by what is left of a name that would do harm', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const sender = uploader(room, max);
    const names: [string, string][] = [
      ['../../etc/passwd', 'passwd'],
      ['C:\\Windows\\system32\\a.exe', 'a.exe'],
      ['invoice\u202Efdp.exe', 'invoice fdp.exe'],
      [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
      ['a"b\r\nSet-Cookie: x=1', 'a_b Set-Cookie_ x=1'],
    ];
    for (const [name, seen] of names) {
      const id = await sender.send(name, 'x');
      expect((await fileOf(room, max, id)).name).toBe(seen);
      const response = await fetch(await open_(room, max, id));
      const disposition = response.headers.get('content-disposition') ?? '';
      expect(disposition).toMatch(/^attachment; filename\*=UTF-8''[\w.%~!#$&+^`|-]+$/);
      expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(seen);
      await response.body?.cancel();
    }
    for (const key of await keysIn()) expect(key).toMatch(/^files\/[0-9a-f]{32}\/[\w-]{22}$/);
  });

  it('show a small picture, of which the server knows that it is one', async () => {
    const room = newRoom();
    const max = await enter(room, 'max');
    const kim = await enter(room, 'kim');
    const sender = uploader(room, max);
    const url = await sender.create('photo.jpg', SMALL_JPEG.length);
    const id = idOf(url);
    const set = (image: Uint8Array, { session }: Entered) =>
      server.ask(
        'file-preview-set',
        room,
        { id, image: Buffer.from(image).toString('base64') },
        session,
      );
    expect((await set(PNG_HTML, max)).code).toBe('unsupported-media-type');
    const huge = Uint8Array.from(SMALL_JPEG);
    const frame = Buffer.from(huge).indexOf(Buffer.of(0xff, 0xc0));
    huge.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    expect((await set(huge, max)).code).toBe('unsupported-media-type');
    expect((await set(SMALL_JPEG, kim)).code).toBe('file-not-found');
    expect((await set(SMALL_JPEG, max)).status).toBe(200);
    await sender.patch(url, 0, SMALL_JPEG);
    expect(await fileOf(room, kim, id)).toMatchObject({
      preview: true,
      type: 'image/jpeg',
      image: { width: 8, height: 8 },
    });
    const { body } = await server.ask('file-preview', room, { id }, kim.session);
    expect(body.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await body.arrayBuffer()).equals(SMALL_JPEG)).toBe(true);
    // Once it is complete, it stays as it is.
    expect((await set(SMALL_JPEG, max)).code).toBe('file-not-found');
  });

  it('tell a page elsewhere what tus has to say', async () => {
    const origin = new URL(server.url).origin;
    const response = await server.fetch('/rooms/any/uploads', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PATCH' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(response.headers.get('access-control-allow-headers')).toContain('upload-offset');
    expect(response.headers.get('access-control-expose-headers')).toContain('upload-offset');
  });
});

describe('A byte store that is away', () => {
  it('is said to be, and what could not be deleted is deleted when it is back', async () => {
    const server = await TestServer.start({ files: { s3: optionsOf(s3) } });
    const room = newRoom();
    const { body: max } = await server.enter(room, { access: 'always', sub: 'max' });
    const sender = new Uploader(server.url, room, max.session);
    const id = await sender.send('a.txt', 'a');
    const { body } = await server.ask('file-open', room, { id }, max.session);
    const url = await sender.create('b.bin', 9_000_000);
    await s3.stop();
    try {
      expect(await codeOf(await fetch(body.url))).toBe('files-unreachable');
      const piece = await sender.patch(url, 0, pattern(9_000_000));
      expect(await codeOf(piece)).toBe('files-unreachable');
      // The row is gone at once; nobody has to wait for S3.
      expect((await server.ask('file-delete', room, { id }, max.session)).status).toBe(200);
    } finally {
      await s3.start();
    }
    const bytes = openBytes({ files: { s3: optionsOf(s3) }, storage: { url: 'postgres://x' } });
    await eventually('the bytes are gone', async () => {
      const keys = await collect(bytes.list('files/'));
      return keys.every((key) => !key.includes(id.slice(2)));
    });
    await eventually('the rest is taken', async () => {
      const offset = await sender.offset(url);
      const rest = pattern(9_000_000).subarray(offset);
      return (await sender.patch(url, offset, rest)).status === 204;
    });
    await server.close();
  });
});
