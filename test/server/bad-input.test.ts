import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_JSON_BYTES } from '../../src/protocol/limits.ts';
import { problemOf, readAnswer, TestServer } from './support/server.ts';
import { entryToken, newRoom, newVisitor, sign, unsigned, ENTRY_SECRET } from './support/tokens.ts';

let server: TestServer;
const room = newRoom();
let session = '';
let identity = '';

beforeAll(async () => {
  server = await TestServer.start();
  session = (await server.enter(room, { access: 'host', sub: 'hanna' })).body.session;
  identity = (await server.enter(room, { access: 'always', sub: 'max' })).body.me.identity;
});
afterAll(() => server.close());

const post = (path: string, body: BodyInit | null, type?: string): Promise<Response> =>
  server.fetch(path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${session}`,
      ...(type !== '' && { 'content-type': type ?? 'application/json' }),
    },
    body,
  });

const lock = `/rooms/${room}/room-lock`;

describe('abuse 27, 37: A body', () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  it.each([
    ['empty', '', 'malformed-body'],
    ['cut off', '{"locked":tr', 'malformed-body'],
    ['two values', '{"locked":true}{}', 'malformed-body'],
    ['single quotes', "{'locked':true}", 'malformed-body'],
    ['a NaN', '{"locked":NaN}', 'malformed-body'],
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'malformed-body'],
    ['half a surrogate in UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), 'malformed-body'],
    ['null', 'null', 'invalid-input'],
    ['a number', '1', 'invalid-input'],
    ['an array', '[]', 'invalid-input'],
    ['a string', '"locked"', 'invalid-input'],
    ['nothing asked for', '{}', 'invalid-input'],
    ['a string for a boolean', '{"locked":"true"}', 'invalid-input'],
    ['a number for a boolean', '{"locked":1}', 'invalid-input'],
    ['an unknown key', '{"locked":true,"force":true}', 'invalid-input'],
    ['__proto__', '{"locked":true,"__proto__":{"role":"host"}}', 'invalid-input'],
    ['constructor', '{"locked":true,"constructor":{"prototype":{}}}', 'invalid-input'],
    ['nesting without end', deep, 'invalid-input'],
    ['nesting as a value', `{"locked":${deep}}`, 'invalid-input'],
  ])('that is %s is refused with its code', async (_what, body, code) => {
    const before = server.log.of('error').length;
    const answer = await readAnswer('room-lock', await post(lock, body));
    expect(answer.code).toBe(code);
    expect(server.log.of('error')).toHaveLength(before);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('with a key twice counts by the last', async () => {
    const answer = await readAnswer(
      'room-lock',
      await post(lock, '{"locked":false,"locked":true}'),
    );
    expect(answer.body.locked).toBe(true);
  });

  it('names the fields that are wrong', async () => {
    const answer = await server.ask('participant-remove', room, { identity: 7, note: [] }, session);
    expect(answer.problem.issues?.map(({ path }) => path)).toEqual(['identity', 'note']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'of type "%s" is not taken',
    async (type) => {
      const body = new TextEncoder().encode('{"locked":true}');
      const answer = await readAnswer('room-lock', await post(lock, body, type));
      expect(answer.code).toBe('unsupported-media-type');
    },
  );

  it('is JSON in UTF-8 with any parameters', async () => {
    const answer = await post(lock, '{"locked":true}', 'Application/JSON; charset=utf-8');
    expect(answer.status).toBe(200);
  });

  it.each([MAX_JSON_BYTES + 1, 10_000_000])('of %i bytes is too large', async (size) => {
    const body = `{"locked":true,"more":"${'x'.repeat(size - 25)}"}`;
    const answer = await readAnswer('room-lock', await post(lock, body));
    expect(answer.code).toBe('body-too-large');
  });

  it('without a length is stopped at the limit, however much would follow', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(16_000).fill(0x20));
        if (sent > 10_000) controller.error(new Error('The server took 160 MB'));
      },
    });
    const response = await server.meeting.fetch(
      new Request(server.url + lock, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
        body: endless,
        duplex: 'half',
      } as RequestInit),
    );
    expect((await readAnswer('room-lock', response)).code).toBe('body-too-large');
    expect(sent).toBeLessThan(20);
  });

  it('that dribbles in is not waited for', async () => {
    const socket = await open();
    socket.write(
      `POST ${new URL(server.url).pathname}${lock} HTTP/1.1\r\nhost: x\r\n` +
        `authorization: Bearer ${session}\r\ncontent-type: application/json\r\n` +
        'content-length: 100\r\n\r\n{',
    );
    expect(await head(socket)).toMatch(/^HTTP\/1.1 408 /);
    socket.destroy();
  });
});

describe('A note', () => {
  it.each([
    ['a NUL', 'a\u0000b'],
    ['half a surrogate', 'a\ud800b'],
    ['controls and bidi overrides', '\u0007\u202Eabc\u2066'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['SQL', "'; drop table rooms; --"],
    ['500 emoji', '😀'.repeat(250)],
  ])('with %s is no reason to fail', async (_what, note) => {
    const stay = (await server.enter(room, { access: 'always', sub: `noted ${_what}` })).body;
    const input = { identity: stay.me.identity, note };
    const answer = await server.ask('participant-remove', room, input, session);
    expect(['invalid-input', undefined]).toContain(answer.code);
    if (answer.code !== undefined) return;
    const told = await server.ask('call-resume', room, {}, stay.session);
    expect(told.problem.exit?.note).not.toMatch(/[\p{Cc}\p{Cs}\p{Cf}]/u);
  });

  it('of 501 characters is too long', async () => {
    const input = { identity, note: 'x'.repeat(501) };
    const answer = await server.ask('participant-remove', room, input, session);
    expect(answer.code).toBe('invalid-input');
  });
});

describe('abuse 36: A room name', () => {
  it.each([
    ['dots', '..%2Fx'],
    ['a slash', 'a%2Fb'],
    ['NUL', 'a%00b'],
    ['5 kB', 'x'.repeat(5_000)],
    ['SQL', encodeURIComponent("x'; drop table rooms; --")],
    ['a space', 'a%20b'],
    ['a cyrillic twin', encodeURIComponent('аcme')],
    ['a full-width twin', encodeURIComponent('ａcme')],
    ['a right-to-left override', encodeURIComponent('acme\u202e')],
    ['an underscore first', '_acme'],
    ['broken percent signs', '%E0%A4%A'],
    ['65 characters', 'x'.repeat(65)],
  ])('with %s is none', async (_what, name) => {
    const answer = await server.ask('call-enter', name, { visitor: newVisitor(), name: 'X' });
    expect(answer.code).toBe('invalid-room-name');
    expect((await server.ask('room-lock', name, { locked: true }, session)).code).toBe(
      'invalid-room-name',
    );
  });

  it('that is what LiveKit calls another room is a room nobody was let into', async () => {
    const { body } = await server.enter(newRoom(), { access: 'host', sub: 'hanna' });
    const claims = JSON.parse(atob(body.token.split('.')[1] ?? '')) as { video: { room: string } };
    expect((await server.enter(claims.video.room)).code).toBe('room-locked');
    const answer = await server.ask('call-resume', claims.video.room, {}, body.session);
    expect(answer.code).toBe('session-invalid');
  });
});

describe('An id', () => {
  it.each(['p_', `p_${'x'.repeat(23)}`, `p_${'x'.repeat(21)}#`, 'P_x', '', null, 1, {}])(
    '%s is not an identity',
    async (one) => {
      const answer = await server.ask('participant-remove', room, { identity: one }, session);
      expect(answer.code).toBe('invalid-input');
    },
  );

  it('that nobody has is not found', async () => {
    const input = { identity: `p_${'z'.repeat(22)}` };
    expect((await server.ask('participant-remove', room, input, session)).code).toBe(
      'participant-not-found',
    );
    expect((await server.ask('participant-restore', room, input, session)).code).toBe(
      'participant-not-found',
    );
  });

  it.each(['-1', '1.5', 'x', '1e3', '9'.repeat(16), ''])(
    '%s is no position in the log',
    async (after) => {
      expect((await server.ask('events', room, { after }, session)).code).toBe('invalid-input');
    },
  );
});

