import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_BATCHES, FEED_CLOSE } from '../../src/protocol/feed-wire.ts';
import { FEED_HELLO_TIMEOUT } from '../../src/protocol/limits.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { openStorage } from '../../src/server/storage/open.ts';
import type { Storage } from '../../src/server/storage/storage.ts';
import { FeedClient } from './support/feed-client.ts';
import { TestServer } from './support/server.ts';
import { newRoom } from './support/tokens.ts';

let server: TestServer;
let storage: Storage;
beforeAll(async () => {
  server = await TestServer.start();
  storage = await openStorage({ url: server.database ?? '' }, server.log);
});
afterAll(async () => {
  await storage.close();
  await server.close();
});

async function hosted(): Promise<{ room: string; host: Entered; max: Entered }> {
  const room = newRoom();
  const { body: host } = await server.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
  const { body: max } = await server.enter(room, { access: 'always', sub: 'max', name: 'Max' });
  return { room, host, max };
}

/** As if their signalling had passed the door. */
const markPresent = ({ me }: Entered) =>
  storage.db
    .updateTable('admissions')
    .set({ present: true, joined_at: Date.now() })
    .where('person', '=', me.person)
    .execute();

const lock = (room: string, locked: boolean, host: Entered) =>
  server.ask('room-lock', room, { locked }, host.session);

