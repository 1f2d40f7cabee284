import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_CLOSE } from '../../src/protocol/feed-wire.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { eventually } from '../e2e/eventually.ts';
import { FeedClient } from './support/feed-client.ts';
import { TestServer } from './support/server.ts';
import { ask, newDatabase } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  const storage = { url: await newDatabase() };
  first = await TestServer.start({ storage });
  second = await TestServer.start({ storage });
});
afterAll(async () => {
  await first.close();
  await second.close();
});

async function hosted(): Promise<{ room: string; host: Entered; max: Entered }> {
  const room = newRoom();
  const { body: host } = await first.enter(room, { access: 'host', sub: 'hanna' });
  const { body: max } = await second.enter(room, { access: 'always', sub: 'max' });
  return { room, host, max };
}

const LISTENERS = `select pid from pg_stat_activity
  where datname = current_database() and query like 'listen %'`;

describe('Instances that start at once on an empty database', () => {
  it('make one schema, and all serve', async () => {
    const storage = { url: await newDatabase() };
    const room = newRoom();
    const servers = await Promise.all([1, 2, 3].map(() => TestServer.start({ storage })));
    for (const server of servers) {
      const { body } = await server.enter(room, { access: 'host', sub: 'hanna' });
      expect(body.room.name).toBe(room);
    }
    await Promise.all(servers.map((server) => server.close()));
  });
});

describe('Two instances on one database', () => {
  it('tell the feeds of each what was committed at the other', async () => {
    const { room, host, max } = await hosted();
    const feeds = [await FeedClient.open(first.url, host), await FeedClient.open(second.url, max)];
    await first.ask('room-lock', room, { locked: false }, host.session);
    await second.ask('room-lock', room, { locked: true }, host.session);
    for (const feed of feeds) {
      await feed.until(2);
      expect(feed.events.map(({ type }) => type)).toEqual(['room-unlocked', 'room-locked']);
      feed.close();
    }
  });

  it('end the feed of somebody who is removed at the other', async () => {
    const { room, host, max } = await hosted();
    const feed = await FeedClient.open(second.url, max);
    const { identity } = max.me;
    await first.ask('participant-remove', room, { identity }, host.session);
    expect(await feed.closed).toMatchObject({ code: FEED_CLOSE.removed });
    expect(feed.events).toEqual([]);
  });

  it('lose nothing when PostgreSQL cuts the lines between them', async () => {
    const { room, host, max } = await hosted();
    const feed = await FeedClient.open(second.url, max);
    const database = first.database ?? '';
    let locked = true;
    for (let time = 0; time < 3; time++) {
      const cut = await ask(database, `select pg_terminate_backend(pid) from (${LISTENERS}) l`);
      expect(cut).toHaveLength(2);
      for (let change = 0; change < 5; change++) {
        locked = !locked;
        const answer = await first.ask('room-lock', room, { locked }, host.session);
        expect(answer.code).toBeUndefined();
      }
      const { seq } = (await first.ask('events', room, { after: '0' }, host.session)).body;
      await feed.until(seq);
      await eventually('both listen again', async () => {
        return (await ask(database, LISTENERS)).length === 2;
      });
    }
    expect(feed.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    feed.close();
  });

  it('end the feed of somebody who is removed while the lines are cut', async () => {
    const { room, host, max } = await hosted();
    const feed = await FeedClient.open(second.url, max);
    await ask(first.database ?? '', `select pg_terminate_backend(pid) from (${LISTENERS}) l`);
    const { identity } = max.me;
    await first.ask('participant-remove', room, { identity }, host.session);
    expect(await feed.closed).toMatchObject({ code: FEED_CLOSE.removed });
    expect(feed.events).toEqual([]);
  });
});
