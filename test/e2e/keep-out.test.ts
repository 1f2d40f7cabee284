import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { call, enter, tryDoor, type DoorTryOptions } from './door.ts';
import { eventually, spread, throughout } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';
import { RawPage } from './raw.ts';

const NOTICE = 'You were removed from the meeting';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

/** A room whose public link is open, with a host and a guest who came by it. */
async function openRoom(): Promise<{ room: string; host: Person; guest: Person }> {
  const room = stage.newRoom();
  const host = await stage.host(room);
  await host.calls('setLocked', false);
  await host.hears('room-unlocked');
  const guest = await stage.guest(room);
  await host.seesMoving('Gil');
  await guest.seesMoving('Hanna');
  return { room, host, guest };
}

/** One way back in, tried so many times. Each try resolves to whether it led in. */
interface WayBack {
  name: string;
  times: number;
  isIn: () => Promise<boolean>;
}

function byDoor(name: string, token: string, options: DoorTryOptions & { times: number }): WayBack {
  return {
    name,
    times: options.times,
    async isIn() {
      const attempt = await tryDoor(stage.server.url, token, options);
      attempt.close();
      return attempt.status === 101;
    },
  };
}

describe('A removed guest stays out', () => {
  it('abuse 1, 2: 0 of 40 tries get in, and nobody in the room sees a join', async () => {
    const { room, host, guest } = await openRoom();
    const { token: original, refreshed } = await guest.doorWithRefreshed();
    const session = guest.entered.session;
    const base = `${stage.server.url}/rooms/${room}`;
    const context = guest.page.context();
    await host.remove('Gil');
    await host.seesNoMore('Gil');
    await guest.page.getByRole('heading', { name: NOTICE }).waitFor();
    const heardBefore = (await host.heard()).length;

    const raw = await RawPage.open(context, stage.pages.origin);
    const byRaw = (name: string, token: string): WayBack => ({
      name,
      times: 3,
      isIn: async () => (await raw.connect(stage.server.url, token)).connected,
    });
    // By the page's own method first; what the join screen offers is to knock, which leads nowhere.
    const byPage = async (person: Person): Promise<boolean> => {
      await person.calls('join', { name: 'Somebody else' }).catch(() => undefined);
      await person.knock('Let me in');
      const isIn = (await person.heard('meeting-joined')).length > 0;
      await person.calls('withdrawKnock');
      await person.close();
      return isIn;
    };
    const tries: WayBack[] = [
      byDoor('original token', original, { times: 3 }),
      byDoor('refreshed token', refreshed, { times: 3 }),
      byDoor('original token as a reconnect', original, { times: 2, reconnect: true }),
      byDoor('refreshed token as a reconnect', refreshed, { times: 2, reconnect: true }),
      byDoor('original token by the v0 path', original, { times: 2, path: '/rtc' }),
      byDoor('refreshed token by the v0 path', refreshed, { times: 2, path: '/rtc' }),
      byDoor('ghost by publish= on v0', original, {
        times: 2,
        path: '/rtc',
        query: { publish: 'zz' },
      }),
      byDoor('ghost by publish= on v1', refreshed, { times: 2, query: { publish: 'zz' } }),
      byRaw('livekit-client with the original token', original),
      byRaw('livekit-client with the refreshed token', refreshed),
      {
        name: 'old session',
        times: 3,
        isIn: async () => (await call<Snapshot>(`${base}/call-resume`, {}, session)).status === 200,
      },
      {
        name: 'old session that takes over',
        times: 2,
        isIn: async () =>
          (await call(`${base}/call-resume`, { takeOver: true }, session)).status === 200,
      },
      {
        name: 'reload',
        times: 3,
        async isIn() {
          await guest.page.reload();
          await guest.page.getByRole('heading', { name: NOTICE }).waitFor();
          return (await guest.heard('meeting-joined')).length > 0;
        },
      },
      {
        name: 'second tab',
        times: 4,
        isIn: async () => byPage(await stage.opens({ room, name: 'Gil', context })),
      },
      {
        name: 'private window with the link',
        times: 4,
        async isIn() {
          const stranger = await stage.opens({ room, name: 'Gil' });
          const isIn = await byPage(stranger);
          await stranger.page.context().close();
          return isIn;
        },
      },
    ];

    let tried = 0;
    const ins: string[] = [];
    for (const { name, times, isIn } of tries) {
      for (let time = 0; time < times; time += 1) {
        tried += 1;
        if (await isIn()) ins.push(name);
      }
    }
    console.log(`removed guest: ${ins.length} of ${tried} tries got in`);
    expect(ins).toEqual([]);
    expect(tried).toBe(40);
    const news = (await host.heard()).slice(heardBefore);
    expect(news.filter((event) => event.type === 'participant-joined')).toEqual([]);
    for (const name of ['Gil', 'Somebody else']) expect(await host.tile(name).count()).toBe(0);
    expect(await stage.sfuIdentities(host)).toEqual([host.entered.me.identity]);
    await stage.closeAll(host, guest);
  });

  it('abuse 4: also when the removal falls into a running join', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const raw = await RawPage.open(await stage.newProfile(), stage.pages.origin);
    // So that the first measured join is not also the first of the page.
    const warm = await enter(stage.server.url, room, { entryToken: await vouch(room) });
    expect((await raw.connect(warm.body.door, warm.body.token)).connected).toBe(true);
    const told: number[] = [];
    for (let after = 0; after <= 600; after += 50) {
      const { body } = await enter(stage.server.url, room, { entryToken: await vouch(room) });
      const joining = raw.connect(body.door, body.token);
      await delay(after);
      const start = performance.now();
      const removed = await call(
        `${stage.server.url}/rooms/${room}/participant-remove`,
        { identity: body.me.identity },
        host.entered.session,
      );
      told.push(performance.now() - start);
      expect(removed.status, JSON.stringify(removed.body)).toBe(200);
      const { connected } = await joining;
      if (connected) {
        await eventually(
          'the joiner is out',
          async () => (await raw.state()) !== 'connected',
          2_000,
        );
      }
      const late = await tryDoor(body.door, body.token);
      late.close();
      expect(late.status, `a try after the removal, ${after} ms into the join`).toBe(403);
    }
    console.log(`removal during a join, answered: ${spread(told)}`);
    await raw.close();
    const onlyHost = async (): Promise<boolean> =>
      (await stage.sfuIdentities(host)).join() === host.entered.me.identity;
    await eventually('only the host is in LiveKit', onlyHost);
    await throughout('only the host is in LiveKit', 2_000, onlyHost);
    await stage.closeAll(host);
  });

  it('until the host lets them back in: straight in', async () => {
    const { room, host, guest } = await openRoom();
    const context = guest.page.context();
    await host.remove('Gil');
    await guest.page.getByRole('heading', { name: NOTICE }).waitFor();
    const refused = await stage.opens({ room, name: 'Gil', context });
    await refused.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
    await expect(refused.calls('join', { name: 'Gil' })).rejects.toThrow();
    await refused.close();
    await host.page.getByRole('button', { name: 'Let back in' }).click();
    await host.hears('participant-restored', (event) => event.participant?.name === 'Gil');
    const back = await stage.joins({ room, name: 'Gil', context });
    await host.seesMoving('Gil');
    await back.seesMoving('Hanna');
    await stage.closeAll(host, back);
  });
});

async function vouch(room: string): Promise<string> {
  return stage.pages.sign({
    room,
    access: 'always',
    subject: `joiner-${process.hrtime.bigint().toString(36)}`,
    name: 'Jo',
  });
}
