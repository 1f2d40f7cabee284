import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stem } from '../../src/protocol/paths.ts';
import { createBackend } from '../../demo/backend.ts';
import { type Route, ROUTES } from '../../src/protocol/routes.ts';
import { EXAMPLES } from '../../src/server/openapi/examples.ts';
import { openStorage } from '../../src/server/storage/open.ts';
import { readAnswer, TestServer } from './support/server.ts';
import { dump } from './support/storages.ts';
import { ENTRY_SECRET, entryToken, newRoom, newVisitor } from './support/tokens.ts';

const ADMIN = 'an-api-key-that-only-tests-know-of';
const STEMS = Object.keys(ROUTES) as Stem[];

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ apiKeys: [ADMIN] });
  server.log.forbid(ADMIN);
});
afterAll(() => server.close());

const enter = async (room: string, access: 'host' | 'always', sub: string) =>
  (await server.enter(room, { access, sub, name: sub })).body;
const knock = async (room: string, name = 'Kim') =>
  (await server.ask('knock', room, { visitor: newVisitor(), name })).body;

/** A room with a host, and its session. */
async function hosted(): Promise<{ room: string; session: string; identity: string }> {
  const room = newRoom();
  const { session, me } = await enter(room, 'host', 'hanna');
  return { room, session, identity: me.identity };
}

describe('Somebody else’s knock', () => {
  it('abuse 17: once admitted opens nothing for who has not its session', async () => {
    const { room, session } = await hosted();
    const mine = await knock(room);
    const theirs = await knock(room, 'Kai');
    const { identity } = mine.knock;
    await server.ask('knock-admit', room, { identity }, session);
    const tries = [undefined, 'x'.repeat(43), identity, theirs.session];
    for (const shown of tries) {
      const answer = await server.ask('call-resume', room, {}, shown);
      expect(['session-missing', 'session-invalid', 'still-waiting']).toContain(answer.code);
    }
    const other = await server.ask('call-enter', room, { visitor: newVisitor(), name: 'Kim' });
    expect(other.code).toBe('room-locked');
    expect((await server.ask('call-resume', room, {}, mine.session)).body.me.name).toBe('Kim');
  });

  it('abuse 18: cannot be guessed, and is told apart from none by nobody', async () => {
    const [here, elsewhere] = [await hosted(), await hosted()];
    const { identity } = (await knock(elsewhere.room)).knock;
    expect(identity).toMatch(/^p_[\w-]{22}$/);
    const answers = [];
    for (const one of [identity, `p_${'x'.repeat(22)}`]) {
      for (const stem of ['knock-admit', 'knock-deny', 'knock-look'] as const) {
        const { problem } = await server.ask(stem, here.room, { identity: one }, here.session);
        answers.push(JSON.stringify(problem));
      }
    }
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ code: 'knock-not-found' });
  });
});

