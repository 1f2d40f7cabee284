import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import type { Stem } from '../../src/protocol/paths.ts';
import { ROUTES } from '../../src/protocol/routes.ts';
import { readAnswer, TestServer } from './support/server.ts';
import { entryToken, newRoom, newVisitor } from './support/tokens.ts';

const SEED = 20_261_124;
const BODIES = 10_000;
const AT_ONCE = 8;

const ODD = [
  'null',
  '0',
  '-1',
  '1e999',
  '1e-999',
  '""',
  '[]',
  '{}',
  'true',
  '"\\u0000"',
  '"\\ud800"',
  '"__proto__"',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  `"${'x'.repeat(3_000)}"`,
  '['.repeat(500),
  '"\\u202e"',
  '99999999999999999999',
  '"p_"',
];

/** Numbers that look random and are the same in every run (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

it(`abuse 27, 37: answers ${BODIES} broken bodies without a single surprise`, async () => {
  const server = await TestServer.start();
  const room = newRoom();
  const host = (await server.enter(room, { access: 'host', sub: 'hanna' })).body;
  const max = (await server.enter(room, { access: 'always', sub: 'max' })).body;
  const token = await entryToken({ room, access: 'always', sub: 'nina' });
  const bodies: Partial<Record<Stem, string>> = {
    'call-enter': JSON.stringify({ visitor: newVisitor(), name: 'Nina', entryToken: token }),
    'call-resume': JSON.stringify({ takeOver: true }),
    'call-leave': '{}',
    'participant-remove': JSON.stringify({ identity: max.me.identity, note: 'Bye' }),
    'participant-restore': JSON.stringify({ identity: max.me.identity }),
    'room-lock': JSON.stringify({ locked: true }),
  };
  const stems = Object.keys(bodies) as Stem[];
  const random = randomFrom(SEED);
  const lag = monitorEventLoopDelay({ resolution: 10 });
  const statuses = new Map<number, number>();
  const start = performance.now();
  lag.enable();

  const one = async (): Promise<void> => {
    const stem = stems[random(stems.length)] ?? 'room-lock';
    const body = mutate(bodies[stem] ?? '', random);
    const session = stem === 'call-leave' ? max.session : host.session;
    const request = new Request(server.url + ROUTES[stem].path.replace('{room}', room), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
      body,
    });
    const response = await server.meeting.fetch(request, { address: `10.0.0.${random(250)}` });
    const { status } = await readAnswer(stem, response);
    expect(status, `${stem} with ${String(body).slice(0, 200)}`).toBeLessThan(500);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  for (let sent = 0; sent < BODIES; sent += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  lag.disable();
  const took = Math.round(performance.now() - start);
  const counts = JSON.stringify(Object.fromEntries(statuses));
  console.log(`fuzz: ${BODIES} bodies in ${took} ms, seed ${SEED}, ${counts}`);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(server.log.of('error')).toEqual([]);
  expect(lag.percentile(99) / 1e6).toBeLessThan(500);
  await server.close();
}, 120_000);

/** Breaks a body in one to three ways. */
function mutate(valid: string, random: (below: number) => number): BodyInit {
  let text = valid;
  for (let times = 1 + random(3); times > 0; times--) text = breakOnce(text, random);
  if (random(10) > 0) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 0) bytes[random(bytes.length)] = random(256);
  return bytes;
}

function breakOnce(text: string, random: (below: number) => number): string {
  const at = random(text.length + 1);
  const odd = ODD[random(ODD.length)] ?? 'null';
  switch (random(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random(5));
    case 2:
      return text.slice(0, at) + String.fromCharCode(random(0x2_ff)) + text.slice(at);
    case 3:
      return text.slice(0, at) + text.slice(random(text.length)) + text.slice(at);
    case 4:
      return text.replace(/:("[^"]*"|true|false|\d+)/, () => `:${odd}`);
    case 5:
      return text.replace('{', `{${odd.startsWith('"') ? odd : '"more"'}:${odd},`);
    case 6:
      return text.replace(/"(\w)/, `"${odd.replaceAll('"', '')}$1`);
    default:
      return odd;
  }
}
