import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeliveryOutcome } from '../../src/server/metrics.ts';
import { Webhooks } from '../../src/server/webhooks.ts';
import { eventually } from '../e2e/eventually.ts';
import { Receiver } from './support/receiver.ts';
import { Rig } from './support/rig.ts';
import { openInMemory } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

let receiver: Receiver;
let rig: Rig;
let webhooks: Webhooks;
let outcomes: DeliveryOutcome[];
let closing: AbortController;

beforeEach(async () => {
  receiver = await Receiver.start();
  rig = await Rig.open(openInMemory, { webhooks: [{ url: receiver.url }] });
  // The receiver looks whether what it gets is of now: its now is the rig's.
  vi.useFakeTimers({ toFake: ['Date'], now: rig.clock.now() });
  begin();
});
afterEach(async () => {
  closing.abort();
  await webhooks.close();
  vi.useRealTimers();
  await rig.close();
  receiver.stop();
});

function begin(): void {
  outcomes = [];
  closing = new AbortController();
  const targets = [{ url: receiver.url, secret: Receiver.secret }];
  webhooks = new Webhooks(targets, rig.ports, rig.log, (outcome) => outcomes.push(outcome));
  webhooks.start(closing.signal);
}

const pending = async (): Promise<{ attempts: number; wait: number }[]> => {
  const rows = await rig.storage.db
    .selectFrom('deliveries')
    .select(['attempts', 'next_at'])
    .orderBy('id')
    .execute();
  return rows.map(({ attempts, next_at }) => ({ attempts, wait: next_at - rig.clock.now() }));
};

/** Lets `ms` go by, and waits until what is due was tried and written down. */
async function pass(ms: number, attempts: number): Promise<void> {
  rig.clock.advance(ms);
  vi.setSystemTime(rig.clock.now());
  webhooks.wake();
  await eventually(`attempt ${attempts}`, async () => {
    const rows = await pending();
    return outcomes.length === attempts && (rows.length === 0 || rows[0]?.attempts === attempts);
  });
}

it('A webhook that nobody takes is tried for a day, less and less often, and given up visibly', async () => {
  receiver.reply = 500;
  const room = newRoom();
  await rig.rooms.setLocked(room, false);
  const waits: number[] = [];
  await pass(0, 1);
  for (let attempts = 1; attempts < 30; attempts++) {
    const [next] = await pending();
    waits.push(next?.wait ?? 0);
    // A moment earlier nothing is due.
    await pass((next?.wait ?? 0) - 1, attempts);
    expect(receiver.received).toHaveLength(attempts);
    await pass(1, attempts + 1);
  }
  const minutes = [2, 10, 30].map((count) => count * 60 * SECOND);
  expect(waits).toEqual([
    ...[SECOND, 5 * SECOND, 30 * SECOND, ...minutes],
    ...Array.from({ length: 23 }, () => HOUR),
  ]);
  expect(await pending()).toEqual([]);
  expect(outcomes).toEqual([...Array.from({ length: 29 }, () => 'failed'), 'given-up']);
  expect(rig.log.of('error').join()).toMatch(/A webhook was given up[^]*seq: 1[^]*attempts: 30/);
  // Every try is the same message, signed anew.
  expect(new Set(receiver.received.map(({ id, body }) => id + body)).size).toBe(1);
  expect(receiver.forged).toBe(0);
});

it('A webhook that the receiver wants no more is given up at once', async () => {
  receiver.reply = 410;
  await rig.rooms.setLocked(newRoom(), false);
  webhooks.wake();
  await eventually('it is given up', async () => (await pending()).length === 0);
  expect(outcomes).toEqual(['given-up']);
  expect(receiver.received).toHaveLength(1);
});

it('A webhook that fails lets the next ones of its room go first, and comes again', async () => {
  receiver.reply = (response, { event }) =>
    response.writeHead(event.seq === 1 && outcomes.length === 0 ? 503 : 204).end();
  const room = newRoom();
  for (const locked of [false, true, false]) await rig.rooms.setLocked(room, locked);
  webhooks.wake();
  await eventually('the others', () => outcomes.length === 3);
  await eventually('one is left', async () => (await pending()).length === 1);
  expect(receiver.of(room).map(({ event }) => event.seq)).toEqual([1, 2, 3]);
  rig.clock.advance(SECOND);
  vi.setSystemTime(rig.clock.now());
  webhooks.wake();
  await eventually('none is left', async () => (await pending()).length === 0);
  expect(receiver.of(room).map(({ event }) => event.seq)).toEqual([1, 2, 3, 1]);
  expect(outcomes).toEqual(['failed', 'delivered', 'delivered', 'delivered']);
});

it('A webhook that a process was delivering when it died is delivered by the next', async () => {
  closing.abort();
  await webhooks.close();
  const room = newRoom();
  await rig.rooms.setLocked(room, false);
  // What the dead one had claimed is due again after 12 s.
  const next_at = rig.clock.now() + 12 * SECOND;
  await rig.storage.db.updateTable('deliveries').set({ next_at }).execute();
  begin();
  rig.clock.advance(12 * SECOND);
  vi.setSystemTime(rig.clock.now());
  webhooks.wake();
  await eventually('it is delivered', async () => (await pending()).length === 0);
  expect(receiver.of(room)).toHaveLength(1);
});

it('What was for an address that is configured no more is forgotten after a day', async () => {
  closing.abort();
  await webhooks.close();
  await rig.rooms.setLocked(newRoom(), false);
  const db = rig.storage.db.updateTable('deliveries');
  await db.set({ url: 'https://gone.example/', next_at: Number.MAX_SAFE_INTEGER }).execute();
  rig.clock.advance(24 * HOUR);
  begin();
  webhooks.wake();
  expect(await pending()).toHaveLength(1);
  closing.abort();
  await webhooks.close();
  rig.clock.advance(1);
  begin();
  await eventually('it is forgotten', async () => (await pending()).length === 0);
});