it('abuse 19: who knocks 100 times a minute is told to wait; others may knock', async () => {
  const strict = await TestServer.start({ limits: { knocksPerMinute: 20 }, trustProxy: 1 });
  const room = newRoom();
  const knockFrom = async (address: string): Promise<string> => {
    const response = await strict.fetch(`/rooms/${room}/knock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ visitor: newVisitor(), name: 'Kim' }),
    });
    const answered = await readAnswer('knock', response);
    if (answered.code === 'rate-limited') expect(answered.problem.retryAfter).toBeGreaterThan(0);
    return answered.code ?? 'ok';
  };
  try {
    const codes: string[] = [];
    for (let turn = 0; turn < 100; turn++) codes.push(await knockFrom('1.1.1.1'));
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'ok'));
    // A third a second grows back while they ask.
    const refused = codes.filter((code) => code === 'rate-limited');
    expect(refused.length).toBeGreaterThan(50);
    expect(await knockFrom('2.2.2.2')).toBe('ok');
    const { knocks } = await strict.meeting.rooms.get(room);
    expect(knocks).toHaveLength(100 - refused.length + 1);
  } finally {
    await strict.close();
  }
});

it('abuse 23: a host who reloads is in again, and waits in no lobby of their own', async () => {
  const { room, session } = await hosted();
  await server.ask('room-lock', room, { locked: true }, session);
  expect((await server.ask('call-resume', room, {}, session)).body.me.role).toBe('host');
  // Also with nothing but what the backend says.
  expect((await enter(room, 'host', 'hanna')).me.role).toBe('host');
});

it.each([
  'Host',
  'hanna (host)',
  '👑 Host',
  '✅ Admitted',
  'hаnna', // a Cyrillic а
  'Host\u202e',
  '<b>Host</b>',
])('abuse 28: who is called %o is a guest all the same', async (name) => {
  const { room, session } = await hosted();
  const waiting = await knock(room, name);
  expect(waiting.knock).toMatchObject({ vouched: false });
  await server.ask('knock-admit', room, { identity: waiting.knock.identity }, session);
  const { me } = (await server.ask('call-resume', room, {}, waiting.session)).body;
  expect([me.role, me.access]).toEqual(['guest', 'always']);
  expect((await server.ask('room-lock', room, { locked: false }, waiting.session)).code).toBe(
    'not-host',
  );
});

it('abuse 31: the host of one room reaches nobody and nothing of another by its ids', async () => {
  const [mine, theirs] = [await hosted(), await hosted()];
  const guest = await enter(theirs.room, 'always', 'gil');
  const gone = await enter(theirs.room, 'always', 'lea');
  await server.ask('call-leave', theirs.room, {}, gone.session);
  const waiting = await knock(theirs.room);
  const invited = { name: 'Mia', access: 'always' };
  const { invitation } = (
    await server.ask('invitation-create', theirs.room, invited, theirs.session)
  ).body;
  const before = await server.ask('events', theirs.room, { after: '0' }, theirs.session);
  const tries: [Stem, object][] = [
    ['participant-remove', { identity: guest.me.identity }],
    ['participant-restore', { identity: guest.me.identity }],
    ['role-set', { identity: guest.me.identity, role: 'host' }],
    ['knock-admit', { identity: waiting.knock.identity }],
    ['knock-deny', { identity: waiting.knock.identity }],
    ['knock-look', { identity: waiting.knock.identity }],
    ['pass-revoke', { identity: gone.me.identity }],
    ['invitation-revoke', { id: invitation.id, remove: true }],
  ];
  for (const [stem, input] of tries) {
    expect((await server.ask(stem, mine.room, input, mine.session)).status, stem).toBe(404);
    expect((await server.ask(stem, theirs.room, input, mine.session)).status, stem).toBe(401);
  }
  const after = await server.ask('events', theirs.room, { after: '0' }, theirs.session);
  expect(after.body).toEqual(before.body);
});

it('abuse 34: keys, sessions and tokens are in no log line, no row and no URL', async () => {
  const { room, session } = await hosted();
  const token = await entryToken({ room, access: 'always', sub: 'max' });
  const { key } = (
    await server.ask('invitation-create', room, { name: 'Mia', access: 'always' }, session)
  ).body;
  const link = (await server.ask('link-set', room, { access: 'always' }, session)).body.key;
  const wrong = 'w'.repeat(32);
  const secrets = [session, token, key, String(link), wrong, 'x'.repeat(43)];
  for (const secret of secrets) server.log.forbid(secret);
  for (const way of [{ entryToken: token }, { key }, { key: link }, { key: wrong }]) {
    await server.ask('call-enter', room, { visitor: newVisitor(), name: 'Max', ...way });
    await server.ask('call-check', room, { visitor: newVisitor(), ...way });
  }
  await server.ask('call-resume', room, {}, 'x'.repeat(43));
  const storage = await openStorage({ url: server.database ?? '' }, server.log);
  const rows = await dump(storage.db, ['rooms', 'admissions', 'invitations', 'events', 'outbox']);
  await storage.close();
  for (const secret of secrets) expect(rows.includes(secret)).toBe(false);
  server.log.expectNoSecrets();
  for (const { path, method, input } of Object.values<Route>(ROUTES)) {
    if (method === 'GET') {
      const names = Object.keys((input as { entries?: object }).entries ?? {});
      expect(names, path).not.toEqual(expect.arrayContaining(['key']));
      expect(
        names.filter((name) => /key|token|session|secret/i.test(name)),
        path,
      ).toEqual([]);
    }
  }
});

const INJECTIONS = [
  `'`,
  `'; drop table rooms; --`,
  `' or '1'='1`,
  `1); delete from admissions; --`,
  `\\`,
  `$1`,
  `\u0000`,
  `%' union select 1 --`,
  '{"$gt":""}',
];

it.each(STEMS)('abuse 38: SQL in any field of %s is text, or refused', async (stem) => {
  const { room, session } = await hosted();
  const { path, method, input }: Route = ROUTES[stem];
  const send = async (given: Record<string, string>): Promise<{ status: number }> => {
    const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' };
    const url = path.replace('{room}', room);
    const response =
      method === 'GET'
        ? server.fetch(`${url}?${new URLSearchParams(given).toString()}`, { headers })
        : server.fetch(url, { method, headers, body: JSON.stringify(given) });
    return readAnswer(stem, await response);
  };
  const example = EXAMPLES[stem].input as Record<string, string>;
  for (const field of Object.keys((input as { entries?: object }).entries ?? {})) {
    for (const injection of INJECTIONS) {
      const answer = await send({ ...example, [field]: injection });
      expect(answer.status, `${field}: ${injection}`).toBeLessThan(500);
    }
  }
  const wild = await server.fetch(`/rooms/${encodeURIComponent(`x'; drop table rooms`)}`);
  expect(wild.status).toBe(400);
  expect((await server.ask('room-read', newRoom(), {}, ADMIN)).status).toBe(200);
  expect(server.log.of('error')).toEqual([]);
});

it('abuse 39: a form or fetch of another site changes nothing, whatever cookies come along', async () => {
  const { room, session } = await hosted();
  const post = (headers: Record<string, string>, body = '{"locked":false}') =>
    server.fetch(`/rooms/${room}/room-lock`, { method: 'POST', headers, body });
  const cookie = `session=${session}; authorization=Bearer ${session}`;
  const json = { 'content-type': 'application/json' };
  const form = { 'content-type': 'application/x-www-form-urlencoded', cookie };
  const bearer = { authorization: `Bearer ${session}` };
  expect((await post({ ...json, cookie })).status).toBe(401);
  expect((await post(form, 'locked=false')).status).toBe(401);
  expect((await post({ ...form, ...bearer })).status).toBe(415);
  expect((await post({ 'content-type': 'text/plain', ...bearer })).status).toBe(415);
  for (const origin of ['https://evil.example', 'null']) {
    expect((await post({ ...json, ...bearer, origin })).status).toBe(403);
  }
  expect((await server.meeting.rooms.get(room)).locked).toBe(true);
});

it('abuse 43: a flood from one address is refused, and a host elsewhere removes meanwhile', async () => {
  const flooded = await TestServer.start({
    limits: { enterPerMinute: 20 },
    trustProxy: 1,
  });
  try {
    const room = newRoom();
    const post = (path: string, body: object, address: string, session = '') =>
      flooded.fetch(`/rooms/${room}/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': address,
          ...(session && { authorization: `Bearer ${session}` }),
        },
        body: JSON.stringify(body),
      });
    const host = (await flooded.enter(room, { access: 'host', sub: 'hanna' })).body;
    const max = (await flooded.enter(room, { access: 'always', sub: 'max' })).body;
    const flood = Array.from({ length: 200 }, () =>
      post('call-enter', { visitor: newVisitor(), name: 'Flood' }, '6.6.6.6'),
    );
    const { identity } = max.me;
    const removed = await post('participant-remove', { identity }, '1.1.1.1', host.session);
    expect(removed.status).toBe(200);
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    // A public link that is locked says no with 403; more than 20 a minute are not even looked at.
    expect(new Set(statuses)).toEqual(new Set([403, 429]));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(150);
  } finally {
    await flooded.close();
  }
});

it('abuse 43: a flood that no rate refuses keeps no host waiting', async () => {
  const COMERS = 200;
  const flooded = await TestServer.start({
    limits: { enterPerMinute: 1_000, knocksPerMinute: 1_000 },
  });
  try {
    for (const stem of ['call-enter', 'knock'] as const) {
      const room = newRoom();
      const host = (await flooded.enter(room, { access: 'host', sub: 'hanna' })).body;
      const max = (await flooded.enter(room, { access: 'always', sub: 'max' })).body;
      let answered = 0;
      const flood = Array.from({ length: COMERS }, async () => {
        const comer = { visitor: newVisitor(), name: 'Flood' };
        await flooded.ask(stem, room, comer);
        answered += 1;
      });
      await flooded.ask('participant-remove', room, { identity: max.me.identity }, host.session);
      expect(answered, `of ${COMERS} who came by ${stem} before the removal`).toBeLessThan(
        COMERS / 2,
      );
      await Promise.all(flood);
    }
  } finally {
    await flooded.close();
  }
});

it('abuse 47: no address that a guest writes anywhere is fetched', async () => {
  let hits = 0;
  const trap = createServer((_request, response) => {
    hits += 1;
    response.end();
  });
  trap.listen(0, '127.0.0.1');
  await once(trap, 'listening');
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/x.png`;
  const { room, session } = await hosted();
  const token = await entryToken({
    room,
    access: 'always',
    sub: url,
    name: url,
    more: { iss: url, picture: url, jku: url },
  });
  await server.ask('call-enter', room, { visitor: newVisitor(), name: url, entryToken: token });
  for (const stem of STEMS) {
    const example = EXAMPLES[stem].input as Record<string, unknown>;
    const texts = Object.entries(example).filter(([, value]) => typeof value === 'string');
    for (const [field] of texts)
      await server.ask(stem, room, { ...example, [field]: url }, session);
  }
  const waiting = await server.ask('knock', room, {
    visitor: newVisitor(),
    name: url,
    message: `<img src="${url}">`,
  });
  const { identity } = waiting.body.knock;
  await server.ask('knock-deny', room, { identity, note: url }, session);
  const header = { referer: url, 'x-forwarded-host': url, 'x-callback-url': url };
  await server.fetch(`/rooms/${room}`, { headers: header });
  expect(hits).toBe(0);
  trap.close();
});

it('abuse 41: the page that the demo serves is in no frame of anybody', async () => {
  const portal = createServer(
    createBackend({ pageFolder: 'demo/page', bundleFolder: 'cdn', entrySecret: ENTRY_SECRET }),
  );
  portal.listen(0, '127.0.0.1');
  await once(portal, 'listening');
  const origin = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
  for (const path of ['/', '/host', '/guest']) {
    const { status, headers } = await fetch(origin + path);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
  portal.close();
  portal.closeAllConnections();
});
