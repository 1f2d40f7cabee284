import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_CLOSE } from '../../src/protocol/feed-wire.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { eventually } from '../e2e/eventually.ts';
import { connect, type DoorClient, join, joinQuery } from './support/door-client.ts';
import { FeedClient } from './support/feed-client.ts';
import { connectHalfOpen } from './support/half-open.ts';
import { House, sfuRoomOf } from './support/livekit.ts';
import { newRoom } from './support/tokens.ts';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

interface Meeting {
  room: string;
  sfuRoom: string;
  host: Entered;
  max: Entered;
  hostDoor: DoorClient;
  door: DoorClient;
}

/** A host and Max in the call. */
async function together(): Promise<Meeting> {
  const { server } = house;
  const room = newRoom();
  const { body: host } = await server.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
  const { body: max } = await server.enter(room, { access: 'always', sub: 'max', name: 'Max' });
  const hostDoor = await join(server.url, host.token);
  const door = await join(server.url, max.token);
  return { room, sfuRoom: sfuRoomOf(max.token), host, max, hostDoor, door };
}

const roster = async (room: string) =>
  (await house.server.meeting.rooms.get(room)).roster.map(({ name, connection }) => [
    name,
    connection,
  ]);

const remove = (room: string, host: Entered, { me: { identity } }: Entered) =>
  house.server.ask('participant-remove', room, { identity }, host.session);

const events = async (room: string, host: Entered) =>
  (await house.server.ask('events', room, { after: '0' }, host.session)).body.events;

describe('Somebody who joins', () => {
  it('gets LiveKit’s own answer first, and is in the call for everybody', async () => {
    const { room, host, max, door, hostDoor, sfuRoom } = await together();
    const [first] = door.messages;
    expect(first?.case).toBe('join');
    expect(await roster(room)).toEqual([
      ['Hanna', 'connected'],
      ['Max', 'connected'],
    ]);
    expect(await house.identities(sfuRoom)).toEqual(
      expect.arrayContaining([host.me.identity, max.me.identity]),
    );
    expect((await events(room, host)).map(({ type }) => type)).toEqual([
      'participant-joined',
      'participant-joined',
    ]);
    await door.ping();
    for (const client of [door, hostDoor]) client.close();
  });

  it('is seen as reconnecting when the socket breaks, and as back', async () => {
    const { room, host, max, door } = await together();
    const feed = await FeedClient.open(house.server.url, host, 2);
    door.close();
    expect(await feed.frame('presence')).toMatchObject({
      identity: max.me.identity,
      connection: 'reconnecting',
    });
    const back = await join(house.server.url, await door.refreshedToken());
    await eventually('connected again', () =>
      feed.frames.some((frame) => frame.type === 'presence' && frame.connection === 'connected'),
    );
    expect(await roster(room)).toContainEqual(['Max', 'connected']);
    expect(feed.events).toEqual([]);
    for (const client of [back, feed]) client.close();
  });

  it('is gone 3 s after a goodbye', async () => {
    const { room, host, door, max } = await together();
    const feed = await FeedClient.open(house.server.url, host, 2);
    const start = performance.now();
    door.sayLeave();
    door.close();
    expect(await feed.frame('participant-left')).toMatchObject({
      reason: 'left',
      participant: { identity: max.me.identity },
    });
    expect(performance.now() - start).toBeGreaterThan(2_900);
    expect(await roster(room)).toEqual([['Hanna', 'connected']]);
    feed.close();
  });
});

describe('Somebody who is removed', () => {
  it('abuse 1, 2: is out of LiveKit and off the door, and no token leads back', async () => {
    const { room, host, max, door, sfuRoom } = await together();
    const refreshed = await door.refreshedToken();
    const again = await connect(house.server.url, joinQuery(refreshed));
    expect(again.status, 'the first lives').toBe(503);
    const answer = await remove(room, host, max);
    expect(answer.body.settled).toBe(true);
    await door.closed;
    expect(door.messages.at(-1)?.case).toBe('leave');
    for (let time = 0; time < 3; time++) {
      for (const token of [max.token, refreshed]) {
        const tried = await connect(house.server.url, joinQuery(token));
        expect([tried.status, tried.problem?.exit?.reason]).toEqual([403, 'removed']);
      }
    }
    expect(await house.identities(sfuRoom)).toEqual([host.me.identity]);
    expect((await events(room, host)).map(({ type }) => type)).toEqual([
      'participant-joined',
      'participant-joined',
      'participant-removed',
      'participant-left',
    ]);
  });

  it('is back with the old session once let in, with a seat that works', async () => {
    const { room, host, max, door } = await together();
    await remove(room, host, max);
    await door.closed;
    const { identity } = max.me;
    await house.server.ask('participant-restore', room, { identity }, host.session);
    const { body } = await house.server.ask('call-resume', room, {}, max.session);
    const back = await join(house.server.url, body.token);
    await back.ping();
    expect(await roster(room)).toContainEqual(['Max', 'connected']);
    back.close();
  });
});