describe('An entry token', () => {
  const claims = { room, access: 'host', sub: 'eve', exp: Math.floor(Date.now() / 1_000) + 300 };
  it.each([
    ['garbage', async () => 'x.y.z', 'entry-token-invalid'],
    ['alg none', async () => unsigned(claims), 'entry-token-invalid'],
    ['another secret', () => sign(claims, 'x'.repeat(40)), 'entry-token-invalid'],
    ['no exp', () => sign({ room, access: 'host' }, ENTRY_SECRET), 'entry-token-invalid'],
    [
      'exp a second ago',
      () => withClaims({ exp: Math.floor(Date.now() / 1_000) - 1 }),
      'entry-token-expired',
    ],
    [
      'nbf in a minute',
      () => withClaims({ nbf: Math.floor(Date.now() / 1_000) + 60 }),
      'entry-token-invalid',
    ],
    ['another room', () => withClaims({ room: newRoom() }), 'entry-token-invalid'],
    ['an unknown access', () => withClaims({ access: 'admin' }), 'entry-token-invalid'],
    ['a subject of ours', () => withClaims({ sub: 'visitor_x' }), 'entry-token-invalid'],
    ['a subject that is a number', () => withClaims({ sub: 7 as never }), 'entry-token-invalid'],
    ['a subject with a NUL', () => withClaims({ sub: 'a\u0000b' }), 'entry-token-invalid'],
    ['4 kB of name', () => withClaims({ name: 'x'.repeat(4_000) }), 'invalid-input'],
  ])('with %s lets nobody in', async (_what, make, code) => {
    const token = await make();
    const answer = await server.enter(room, { token });
    expect(answer.code).toBe(code);
  });

  it('is no access key, and a key that nobody made opens nothing', async () => {
    const input = { visitor: newVisitor(), name: 'X' };
    const enter = (key: string) => server.ask('call-enter', room, { ...input, key });
    // Whatever a mail program left of a link: to the person it is a link that opens nothing.
    const wrong = ['k'.repeat(32), 'k'.repeat(31), 'some key', '\0', await withClaims({})];
    for (const key of wrong) expect((await enter(key)).code).toBe('access-key-invalid');
    expect((await enter('k'.repeat(1_001))).code).toBe('invalid-input');
  });

  const withClaims = (more: object): Promise<string> =>
    entryToken({ room, access: 'host', sub: 'eve', more: more as never });
});

