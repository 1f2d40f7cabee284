import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spread, throughout } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

const NOTICE = 'You were removed from the meeting';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

/** How long the guest waited for the notice after the host's last click or key, ms. */
async function notified(host: Person, guest: Person, remove: () => Promise<void>): Promise<number> {
  const shown = guest.shown(NOTICE);
  await remove();
  return (await shown) - (await host.lastAct());
}

describe('Two people meet', () => {
  it('and see each other’s moving frames', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    await host.seesMoving('Gil');
    await guest.seesMoving('Hanna');
    await guest.leave();
    await host.seesNoMore('Gil');
    expect(await host.heard('participant-left')).toMatchObject([{ reason: 'left' }]);
    await stage.closeAll(host, guest);
  });
});

describe('The host hovers the guest’s tile, clicks remove, confirms', () => {
  it.each([
    ['with the guest’s camera', true],
    ['without the guest’s camera', false],
  ])('%s: the guest sees the notice within a second, the host’s tile goes', async (how, camera) => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const waits: number[] = [];
    for (let round = 1; round <= 5; round += 1) {
      const name = `Gil ${round}`;
      const guest = await stage.member(room, name, { camera });
      await (camera ? host.seesMoving(name) : host.sees(name));
      waits.push(await notified(host, guest, () => host.remove(name)));
      await host.seesNoMore(name);
      await guest.page.getByRole('heading', { name: NOTICE }).waitFor();
      expect(await guest.page.getByText('Hanna').count(), 'who did it is said').toBeGreaterThan(0);
      expect(await guest.heard('meeting-left')).toMatchObject([
        { reason: 'removed', by: { name: 'Hanna' } },
      ]);
      const live = await guest.page.evaluate<number>(
        `probe.peers.filter((peer) => peer.connectionState !== 'closed').length`,
      );
      expect(live, 'the guest’s connections are closed').toBe(0);
      await stage.closeAll(guest);
    }
    console.log(`removal → notice, ${how}: ${spread(waits)}`);
    expect(Math.max(...waits)).toBeLessThan(1_000);
    await stage.closeAll(host);
  });

  it('with the keyboard only', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    await host.sees('Gil');
    await host.page.mouse.move(0, 0);
    const press = (key: string, until: Locator): Promise<void> => pressUntil(host, key, until);
    await press('Tab', host.page.getByRole('group').and(host.page.locator(':focus')));
    await press('ArrowRight', host.tile('Gil'));
    await press('Tab', host.page.getByRole('button', { name: 'Remove Gil', exact: true }));
    await host.page.keyboard.press('Enter');
    const dialog = host.page.getByRole('alertdialog');
    const cancel = dialog.getByRole('button', { name: 'Cancel' });
    await cancel.waitFor();
    expect(await isFocused(cancel), 'the safe choice has the focus').toBe(true);
    await press('Tab', dialog.getByRole('button', { name: 'Remove', exact: true }));
    const wait = await notified(host, guest, () => host.page.keyboard.press('Enter'));
    await host.seesNoMore('Gil');
    console.log(`removal → notice, by keyboard: ${spread([wait])}`);
    expect(wait).toBeLessThan(1_000);
    await stage.closeAll(host, guest);
  });

  it('three more people in the room see nothing but a tile go', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    const others: Person[] = [];
    // Five cameras and their pictures would be more than two cores can do.
    for (const name of ['Ada', 'Ben', 'Cleo']) {
      others.push(await stage.member(room, name, { camera: false }));
    }
    for (const person of others) {
      await person.seesMoving('Gil');
      await person.seesMoving('Hanna');
    }
    const before = await Promise.all(others.map((person) => person.heard()));
    await host.remove('Gil');
    for (const [index, person] of others.entries()) {
      await person.hears('participant-left');
      await person.seesNoMore('Gil');
      const news = (await person.heard()).slice(before[index]?.length);
      expect(news.map((event) => event.type).sort()).toEqual([
        'participant-left',
        'participant-removed',
      ]);
      expect(new Set(news.map((event) => event.id)).size, 'one act, one id').toBe(1);
      expect(await person.page.getByRole('alertdialog').count()).toBe(0);
      expect(await person.page.getByRole('button', { name: /^Remove / }).count()).toBe(0);
      await person.seesMoving('Hanna');
    }
    await throughout('all others are there', 1_000, async () => {
      const tiles = await others[0]?.page
        .getByRole('group', { name: /^(Hanna|Ada|Ben|Cleo)$/ })
        .count();
      return tiles === 4;
    });
    await stage.closeAll(host, ...others, guest);
  });
});

async function isFocused(locator: Locator): Promise<boolean> {
  if ((await locator.count()) === 0) return false;
  return locator.first().evaluate((element) => {
    const root = element.getRootNode() as Document | ShadowRoot;
    return root.activeElement === element;
  });
}

async function pressUntil(person: Person, key: string, until: Locator): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if (await isFocused(until)) return;
    await person.page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${until.toString()}`);
}