describe('The first message of a feed', () => {
  it('is waited for 5 s', async () => {
    const { room } = await hosted();
    const start = performance.now();
    const client = await FeedClient.connect(server.url, room);
    expect(await client.closed).toMatchObject({ code: FEED_CLOSE.unauthorized });
    expect(performance.now() - start).toBeGreaterThan(FEED_HELLO_TIMEOUT - 50);
    expect(client.frames).toEqual([]);
  });

  const session = 's'.repeat(43);
  it.each([
    ['not JSON', 'hello'],
    ['null', 'null'],
    ['an array', '[]'],
    ['nothing', ''],
    ['without after', JSON.stringify({ session })],
    ['with a negative after', JSON.stringify({ session, after: -1 })],
    ['with half an after', JSON.stringify({ session, after: 0.5 })],
    ['with a text after', JSON.stringify({ session, after: '0' })],
    ['with more than it takes', JSON.stringify({ session, after: 0, role: 'host' })],
    ['with a short session', JSON.stringify({ session: 's', after: 0 })],
    ['with __proto__', `{"session":"${session}","after":0,"__proto__":{"role":"host"}}`],
    ['deeply nested', '['.repeat(30_000)],
  ])('that is %s is malformed', async (_what, text) => {
    const { room } = await hosted();
    const client = await FeedClient.connect(server.url, room);
    client.socket.send(text);
    expect(await client.closed).toMatchObject({ code: FEED_CLOSE.malformed });
    expect(client.frames).toEqual([]);
  });

  it('is text', async () => {
    const { room, host } = await hosted();
    const client = await FeedClient.connect(server.url, room);
    client.socket.send(Buffer.from(JSON.stringify({ session: host.session, after: 0 })));
    expect(await client.closed).toMatchObject({ code: FEED_CLOSE.malformed });
  });

  it('abuse 44: of 1 MB is too big', async () => {
    const { room } = await hosted();
    const client = await FeedClient.connect(server.url, room);
    client.socket.send('x'.repeat(1_000_000));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it('is the only one', async () => {
    const { host } = await hosted();
    const client = await FeedClient.open(server.url, host);
    client.say({ type: 'typing' });
    expect(await client.closed).toMatchObject({ code: FEED_CLOSE.malformed });
  });

  it.each(['no session of anybody', 'the host of another room', 'a room that is not there'])(
    'from %s opens nothing',
    async (who) => {
      const { room } = await hosted();
      const other = await hosted();
      const place = who.startsWith('a room') ? newRoom() : room;
      const client = await FeedClient.connect(server.url, place);
      client.say({ session: who.startsWith('no') ? session : other.host.session, after: 0 });
      expect(await client.closed).toMatchObject({ code: FEED_CLOSE.unauthorized });
      expect(client.frames).toEqual([]);
    },
  );

  it.each([
    ['left', FEED_CLOSE.left],
    ['removed', FEED_CLOSE.removed],
  ] as const)('from somebody who is %s says how it ended', async (reason, code) => {
    const { room, host, max } = await hosted();
    const { identity } = max.me;
    if (reason === 'left') await server.ask('call-leave', room, {}, max.session);
    else await server.ask('participant-remove', room, { identity }, host.session);
    const client = await FeedClient.connect(server.url, room);
    client.say({ session: max.session, after: 0 });
    expect(await client.closed).toEqual({ code, reason });
    expect(client.frames).toEqual([
      { type: 'over', exit: expect.objectContaining({ reason }) as object },
    ]);
  });
});

describe('A feed', () => {
  it('begins with what was missed', async () => {
    const { room, host } = await hosted();
    for (const locked of [false, true, false]) await lock(room, locked, host);
    const client = await FeedClient.open(server.url, { ...host, seq: 1 });
    expect(client.events.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(client.frames.at(-1)).toEqual({ type: 'head', seq: 3 });
    const whole = await FeedClient.open(server.url, host, 0);
    const { events } = (await server.ask('events', room, { after: '0' }, host.session)).body;
    expect(whole.events).toEqual(events);
    for (const one of [client, whole]) one.close();
  });

  it('tells 200 things that happen at once, each once and in order', async () => {
    const { room, host, max } = await hosted();
    const early = await FeedClient.open(server.url, host);
    const guests = await FeedClient.open(server.url, max);
    const changes = Array.from({ length: 200 }, (_, i) => lock(room, i % 2 === 0, host));
    const late = FeedClient.open(server.url, host, 0);
    await Promise.all(changes);
    const { seq } = (await server.ask('events', room, { after: '0' }, host.session)).body;
    for (const client of [early, guests, await late]) {
      await client.until(seq);
      expect(client.events.map((event) => event.seq)).toEqual(
        Array.from({ length: seq }, (_, i) => i + 1),
      );
      client.close();
    }
  });

  it('tells what happened at once in one frame, to who takes that', async () => {
    const { room, host } = await hosted();
    for (const locked of [false, true, false]) await lock(room, locked, host);
    const [together, apart] = [
      await FeedClient.connect(server.url, room, `?${FEED_BATCHES}`),
      await FeedClient.connect(server.url, room),
    ];
    for (const client of [together, apart]) {
      client.say({ session: host.session, after: 0 });
      await client.frame('head');
      client.close();
    }
    expect(together.batches).toEqual([3]);
    expect(apart.batches).toEqual([]);
    expect(together.frames).toEqual(apart.frames);
  });

  it.each([
    ['ahead of the log', 1_000, {}],
    ['below what is kept', 1, { after: 2 }],
  ])('that asks for a position %s needs a snapshot', async (_what, after, told) => {
    const { room, host } = await hosted();
    for (const locked of [false, true, false]) await lock(room, locked, host);
    await storage.db.updateTable('rooms').set({ log_floor: 2 }).where('name', '=', room).execute();
    const client = await FeedClient.connect(server.url, room);
    client.say({ session: host.session, after });
    expect(await client.closed).toMatchObject({ code: FEED_CLOSE['snapshot-needed'] });
    expect(client.frames).toEqual([{ type: 'snapshot-needed', ...told }]);
  });

  it('abuse 10: of a removed guest ends at once, and the others hear of it once', async () => {
    const { room, host, max } = await hosted();
    const { body: ines } = await server.enter(room, { access: 'always', sub: 'ines' });
    for (const stay of [host, max, ines]) await markPresent(stay);
    const [out, tab] = [
      await FeedClient.open(server.url, max),
      await FeedClient.open(server.url, max),
    ];
    const [others, hosts] = [
      await FeedClient.open(server.url, ines),
      await FeedClient.open(server.url, host),
    ];
    const before = out.frames.length;
    const { identity } = max.me;
    const input = { identity, note: 'Goodbye for now' };
    await server.ask('participant-remove', room, input, host.session);
    for (const locked of [false, true]) await lock(room, locked, host);
    for (const client of [out, tab]) {
      expect(await client.closed).toEqual({ code: FEED_CLOSE.removed, reason: 'removed' });
      expect(client.frames.slice(before)).toEqual([
        {
          type: 'over',
          exit: {
            reason: 'removed',
            note: 'Goodbye for now',
            at: expect.any(Number) as number,
            by: expect.objectContaining({ name: 'Hanna' }) as object,
            next: 'knock',
          },
        },
      ]);
    }
    for (const client of [others, hosts]) {
      await client.until(4);
      const [removed, left] = client.events;
      expect(client.events.map(({ type }) => type)).toEqual([
        'participant-removed',
        'participant-left',
        'room-unlocked',
        'room-locked',
      ]);
      expect(removed?.id).toBe(left?.id);
      client.close();
    }
  });

  it('of somebody who leaves ends with left', async () => {
    const { room, max } = await hosted();
    const client = await FeedClient.open(server.url, max);
    await server.ask('call-leave', room, {}, max.session);
    expect(await client.closed).toMatchObject({ code: FEED_CLOSE.left });
    expect(await client.frame('over')).toMatchObject({ exit: { reason: 'left', next: 'rejoin' } });
  });

  it('of a page that is taken over ends with replaced, and the new page has its own', async () => {
    const { room, host, max } = await hosted();
    const old = await FeedClient.open(server.url, max);
    await server.ask('call-resume', room, { takeOver: true }, max.session);
    const fresh = await FeedClient.open(server.url, max);
    expect(await old.closed).toEqual({ code: FEED_CLOSE.replaced, reason: 'replaced' });
    expect(await old.frame('over')).toMatchObject({ exit: { next: 'takeover' } });
    await lock(room, false, host);
    await fresh.until(1);
    expect(old.events).toEqual([]);
    fresh.close();
  });

  it('goes on for others when a page goes without a word', async () => {
    const { room, host, max } = await hosted();
    const gone = await FeedClient.open(server.url, max);
    const stays = await FeedClient.open(server.url, host);
    gone.close();
    await lock(room, false, host);
    await stays.until(1);
    stays.close();
  });
});
