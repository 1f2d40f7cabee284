import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../e2e/eventually.ts';
import { FeedClient } from './support/feed-client.ts';
import { Receiver } from './support/receiver.ts';
import { problemOf, TestServer } from './support/server.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

const KEY = 'an-api-key-that-only-tests-know-of';

let receiver: Receiver;
let server: TestServer;
beforeAll(async () => {
  receiver = await Receiver.start();
  server = await TestServer.start({
    apiKeys: [KEY],
    webhooks: [{ url: receiver.url, secret: Receiver.secret }],
  });
  server.log.forbid(KEY);
});
afterAll(async () => {
  await server.close();
  receiver.stop();
});

const read = async (): Promise<string> => {
  const headers = { authorization: `Bearer ${KEY}` };
  const response = await server.fetch('/metrics', { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.text();
};

/** The value of a sample, 0 when it is not there. */
const valueOf = (text: string, sample: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.split(' ')[1] ?? 0,
  );

it('Metrics are for an API key, and for nobody else', async () => {
  for (const authorization of [undefined, 'Bearer x', `Basic ${KEY}`, `Bearer ${'s'.repeat(43)}`]) {
    // Wherever it seems to come from.
    for (const from of [{}, { 'x-forwarded-for': '127.0.0.1' }]) {
      const headers = { ...from, ...(authorization && { authorization }) };
      const response = await server.fetch('/metrics', { headers });
      expect((await problemOf(response)).code).toBe('api-key-invalid');
    }
  }
  const without = await TestServer.start();
  expect((await without.fetch('/metrics')).status).toBe(401);
  await without.close();
});

it('Metrics move with what happens, and say nothing of whom', async () => {
  const room = newRoom();
  receiver.reply = 500;
  const before = await read();
  const host = (await server.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' })).body;
  const feed = await FeedClient.open(server.url, host);
  await server.ask('room-lock', room, { locked: false }, host.session);
  await server.ask('room-lock', room, { locked: true }, KEY);
  const knock = await server.ask('knock', room, { visitor: newVisitor(), name: 'Kim Knocker' });
  await server.ask('room-lock', room, { locked: true }, knock.body.session);
  await server.fetch(`/rooms/${room}/nothing-of-ours`);
  await eventually('a try of a webhook', async () =>
    valueOf(await read(), 'meeting_webhook_attempts_total{outcome="failed"}'),
  );
  const after = await read();
  const moved = (sample: string): number => valueOf(after, sample) - valueOf(before, sample);
  const count = 'meeting_http_request_duration_seconds_count';
  expect(moved(`${count}{route="/rooms/{room}/room-lock",status="200"}`)).toBe(2);
  expect(moved(`${count}{route="/rooms/{room}/room-lock",status="409"}`)).toBe(1);
  expect(moved(`${count}{route="none",status="404"}`)).toBe(1);
  expect(moved('meeting_events_total{type="room-locked"}')).toBe(1);
  expect(moved('meeting_events_total{type="room-unlocked"}')).toBe(1);
  expect(moved('meeting_events_total{type="knock-received"}')).toBe(1);
  expect(moved('meeting_refusals_total{code="still-waiting"}')).toBe(1);
  expect(moved('meeting_refusals_total{code="route-not-found"}')).toBe(1);
  expect(moved('meeting_knocks_waiting')).toBe(1);
  expect(moved('meeting_feeds_open')).toBe(1);
  expect(valueOf(after, 'meeting_database_up')).toBe(1);
  expect(valueOf(after, 'meeting_deliveries_pending')).toBe(3);
  expect(valueOf(after, 'meeting_deliveries_oldest_seconds')).toBeGreaterThan(0);
  // Nobody got through to LiveKit, which is not there.
  expect(valueOf(after, 'meeting_people_present')).toBe(0);
  const secrets = [room, 'Hanna', 'Kim', 'hanna', host.session, host.me.identity, KEY, 'eyJ'];
  const ours = after.split('\n').filter((line) => line.startsWith('meeting_'));
  for (const secret of secrets) expect(ours.join('\n')).not.toContain(secret);
  const labels = ours.flatMap((line) =>
    [...line.matchAll(/[{,](\w+)="/g)].map(([, name]) => String(name)),
  );
  expect([...new Set(labels)].sort()).toEqual(['code', 'le', 'outcome', 'route', 'status', 'type']);
  feed.close();
  receiver.reply = 204;
  await eventually('all are delivered', async () => {
    const now = await read();
    const delivered = valueOf(now, 'meeting_webhook_attempts_total{outcome="delivered"}');
    return delivered === 3 && valueOf(now, 'meeting_deliveries_pending') === 0;
  });
});

it('Metrics have the names that dashboards are built on', async () => {
  const names = [...(await read()).matchAll(/^# TYPE (meeting_\w+) (\w+)$/gm)];
  expect(Object.fromEntries(names.map(([, name, type]) => [name, type]))).toEqual({
    meeting_http_request_duration_seconds: 'histogram',
    meeting_events_total: 'counter',
    meeting_refusals_total: 'counter',
    meeting_livekit_calls_failed_total: 'counter',
    meeting_webhook_attempts_total: 'counter',
    meeting_database_up: 'gauge',
    meeting_people_present: 'gauge',
    meeting_rooms_with_call: 'gauge',
    meeting_knocks_waiting: 'gauge',
    meeting_outbox_pending: 'gauge',
    meeting_outbox_oldest_seconds: 'gauge',
    meeting_deliveries_pending: 'gauge',
    meeting_deliveries_oldest_seconds: 'gauge',
    meeting_doors_open: 'gauge',
    meeting_feeds_open: 'gauge',
  });
});
