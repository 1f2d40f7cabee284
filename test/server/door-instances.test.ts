import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { eventually } from '../e2e/eventually.ts';
import { connect, join, joinQuery } from './support/door-client.ts';
import { connectHalfOpen } from './support/half-open.ts';
import { House, sfuRoomOf } from './support/livekit.ts';
import { ServerChild } from './support/server-child.ts';
import type { TestServer } from './support/server.ts';
import { newRoom } from './support/tokens.ts';

let house: House;
let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  house = await House.open();
  first = house.server;
  second = await house.another();
});
afterAll(() => house.close());

async function enterBoth(): Promise<{ room: string; host: Entered; max: Entered }> {
  const room = newRoom();
  const { body: host } = await first.enter(room, { access: 'host', sub: 'hanna' });
  const { body: max } = await second.enter(room, { access: 'always', sub: 'max' });
  return { room, host, max };
}

const roster = async (room: string) =>
  (await second.meeting.rooms.get(room)).roster.map(({ person, connection }) => [
    person,
    connection,
  ]);

describe('Two instances with one LiveKit', () => {
  it('put people of both into one call', async () => {
    const { room, host, max } = await enterBoth();
    const doors = [await join(first.url, host.token), await join(second.url, max.token)];
    expect(await roster(room)).toEqual([
      ['hanna', 'connected'],
      ['max', 'connected'],
    ]);
    for (const door of doors) door.close();
  });

  it('refuse at one whoever answers at the other', async () => {
    const { max } = await enterBoth();
    const door = await join(first.url, max.token);
    const tried = await connect(second.url, joinQuery(max.token));
    expect([tried.status, tried.problem?.code]).toEqual([503, 'already-connected']);
    await door.ping();
    door.close();
  });

  it('let in at one whoever no longer answers at the other', async () => {
    const { room, max } = await enterBoth();
    const half = await connectHalfOpen(first.url, joinQuery(max.token));
    const start = performance.now();
    const door = await join(second.url, max.token);
    expect(performance.now() - start).toBeLessThan(5_000);
    await eventually('the old socket is closed', () => half.closed);
    await door.ping();
    expect(await roster(room)).toEqual([['max', 'connected']]);
    door.close();
  });

  it('put out at one whoever is removed at the other', async () => {
    const { room, host, max } = await enterBoth();
    const door = await join(second.url, max.token);
    const { identity } = max.me;
    const answer = await first.ask('participant-remove', room, { identity }, host.session);
    expect(answer.body.settled).toBe(true);
    await door.closed;
    expect(await house.identities(sfuRoomOf(max.token))).toEqual([]);
    for (const server of [first, second]) {
      expect((await connect(server.url, joinQuery(max.token))).status).toBe(403);
    }
  });

  it('give a page that takes over its seat at the other', async () => {
    const { room, max } = await enterBoth();
    const old = await join(first.url, max.token);
    const { body } = await second.ask('call-resume', room, { takeOver: true }, max.session);
    await old.closed;
    const fresh = await eventually('the new page is in', async () => {
      const tried = await connect(second.url, joinQuery(body.token));
      return tried.status === 101 ? tried.client : undefined;
    });
    await fresh.ping();
    expect(await roster(room)).toEqual([['max', 'connected']]);
    fresh.close();
  });

  it('let in at one whose other instance was killed, within 5 s', async () => {
    const { url, apiKey, apiSecret } = house.livekit;
    const child = await ServerChild.prepare();
    await child.start({
      LIVEKIT_URL: url,
      LIVEKIT_API_KEY: apiKey,
      LIVEKIT_API_SECRET: apiSecret,
      DATABASE_URL: first.database ?? '',
    });
    try {
      const { room, host, max } = await enterBoth();
      const watch = await join(second.url, host.token);
      const old = await join(child.url, max.token);
      await child.end('SIGKILL');
      await old.closed;
      const start = performance.now();
      const fresh = await join(second.url, max.token);
      const took = Math.round(performance.now() - start);
      console.log(`over a killed instance: let in after ${took} ms`);
      expect(took).toBeLessThan(5_000);
      await fresh.ping();
      expect(await roster(room)).toContainEqual(['max', 'connected']);
      for (const door of [fresh, watch]) door.close();
    } finally {
      await child.end();
    }
  });
});