describe('A second connection of an identity', () => {
  it('abuse 5, 66: is refused while the first answers, which lives on', async () => {
    const { max, door } = await together();
    for (let time = 0; time < 3; time++) {
      const tried = await connect(house.server.url, joinQuery(max.token));
      expect([tried.status, tried.problem?.code]).toEqual([503, 'already-connected']);
      const { status } = await house.server.fetch(`/rtc/v1/validate?${joinQuery(max.token)}`);
      expect(status).toBe(503);
    }
    await door.ping();
    expect(door.isOpen).toBe(true);
  });

  it('at the same moment is refused, too', async () => {
    const { server } = house;
    const { body } = await server.enter(newRoom(), { access: 'always', sub: 'max' });
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => connect(server.url, joinQuery(body.token))),
    );
    const count = (code: number) => tries.filter(({ status }) => status === code).length;
    expect([count(101), count(503)]).toEqual([1, 4]);
    for (const { client } of tries) client.close();
  });

  it('takes the place of a first that no longer answers', async () => {
    const { server } = house;
    const room = newRoom();
    const { body: max } = await server.enter(room, { access: 'always', sub: 'max' });
    const half = await connectHalfOpen(server.url, joinQuery(max.token));
    const ended = once(half, 'close');
    const start = performance.now();
    const fresh = await join(server.url, max.token);
    expect(performance.now() - start).toBeLessThan(5_000);
    await ended;
    await fresh.ping();
    expect(await roster(room)).toEqual([['Somebody', 'connected']]);
    fresh.close();
  });

  it('by takeover puts the first page out, which is told why', async () => {
    const { room, max, door } = await together();
    const feed = await FeedClient.open(house.server.url, max, 2);
    const { body } = await house.server.ask('call-resume', room, { takeOver: true }, max.session);
    const { code } = await feed.closed;
    expect(code).toBe(FEED_CLOSE.replaced);
    expect(feed.frames.at(-1)).toMatchObject({ type: 'over', exit: { reason: 'replaced' } });
    await door.closed;
    const fresh = await eventually('the door takes the new page', async () => {
      const tried = await connect(house.server.url, joinQuery(body.token));
      return tried.status === 101 ? tried.client : undefined;
    });
    await fresh.ping();
    const mine = await FeedClient.open(house.server.url, max, 2);
    expect(await roster(room)).toContainEqual(['Max', 'connected']);
    for (const client of [fresh, mine]) client.close();
  });
});

describe('A client that does not behave', () => {
  it('abuse 44: with a frame that is too long is cut off, and others are not', async () => {
    const { door, hostDoor } = await together();
    door.socket.send(Buffer.alloc(600_000));
    expect((await door.closed).code).toBe(1009);
    await hostDoor.ping();
  });

  it('with garbage harms nobody else', async () => {
    const { door, hostDoor, room } = await together();
    for (const garbage of ['text', Buffer.from([0xff, 0xff, 0xff]), Buffer.alloc(0)]) {
      if (door.isOpen) door.socket.send(garbage);
    }
    await hostDoor.ping();
    expect(await roster(room)).toContainEqual(['Hanna', 'connected']);
  });

  it('abuse 64: connects too often and has to wait', async () => {
    const limited = await House.open({ limits: { connectsPerMinute: 2 } });
    try {
      const { body } = await limited.server.enter(newRoom(), { access: 'always', sub: 'max' });
      const codes = [];
      for (let time = 0; time < 3; time++) {
        const { status, client } = await connect(limited.server.url, joinQuery(body.token));
        codes.push(status);
        client.close();
        await client.closed;
      }
      expect(codes.at(-1)).toBe(429);
    } finally {
      await limited.close();
    }
  });
});