describe('A name', () => {
  it.each(['', '   ', '\u200b\u200d\u202e', '\u0000\u0007'])('"%s" is none', async (name) => {
    const answer = await server.enter(room, { access: 'always', name });
    expect(answer.problem.issues?.[0]?.path).toBe('name');
  });

  it('abuse 20: is cleaned before anybody sees it', async () => {
    const name = `\u202eHost\u0000 <b>${'x'.repeat(500)}`;
    const { body } = await server.enter(room, { access: 'always', name });
    expect(body.me.name).toMatch(/^Host <b>x{52}$/);
  });
});

describe('A path or method', () => {
  it.each([
    ['GET', lock, 405],
    ['DELETE', lock, 405],
    ['PUT', `/rooms/${room}/call-enter`, 405],
    ['POST', `/rooms/${room}/events`, 405],
    ['GET', '/rooms', 404],
    ['GET', `/rooms/${room}`, 401],
    ['POST', `/rooms/${room}/room-unlock`, 404],
    ['POST', `/rooms/${room}/room-lock/`, 404],
    ['GET', `/rooms/${room}/feed`, 404],
    ['GET', '/__proto__', 404],
    ['GET', '/rtc/v1', 426],
    ['GET', '/rtc', 403],
    ['GET', '/rtc/v0', 403],
    ['GET', '/rtc/validate', 403],
    ['GET', '/rtc/v1/other', 403],
    ['POST', '/rtc/v1/validate', 403],
  ])('%s %s answers %i', async (method, path, status) => {
    const response = await server.fetch(path, { method });
    expect(response.status).toBe(status);
    await problemOf(response);
  });
});

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function head(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}
