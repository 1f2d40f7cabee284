import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from './support/server.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

const KEY = 'key-of-the-shop.backend_2026-11~a+b/c';
const NEXT = 'n'.repeat(32);
/** As long as a session, and made of the same characters. */
const LIKE_SESSION = 'k'.repeat(43);

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ apiKeys: [KEY, NEXT, LIKE_SESSION] });
  for (const key of [KEY, NEXT, LIKE_SESSION]) server.log.forbid(key);
});
afterAll(() => server.close());

describe('An API key', () => {
  it.each([KEY, NEXT, LIKE_SESSION])('%s acts as the server', async (key) => {
    const room = newRoom();
    const host = (await server.enter(room, { access: 'host', sub: 'hanna' })).body;
    const { body } = await server.ask('room-lock', room, { locked: false }, key);
    expect(body.locked).toBe(false);
    const { events } = (await server.ask('events', room, { after: '0' }, host.session)).body;
    expect(events).toMatchObject([{ type: 'room-unlocked', by: { kind: 'server' } }]);
  });

  it('removes, lets back in, and ends the call', async () => {
    const room = newRoom();
    const max = (await server.enter(room, { access: 'always', sub: 'max' })).body;
    const { identity } = max.me;
    const removed = await server.ask('participant-remove', room, { identity, note: 'Bye' }, KEY);
    expect(removed.status).toBe(200);
    const out = await server.ask('call-resume', room, {}, max.session);
    expect(out.problem.exit).toMatchObject({ reason: 'removed', by: { kind: 'server' } });
    expect((await server.ask('participant-restore', room, { identity }, KEY)).status).toBe(200);
    await server.enter(room, { access: 'host', sub: 'hanna' });
    expect((await server.ask('call-end', room, {}, KEY)).body.ended).toBe(1);
  });

  it('admits and denies who knocks', async () => {
    const room = newRoom();
    const knocks = await Promise.all(
      ['Kim', 'Kai'].map((name) => server.ask('knock', room, { visitor: newVisitor(), name })),
    );
    const [kim, kai] = knocks.map(({ body }) => body);
    const read = await server.ask('room-read', room, {}, KEY);
    expect(read.body.knocks.map(({ name }) => name).sort()).toEqual(['Kai', 'Kim']);
    await server.ask('knock-admit', room, { identity: kim?.knock.identity }, KEY);
    await server.ask('knock-deny', room, { identity: kai?.knock.identity }, KEY);
    expect((await server.ask('call-resume', room, {}, kim?.session)).status).toBe(200);
    const denied = await server.ask('call-resume', room, {}, kai?.session);
    expect(denied.problem.exit?.reason).toBe('denied');
  });

  it('makes a room by acting, and reads one that is not there as locked and empty', async () => {
    const room = newRoom();
    const read = () => server.ask('room-read', room, {}, KEY);
    expect((await read()).body).toEqual({
      seq: 0,
      room: { name: room, locked: true, presenterMode: false },
      roster: [],
      knocks: [],
    });
    const log = await server.ask('events', room, { after: '0' }, KEY);
    expect(log.body).toEqual({ seq: 0, events: [] });
    const activity = await server.ask('activity', room, {}, KEY);
    expect(activity.body).toEqual({ events: [], more: false });
    await server.ask('room-lock', room, { locked: false }, KEY);
    expect((await read()).body).toMatchObject({ seq: 1, room: { locked: false } });
    const entered = await server.ask('call-enter', room, { visitor: newVisitor(), name: 'Gil' });
    expect(entered.status).toBe(200);
  });

  it('reads the whole log since a position, as a host does', async () => {
    const room = newRoom();
    await server.ask('knock', room, { visitor: newVisitor(), name: 'Kim' });
    await server.ask('room-lock', room, { locked: false }, KEY);
    const all = (await server.ask('events', room, { after: '0' }, KEY)).body.events;
    expect(all.map(({ type }) => type)).toEqual([
      'knock-received',
      'room-unlocked',
      'knock-admitted',
    ]);
    const rest = (await server.ask('events', room, { after: '1' }, KEY)).body.events;
    expect(rest).toEqual(all.slice(1));
  });

  it('is nobody who could stay in', async () => {
    const room = newRoom();
    const answer = await server.ask('call-end', room, { keepMe: true }, KEY);
    expect(answer.problem).toMatchObject({ code: 'invalid-input', issues: [{ path: 'keepMe' }] });
    expect((await server.ask('call-end', room, { keepMe: false }, KEY)).status).toBe(200);
  });

  it.each(['call-leave', 'call-resume', 'knock-withdraw'] as const)(
    'is no session, which %s needs',
    async (stem) => {
      expect((await server.ask(stem, newRoom(), {}, KEY)).code).toBe('session-missing');
    },
  );

  it.each([
    ['a wrong key', 'x'.repeat(32)],
    ['the beginning of a key', KEY.slice(0, -1)],
    ['a key and more', `${KEY}a`],
    ['a key in another case', KEY.toUpperCase()],
    ['something short', 'x'],
  ])('that is %s opens nothing', async (_what, key) => {
    for (const stem of ['room-read', 'activity', 'events'] as const) {
      const answer = await server.ask(stem, newRoom(), { after: '0' }, key);
      expect(answer.code).toBe('api-key-invalid');
    }
  });

  it('and a session are told apart', async () => {
    const room = newRoom();
    await server.ask('room-lock', room, { locked: false }, KEY);
    const unknown = await server.ask('room-lock', room, { locked: true }, 's'.repeat(43));
    expect(unknown.code).toBe('session-invalid');
    expect((await server.ask('room-lock', room, { locked: true })).code).toBe('session-missing');
  });

  it('in the wrong place is not looked at', async () => {
    const room = newRoom();
    for (const headers of [
      { 'x-api-key': KEY },
      { authorization: `Basic ${KEY}` },
      { authorization: KEY },
      { cookie: `key=${KEY}` },
    ]) {
      const response = await server.fetch(`/rooms/${room}?key=${KEY}`, {
        headers: headers as Record<string, string>,
      });
      expect([400, 401]).toContain(response.status);
    }
  });
});

describe('Wrong API keys', () => {
  it('are limited per address, and the right one still works', async () => {
    const limited = await TestServer.start({
      apiKeys: [KEY],
      limits: { wrongKeysPerMinute: 3 },
      trustProxy: 1,
    });
    limited.log.forbid(KEY);
    const read = async (key: string, address: string): Promise<number> => {
      const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': address };
      return (await limited.fetch('/rooms/x', { headers })).status;
    };
    try {
      const statuses = [];
      for (let i = 0; i < 5; i++) statuses.push(await read(`wrong-${i}`, '1.1.1.1'));
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      expect(await read('wrong', '2.2.2.2')).toBe(401);
      expect(await read(KEY, '1.1.1.1')).toBe(200);
    } finally {
      await limited.close();
    }
  });

  it('are all there is where none is configured', async () => {
    const without = await TestServer.start();
    expect((await without.ask('room-read', newRoom(), {}, KEY)).code).toBe('api-key-invalid');
    await without.close();
  });
});
