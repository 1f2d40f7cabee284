import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { eventually, spread } from '../e2e/eventually.ts';
import { connect, joinQuery } from './support/door-client.ts';
import { House, sfuRoomOf } from './support/livekit.ts';
import { newRoom } from './support/tokens.ts';

/** When the removal comes, ms after the join began: close together at first, then far beyond it. */
const MOMENTS = [
  ...Array.from({ length: 25 }, (_, i) => i * 2),
  ...Array.from({ length: 20 }, (_, i) => 60 + i * 15),
];

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

async function enterBoth(): Promise<{ room: string; host: Entered; max: Entered }> {
  const { server } = house;
  const room = newRoom();
  const { body: host } = await server.enter(room, { access: 'host', sub: 'hanna' });
  const { body: max } = await server.enter(room, { access: 'always', sub: 'max' });
  return { room, host, max };
}

const remove = (room: string, host: Entered, { me: { identity } }: Entered) =>
  house.server.ask('participant-remove', room, { identity }, host.session);

describe('A removal while the guest is joining', () => {
  it(`abuse 4: leaves nobody in, at ${MOMENTS.length} moments of it`, async () => {
    const outcomes = new Map<string, number>();
    const gone: number[] = [];
    const one = async (moment: number): Promise<void> => {
      const { room, host, max } = await enterBoth();
      const joining = connect(house.server.url, joinQuery(max.token));
      await new Promise((then) => setTimeout(then, moment));
      const start = performance.now();
      await remove(room, host, max);
      const { status, problem, client } = await joining;
      const outcome = `${status} ${problem?.code ?? ''}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      await eventually(`${moment} ms: no open socket`, () => !client.isOpen);
      const sfuRoom = sfuRoomOf(max.token);
      await eventually(
        `${moment} ms: nobody in LiveKit`,
        async () => (await house.identities(sfuRoom)).length === 0,
      );
      gone.push(performance.now() - start);
      const again = await connect(house.server.url, joinQuery(max.token));
      expect(again.status).toBe(403);
      expect(await house.identities(sfuRoom)).toEqual([]);
      const { events } = (await house.server.ask('events', room, { after: '0' }, host.session))
        .body;
      const types = events.map(({ type }) => type);
      expect(types.indexOf('participant-joined')).toBeLessThanOrEqual(0);
      expect(types.filter((type) => type === 'participant-removed')).toHaveLength(1);
    };
    const checks: Promise<void>[] = [];
    for (const [i, moment] of MOMENTS.entries()) {
      checks.push(one(moment));
      // No more than two at once, so that the moments are where they should be.
      if (i % 2 === 1) await Promise.all(checks.splice(0));
    }
    await Promise.all(checks);
    console.log(
      `removal in a join: ${JSON.stringify(Object.fromEntries(outcomes))}, gone: ${spread(gone)}`,
    );
    const inTime = [...outcomes].filter(([outcome]) => outcome.startsWith('101'));
    expect(inTime.length, 'some joins were through before').toBe(1);
    expect(outcomes.size, 'some were not').toBeGreaterThan(1);
  }, 90_000);

  it('leaves nobody in who reconnects again and again', async () => {
    const { room, host, max } = await enterBoth();
    const tries: Promise<Awaited<ReturnType<typeof connect>>>[] = [];
    const again = setInterval(
      () => tries.push(connect(house.server.url, joinQuery(max.token))),
      10,
    );
    await eventually('a join', async () => {
      return (await house.server.meeting.rooms.get(room)).roster.length === 1;
    });
    await remove(room, host, max);
    const before = tries.length;
    await eventually('more tries', () => tries.length > before + 20);
    clearInterval(again);
    const all = await Promise.all(tries);
    await eventually('no open socket', () => all.every(({ client }) => !client.isOpen), 2_000);
    expect(all.slice(before + 1).map(({ status }) => status)).toEqual(
      all.slice(before + 1).map(() => 403),
    );
    expect(await house.identities(sfuRoomOf(max.token))).toEqual([]);
  });

  it('and a leave by the guest leave nobody in', async () => {
    for (let step = 0; step < 5; step++) {
      const { room, max } = await enterBoth();
      const joining = connect(house.server.url, joinQuery(max.token));
      await new Promise((then) => setTimeout(then, step * 15));
      await house.server.ask('call-leave', room, {}, max.session);
      const { client } = await joining;
      await eventually('no open socket', () => !client.isOpen, 2_000);
      await eventually('nobody in LiveKit', async () => {
        return (await house.identities(sfuRoomOf(max.token))).length === 0;
      });
      expect((await house.server.meeting.rooms.get(room)).roster).toEqual([]);
    }
  });
});
