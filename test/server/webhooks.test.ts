import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoomEvent } from '../../src/protocol/events.ts';
import { eventually } from '../e2e/eventually.ts';
import { FeedClient } from './support/feed-client.ts';
import { Receiver } from './support/receiver.ts';
import { TestServer, type TestServerOptions } from './support/server.ts';
import { newMessageId, newRoom, newVisitor } from './support/tokens.ts';

const KEY = 'an-api-key-that-only-tests-know-of';
const { secret } = Receiver;
const OTHER_SECRET = `whsec_${Buffer.from('x'.repeat(32)).toString('base64')}`;

let receiver: Receiver;
const servers: TestServer[] = [];
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  receiver.stop();
});

async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await TestServer.start({
    apiKeys: [KEY],
    webhooks: [{ url: receiver.url, secret }],
    ...options,
  });
  for (const one of [secret, OTHER_SECRET, KEY]) server.log.forbid(one);
  servers.push(server);
  return server;
}

const lock = async (server: TestServer, room: string, locked: boolean): Promise<void> => {
  expect((await server.ask('room-lock', room, { locked }, KEY)).status).toBe(200);
};

/** The log as whoever missed something reads it. */
async function logOf(server: TestServer, room: string, after = 0): Promise<unknown[]> {
  const answer = await server.ask('events', room, { after: String(after) }, KEY);
  return answer.body.events;
}

const until = (room: string, count: number): Promise<boolean> =>
  eventually(`${count} webhooks`, () => receiver.of(room).length >= count);

