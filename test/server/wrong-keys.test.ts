import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKey } from '../../src/server/rules/keys.ts';
import { hash, newKey } from '../../src/server/secrets.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

describe('abuse 33: Looking up a key', () => {
  it('takes as long for a wrong one, however much of it is right', async () => {
    const [storage] = STORAGES;
    if (!storage) throw new Error('There is no storage.');
    const rig = await Rig.open(storage.open);
    const name = newRoom();
    const host = await rig.enter(name, { access: 'host', sub: 'hanna' });
    const input = { name: 'Max', access: 'always' } as const;
    const { key } = await rig.call('invitation-create', name, input, host.session);
    const room = await rig.room(name);
    const took = async (shown: string): Promise<number> => {
      const start = performance.now();
      const code = await openKey(
        rig.storage.db,
        room,
        { hash: hash(shown), visitor: 'visitor_x' },
        rig.clock.now(),
      ).catch((error: unknown) => (error as { code: string }).code);
      expect(code).toBe('access-key-invalid');
      return performance.now() - start;
    };
    const [near, far]: [number[], number[]] = [[], []];
    for (let time = 0; time < 300; time++) {
      const almost = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
      near.push(await took(almost));
      far.push(await took(newKey()));
    }
    await rig.close();
    const [p25, p50, p75] = [0.25, 0.5, 0.75].map((part) => quantile(far, part)) as [
      number,
      number,
      number,
    ];
    const difference = Math.abs(quantile(near, 0.5) - p50);
    console.log(`Right but for one letter: ${(difference * 1_000).toFixed(0)} µs apart at p50.`);
    expect(difference).toBeLessThan(p75 - p25 + 0.05);
  });

  const quantile = (times: readonly number[], part: number): number =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0;
});

describe('abuse 32: Who tries keys', () => {
  let rig: Rig;
  beforeAll(async () => {
    const [storage] = STORAGES;
    if (!storage) throw new Error('There is no storage.');
    rig = await Rig.open(storage.open);
  });
  afterAll(() => rig.close());

  it('is asked to wait after ten that are wrong, right ones included, before any look', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const { key } = await rig.call(
      'invitation-create',
      room,
      { name: 'Max', access: 'always' },
      host.session,
    );
    const tryKey = (shown: string) =>
      refusal(rig.call('call-check', room, { visitor: newVisitor(), key: shown }));
    for (let right = 0; right < 20; right++) {
      await rig.call('call-check', room, { visitor: newVisitor(), key });
    }
    const answers = await Promise.all(Array.from({ length: 30 }, () => tryKey(newKey())));
    const invalid = answers.filter(({ code }) => code === 'access-key-invalid');
    expect(invalid).toHaveLength(10);
    expect(answers.filter(({ code }) => code === 'rate-limited')).toHaveLength(20);
    expect(await tryKey(key)).toEqual({ code: 'rate-limited' });
    // Who shows no key is let in by what they are.
    expect((await rig.enter(room, { access: 'always', sub: 'gil' })).me.person).toBe('gil');
    rig.clock.advance(60_000);
    expect((await rig.call('call-check', room, { visitor: newVisitor(), key })).access).toBe(
      'always',
    );
  });
});
