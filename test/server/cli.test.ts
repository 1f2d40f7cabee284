import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerChild } from './support/server-child.ts';
import { newDatabase } from './support/storages.ts';

const ENV = {
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 's'.repeat(32),
  DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
};

let child: ServerChild;
beforeAll(async () => {
  child = await ServerChild.prepare();
});
afterAll(() => child.end());

describe('serve', () => {
  it.each([
    [{ LIVEKIT_URL: '' }, /LIVEKIT_URL is missing/],
    [{ LIVEKIT_API_SECRET: 'geheim' }, /livekit\.apiSecret: must have 32 characters or more/],
    [{ PORT: 'x' }, /PORT must be a whole number/],
    [{ MEETING_ORIGINS: 'shop.example' }, /origins\.0: must be an origin/],
    [{ DATABASE_URL: 'mysql://u:geheim@h' }, /storage\.url: must be a postgres:\/\/ URL/],
    [{}, /connect|ECONNREFUSED|schema|PostgreSQL/i],
  ])('with %o ends at once, and says why in one sentence', async (more, expected) => {
    const { code, said } = await child.run({ ...ENV, ...more });
    expect(code).toBe(1);
    expect(said).toMatch(expected);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).not.toContain('geheim');
  });

  it('keeps a line for longer than the proxies before it do, which is a minute', async () => {
    await child.start({ ...ENV, DATABASE_URL: await newDatabase() });
    const { headers } = await fetch(`${child.url}/healthz`);
    const seconds = Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1]);
    expect(seconds).toBeGreaterThan(60);
  });
});
