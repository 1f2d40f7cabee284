import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../e2e/eventually.ts';
import { FeedClient } from './support/feed-client.ts';
import { TestServer } from './support/server.ts';
import { newMessageId, newRoom } from './support/tokens.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

async function hosted() {
  const room = newRoom();
  const { body: host } = await server.enter(room, { access: 'host', sub: 'hanna' });
  const { body: max } = await server.enter(room, { access: 'always', sub: 'max' });
  const id = `w_${newMessageId().slice(2)}`;
  await server.ask('whiteboard-create', room, { id, name: 'Plan' }, host.session);
  return { room, host, max, id };
}

it.each([
  ['a deletion of nothing', 'AAEDAQEA'],
  ['an item beside itself', 'AQECAKgCBQF3AnY2AA=='],
])('abuse 54: %s, that Yjs reads and no page can apply, is not kept', async (_, update) => {
  const { room, max, id } = await hosted();
  const input = { id, gen: 1, update, key: newMessageId().slice(2) };
  const { code } = await server.ask('whiteboard-update', room, input, max.session);
  expect(code).toBe('invalid-input');
  const { body } = await server.ask('whiteboard-read', room, { id }, max.session);
  expect(body.updates).toEqual([]);
});

it('abuse 54: who may not draw may point, but their strokes in progress are not passed on', async () => {
  const { room, host, max, id } = await hosted();
  const [hosts, guests] = [
    await FeedClient.open(server.url, host),
    await FeedClient.open(server.url, max),
  ];
  for (const feed of [hosts, guests]) {
    feed.say({ type: 'whiteboard-watch', id, on: true, after: 0, gen: 1 });
  }
  const stroke = { color: '#ff0000', width: 3, points: [1, 2, 3, 4] };
  const hint = { type: 'whiteboard-hint', id, x: 1, y: 2, stroke } as const;
  const heard = (feed: FeedClient) =>
    feed.frames.filter((frame) => frame.type === 'whiteboard-hint');
  await eventually('a guest draws', () => {
    guests.say(hint);
    return heard(hosts).some((one) => one.stroke);
  });
  await server.ask('whiteboard-lock', room, { id, locked: true }, host.session);
  const last = await eventually('they point', () => {
    guests.say({ ...hint, x: 100 });
    return heard(hosts).find(({ x }) => x === 100);
  });
  expect(last).not.toHaveProperty('stroke');
  await eventually('a host draws', () => {
    hosts.say(hint);
    return heard(guests).some((one) => one.stroke);
  });
  hosts.close();
  guests.close();
});
