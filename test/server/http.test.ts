import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createMeetingServer } from '../../src/server/index.ts';
import { NO_LIVEKIT, problemOf, readAnswer, TestServer } from './support/server.ts';
import { newDatabase } from './support/storages.ts';
import { ENTRY_SECRET, newRoom, newVisitor } from './support/tokens.ts';

const LISTED = 'https://shop.example';

describe('abuse 40: Pages of other origins', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ origins: [LISTED] });
  });
  afterAll(() => server.close());

  const enter = (origin: string): Promise<Response> =>
    server.fetch(`/rooms/${newRoom()}/call-enter`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ visitor: newVisitor(), name: 'X' }),
    });

  it('may call when they are listed, with what the browser must be told', async () => {
    for (const origin of [LISTED, new URL(server.url).origin]) {
      const { headers, status } = await enter(origin);
      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-expose-headers')).toContain('retry-after');
      expect(headers.get('vary')).toMatch(/origin/i);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each([
    'https://evil.example',
    'null',
    'https://shop.example.evil',
    'http://shop.example',
    'x',
  ])('%s may not', async (origin) => {
    const response = await enter(origin);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect((await readAnswer('call-enter', response)).code).toBe('origin-not-allowed');
    for (const path of ['/rooms/x/feed', '/rtc/v1']) {
      expect(await upgradeStatus(server.url + path, origin)).toBe(403);
    }
  });

  it('are told before what they may send', async () => {
    const ask = (origin: string) =>
      server.fetch(`/rooms/x/call-enter`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const yes = await ask(LISTED);
    expect(yes.status).toBe(204);
    expect(yes.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(yes.headers.get('access-control-allow-methods')).toContain('POST');
    const allowed = yes.headers.get('access-control-allow-headers') ?? '';
    expect(allowed).toMatch(/^authorization, content-type, tus-resumable, upload-/);
    const no = await ask('https://evil.example');
    expect(no.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('learn from a HEAD on the base that the server is there', async () => {
    for (const path of ['', '/']) {
      const response = await server.fetch(path, { method: 'HEAD', headers: { origin: LISTED } });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
    }
  });

  it('may all call where * is listed, without cookies, and null may not', async () => {
    const open = await TestServer.start({ origins: ['*'] });
    try {
      const yes = await open.fetch('', { headers: { origin: 'https://any.example' } });
      expect(yes.headers.get('access-control-allow-origin')).toBe('https://any.example');
      expect(yes.headers.get('access-control-allow-credentials')).toBeNull();
      expect((await open.fetch('', { headers: { origin: 'null' } })).status).toBe(403);
    } finally {
      await open.close();
    }
  });
});

describe('Limits', () => {
  it('stop one address that asks too often, and nobody else', async () => {
    const server = await TestServer.start({
      limits: { enterPerMinute: 5, requestsPerMinute: 10 },
      trustProxy: 1,
    });
    try {
      const ask = (path: string, address: string, method = 'POST') =>
        server.fetch(path, {
          method,
          headers: {
            'content-type': 'application/json',
            'x-forwarded-for': `6.6.6.6, ${address}`,
          },
          ...(method === 'POST' && { body: '{}' }),
        });
      const codes = [];
      for (let i = 0; i < 7; i++) codes.push((await ask('/rooms/x/call-enter', '1.1.1.1')).status);
      expect(codes).toEqual([400, 400, 400, 400, 400, 429, 429]);
      const problem = await problemOf(await ask('/rooms/x/call-enter', '1.1.1.1'));
      expect(problem).toMatchObject({ code: 'rate-limited', retryAfter: expect.any(Number) });
      expect((await ask('/rooms/x/call-enter', '2.2.2.2')).status).toBe(400);
      const requests = [];
      for (let i = 0; i < 12; i++) requests.push((await ask('/nothing', '4.4.4.4')).status);
      expect(requests.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 404));
      expect(requests.slice(10)).toEqual([429, 429]);
    } finally {
      await server.close();
    }
  });
});

describe('A server', () => {
  it('says that it is alive and ready', async () => {
    const server = await TestServer.start();
    for (const path of ['/healthz', '/readyz']) {
      const response = await server.fetch(path);
      expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
    }
    await server.close();
  });

  it('that closes refuses with 503 and a time to come again, and is closed within 5 s', async () => {
    const server = await TestServer.start();
    const { body } = await server.enter(newRoom(), { access: 'host', sub: 'hanna' });
    const feed = new WebSocket(`${server.url.replace('http', 'ws')}/rooms/${body.room.name}/feed`);
    await once(feed, 'open');
    feed.send(JSON.stringify({ session: body.session, after: 0 }));
    await once(feed, 'message');
    const closed = once(feed, 'close');
    const start = performance.now();
    const closing = server.meeting.close();
    const answer = await server.ask('call-resume', body.room.name, {}, body.session);
    expect(answer.problem).toMatchObject({ code: 'server-closing', retryAfter: 1 });
    expect(await upgradeStatus(`${server.url}/rtc/v1`)).toBe(503);
    await closing;
    expect((await closed)[0]).toBe(1001);
    expect(performance.now() - start).toBeLessThan(5_000);
    await server.close();
  });

  it('says to whoever it refuses before their body came that the line ends with the answer', async () => {
    const server = await TestServer.start();
    const refused = async (length: number, part: number) => {
      const asking = request(`${server.url}/rooms/${newRoom()}/call-enter`, {
        method: 'POST',
        agent: new Agent({ keepAlive: true }),
        headers: { 'content-type': 'text/plain', 'content-length': length },
      });
      // The server ends what is not ended here.
      asking.on('error', () => undefined).write(Buffer.alloc(part));
      const [response] = (await once(asking, 'response')) as [IncomingMessage];
      const { code } = (await json(response)) as { code: string };
      expect(code).toBe('unsupported-media-type');
      return { asking, connection: response.headers.connection };
    };
    const large = await refused(10_000_000, 100_000);
    expect(large.connection).toBe('close');
    if (!large.asking.destroyed) await once(large.asking, 'close');
    const small = await refused(2_000, 1_000);
    expect(small.connection).toBe('keep-alive');
    small.asking.destroy();
    await server.close();
  });

  it('leaves paths that are not its own to whoever was there before', async () => {
    const http = createServer((_request, response) => response.end('mine'));
    http.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 418 Mine\r\n\r\n'));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const meeting = await createMeetingServer({
      url: `${origin}/meeting`,
      livekit: NO_LIVEKIT,
      storage: { url: await newDatabase() },
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    meeting.attach(http);
    try {
      for (const path of ['/', '/meetings', '/meetingx/healthz', '/?x=/meeting']) {
        expect(await (await fetch(origin + path)).text()).toBe('mine');
      }
      expect(await (await fetch(`${origin}/meeting/healthz`)).json()).toEqual({ ok: true });
      expect(await upgradeStatus(`${origin}/other`)).toBe(418);
      // What is no address at all, too, and nobody's process ends by it.
      const { port } = http.address() as AddressInfo;
      const line = connect(port, '127.0.0.1');
      line.write('GET // HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      expect(await text(line)).toContain('418 Mine');
      expect(await upgradeStatus(`${origin}/meeting/other`)).toBe(404);
    } finally {
      await meeting.close();
      http.close();
      http.closeAllConnections();
    }
  });

  it('asks authorize when there is no entry token, and trusts no subject of ours', async () => {
    const server = await TestServer.start({
      authorize: (request, room) => {
        const sub = request.headers.get('cookie')?.replace('user=', '');
        return sub ? { sub, access: room.startsWith('room') ? 'host' : 'knock' } : undefined;
      },
    });
    try {
      const enter = async (cookie: string, room = newRoom()) =>
        readAnswer(
          'call-enter',
          await server.fetch(`/rooms/${room}/call-enter`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
            body: JSON.stringify({ visitor: newVisitor(), name: 'Somebody' }),
          }),
        );
      expect((await enter('user=hanna')).body.me).toMatchObject({ person: 'hanna', role: 'host' });
      expect((await enter('')).code).toBe('room-locked');
      expect((await enter('user=hanna', 'other-room')).code).toBe('room-locked');
      expect((await enter('user=visitor_x')).code).toBe('entry-token-invalid');
    } finally {
      await server.close();
    }
  });

  it('without an entry secret takes no entry tokens', async () => {
    const server = await TestServer.start({ entrySecret: undefined });
    expect((await server.enter(newRoom(), { access: 'host' })).code).toBe('entry-token-invalid');
    server.log.forbid(ENTRY_SECRET);
    await server.close();
  });
});

/** The status that an upgrade is answered with. */
async function upgradeStatus(url: string, origin?: string): Promise<number> {
  const socket = new WebSocket(url.replace('http', 'ws'), { ...(origin && { origin }) });
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
}