describe('A webhook', () => {
  it('tells what the feed, the hook and the log tell: name, id, sequence and all', async () => {
    const heard: RoomEvent[] = [];
    const server = await start({ hooks: { event: (event) => void heard.push(event) } });
    const room = newRoom();
    const host = (await server.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' })).body;
    const feed = await FeedClient.open(server.url, host);
    const knock = await server.ask('knock', room, { visitor: newVisitor(), name: 'Kim' });
    const { identity } = knock.body.knock;
    await server.ask('knock-admit', room, { identity }, host.session);
    await server.ask('role-set', room, { identity, role: 'host' }, host.session);
    await server.ask('participant-remove', room, { identity, note: 'Bye' }, KEY);
    await server.ask('participant-restore', room, { identity }, host.session);
    await server.ask('invitation-create', room, { name: 'Mia', access: 'always' }, KEY);
    await server.ask('link-set', room, { access: 'host' }, host.session);
    const { seq } = (await server.ask('room-lock', room, { locked: false }, KEY)).body;
    await until(room, seq);
    await feed.until(seq);
    const log = await logOf(server, room);
    expect(log).toHaveLength(seq);
    expect(receiver.of(room).map(({ event }) => event)).toEqual(log);
    expect(feed.events).toEqual(log);
    expect(heard).toEqual(log);
    feed.close();
  });

  it('brings the receipt of a reset, also of one that clears the log, and tells when it is undone', async () => {
    const server = await start({ reset: { trashHours: 1 } });
    const room = newRoom();
    const host = (await server.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' })).body;
    const note = { id: newMessageId(), text: 'A thing of the past' };
    await server.ask('message-send', room, note, host.session);
    const { receipt } = (await server.ask('room-reset', room, { parts: ['activity'] }, KEY)).body;
    const id = receipt?.restorable?.id ?? '';
    await server.ask('reset-restore', room, { id }, KEY);
    const told = (type: string) =>
      receiver.of(room).find(({ event }) => event.type === type)?.event;
    const back = await eventually('it is told', () => told('room-restored'));
    const by = { kind: 'server' };
    expect(told('room-reset')).toMatchObject({ receipt, by });
    expect(receipt?.parts).toContainEqual({ part: 'chat', count: 1 });
    expect(back).toMatchObject({ parts: receipt?.restorable?.parts, by });
    expect(receiver.forged).toBe(0);
  });

  it('is signed as Standard Webhooks says, with an id that no other has', async () => {
    const server = await start();
    const room = newRoom();
    await server.ask('knock', room, { visitor: newVisitor(), name: 'Kim' });
    // One act of two events, which share its id.
    await server.ask('call-end', room, {}, KEY);
    await until(room, 3);
    const received = receiver.of(room).slice(1);
    expect(received.map(({ event }) => event.type)).toEqual(['call-ended', 'knock-over']);
    expect(receiver.forged).toBe(0);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
    expect(received.map(({ id }) => id)).toEqual(
      received.map(({ event }) => `${event.id}_${event.seq}`),
    );
    for (const { headers, event } of received) {
      expect(headers['content-type']).toBe('application/json');
      expect(headers['user-agent']).toBe('livekit-meeting-room');
      expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]+=*$/);
      expect(Math.abs(Number(headers['webhook-timestamp']) * 1_000 - event.at)).toBeLessThan(
        60_000,
      );
    }
  });

  it('is signed with both secrets while one replaces the other', async () => {
    const server = await start({
      webhooks: [{ url: receiver.url, secret: [OTHER_SECRET, secret] }],
    });
    const room = newRoom();
    await lock(server, room, false);
    await until(room, 1);
    expect(receiver.of(room)[0]?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(receiver.forged).toBe(0);
  });

  it('with another secret is not taken, and comes again', async () => {
    const server = await start({ webhooks: [{ url: receiver.url, secret: OTHER_SECRET }] });
    await lock(server, newRoom(), false);
    await eventually('it came twice', () => receiver.forged >= 2);
    expect(receiver.received).toEqual([]);
    expect(server.log.of('warn').join()).toMatch(/A webhook was not taken[^]*status: 401/);
  });

  it('comes in the order of its room, from two servers, once', async () => {
    const first = await start();
    const second = await start({ storage: { url: first.database ?? '' } });
    const rooms = [newRoom(), newRoom(), newRoom()];
    const turns = Array.from({ length: 12 }, (_, turn) => turn);
    const acts = rooms.map(async (room) => {
      for (const turn of turns) await lock(turn % 3 ? first : second, room, turn % 2 === 1);
    });
    await Promise.all(acts);
    for (const room of rooms) {
      const log = await logOf(first, room);
      expect(log).toHaveLength(turns.length);
      await until(room, log.length);
      expect(receiver.of(room).map(({ event }) => event)).toEqual(log);
    }
  });

  it('tells each address what it wants to hear', async () => {
    const other = await Receiver.start();
    const server = await start({
      webhooks: [
        { url: receiver.url, secret, types: ['room-locked'] },
        { url: other.url, secret },
      ],
    });
    const room = newRoom();
    for (const locked of [false, true, false]) await lock(server, room, locked);
    await eventually('all', () => other.of(room).length === 3);
    await until(room, 1);
    expect(receiver.of(room).map(({ event }) => event.type)).toEqual(['room-locked']);
    other.stop();
  });

  it('outlives a receiver that is away and the server, and what was missed can be read', async () => {
    const { port } = new URL(receiver.url);
    const first = await start();
    const room = newRoom();
    await lock(first, room, false);
    await until(room, 1);
    receiver.stop();
    await lock(first, room, true);
    await eventually('it was noticed', () => first.log.of('warn').length > 0);
    await first.ask('knock', room, { visitor: newVisitor(), name: 'A knocker by name' });
    await first.close();
    servers.length = 0;
    receiver = await Receiver.start(Number(port));
    const second = await start({ storage: { url: first.database ?? '' } });
    await lock(second, room, false);
    await until(room, 4);
    // In the order of the log, but for the one that failed and waits for another try.
    const log = await logOf(second, room, 1);
    const told = receiver.of(room).map(({ event }) => event);
    expect(told.sort((a, b) => a.seq - b.seq)).toEqual(log);
    for (const { log: lines } of [first, second]) {
      expect(lines.lines.join()).not.toContain('A knocker by name');
    }
  });

  it('abuse 47: leads nowhere else by a redirect', async () => {
    const elsewhere = await Receiver.start();
    receiver.reply = (response) => response.writeHead(307, { location: elsewhere.url }).end();
    const server = await start();
    await lock(server, newRoom(), false);
    await eventually('it was tried twice', () => receiver.received.length >= 2);
    expect(elsewhere.received).toEqual([]);
    expect(elsewhere.forged).toBe(0);
    elsewhere.stop();
  });

  it('to an address that hangs holds up no other, nor the end of the server', async () => {
    const hanging = await Receiver.start();
    hanging.reply = () => undefined;
    const server = await start({
      webhooks: [hanging, receiver].map(({ url }) => ({ url, secret })),
    });
    const room = newRoom();
    for (const locked of [false, true, false]) await lock(server, room, locked);
    await until(room, 3);
    // The next one of a room is not sent before the first is answered.
    expect(hanging.of(room)).toHaveLength(1);
    const begin = performance.now();
    await server.meeting.close();
    expect(performance.now() - begin).toBeLessThan(5_000);
    hanging.stop();
  });
});
