import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import { Person } from './person.ts';

const MOUNTS = 50;
/** Of the mounts, so many join for real: connections are what could be left behind. */
const CONNECTED = 4;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

interface Left {
  nodes: number;
  /** Beyond those on the devices: livekit-client 2.23 frees no Room, and each listens there. */
  listeners: number;
}

/** Counts who begins to listen for devices, which only livekit-client does. */
const COUNT_ROOMS = `
window.rooms = 0;
const listen = navigator.mediaDevices.addEventListener;
navigator.mediaDevices.addEventListener = function (type, ...more) {
  if (type === 'devicechange') window.rooms += 1;
  return listen.call(this, type, ...more);
};
`;

/** What the page holds after the collector has run. */
async function count(page: Page, devtools: CDPSession): Promise<Left> {
  for (let run = 0; run < 3; run += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0;
  const rooms = await page.evaluate<number>('rooms');
  return { nodes: metric('Nodes'), listeners: metric('JSEventListeners') - rooms };
}

/** A page of ours without a room yet. */
async function emptyPage(): Promise<Person> {
  const person = await Person.open(await stage.newProfile(), {
    name: 'Hanna',
    url: `${stage.pages.origin}/`,
  });
  await person.page.waitForFunction(`customElements.get('meeting-room')`);
  return person;
}

describe('A room that comes and goes', () => {
  it(`${MOUNTS} mounts and unmounts leave nothing behind`, async () => {
    const room = stage.newRoom();
    const { page } = await emptyPage();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    await page.evaluate(COUNT_ROOMS);
    const cycle = (): Promise<void> =>
      page.evaluate(
        ([server, name]) => {
          const scope = globalThis as unknown as {
            addRoom(attributes: object): HTMLElement & { updateComplete: Promise<unknown> };
          };
          const element = scope.addRoom({ server, room: name });
          return element.updateComplete
            .then(
              () =>
                new Promise((resolve) =>
                  requestAnimationFrame(() => requestAnimationFrame(resolve)),
                ),
            )
            .then(() => element.remove());
        },
        [stage.server.url, room] as const,
      );
    // The engine is fetched at idle; what it makes once for the page is not left behind by a mount.
    const warmUp = 10;
    for (let mount = 0; mount < warmUp; mount += 1) await cycle();
    // Lit keeps a template of each thing that was ever shown: once all of the join screen, then.
    const shown = { server: stage.server.url, room };
    await page.evaluate(`window.whole = addRoom(${JSON.stringify(shown)})`);
    await eventually('the join screen shows the camera', () =>
      page.evaluate<boolean>(`whole.store.devices.value.microphone.phase === 'on'
        && whole.store.devices.value.camera.phase === 'on'`),
    );
    await page.evaluate(
      `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
        .then(() => whole.remove())
        .then(() => delete window.whole)`,
    );
    await page.waitForLoadState('networkidle');
    await cycle();
    const before = await count(page, devtools);
    for (let mount = warmUp; mount < MOUNTS; mount += 1) await cycle();
    // Detached elements are freed when their last animation frame is over.
    const after = await eventually('nothing is left behind', async () => {
      const now = await count(page, devtools);
      return now.nodes <= before.nodes && now.listeners <= before.listeners ? now : undefined;
    }).catch(() => count(page, devtools));
    const mounts = MOUNTS - warmUp;
    console.log(
      `${mounts} mounts: ${after.nodes - before.nodes} nodes, ${after.listeners - before.listeners} listeners left`,
    );
    expect(after.nodes - before.nodes).toBeLessThanOrEqual(0);
    expect(after.listeners - before.listeners).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  it('unmounted in a call: connections, camera and timers are gone; mounted again: back', async () => {
    const room = stage.newRoom();
    const watcher = await stage.host(room, 'Wim');
    const person = await emptyPage();
    const { page } = person;
    await page.evaluate(`
      window.tracks = [];
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        window.tracks.push(...stream.getTracks());
        return stream;
      };
    `);
    const entryToken = await stage.pages.sign({ room, access: 'always', subject: 'gil' });
    for (let time = 1; time <= CONNECTED; time += 1) {
      const attributes = { server: stage.server.url, room, 'entry-token': entryToken };
      await page.evaluate(`window.element = addRoom(${JSON.stringify(attributes)})`);
      if (time === 1) await person.join();
      else await person.hears('meeting-joined');
      await watcher.seesMoving('Hanna');
      await page.evaluate(`element.remove(); heard.length = 0`);
      await eventually('connections are closed', () =>
        page.evaluate<boolean>(`probe.peers.every((peer) => peer.connectionState === 'closed')`),
      );
      await eventually('camera and microphone are released', () =>
        page.evaluate<boolean>(`tracks.every((track) => track.readyState === 'ended')`),
      );
    }
    console.log(`${CONNECTED} mounts with a real call: 0 connections and 0 live tracks left`);
    await stage.closeAll(watcher, person);
  });

  it('moved in the DOM: the call goes on', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    await host.seesMoving('Gil');
    await host.page.evaluate(`
      const box = document.createElement('div');
      box.style.cssText = 'display: flex; flex: 1';
      document.body.append(box);
      box.append(document.querySelector('meeting-room'));
    `);
    await host.seesMoving('Gil');
    await guest.seesMoving('Hanna');
    expect(await host.heard('meeting-joined')).toHaveLength(1);
    expect(await host.heard('meeting-left')).toEqual([]);
    expect(await guest.heard('participant-left')).toEqual([]);
    await stage.closeAll(host, guest);
  });
});

describe('Two rooms on one page', () => {
  it('are not mixed up', async () => {
    const rooms = [stage.newRoom(), stage.newRoom()] as const;
    const others = [await stage.host(rooms[0], 'Ada'), await stage.host(rooms[1], 'Ben')] as const;
    const person = await emptyPage();
    const { page } = person;
    for (const [index, room] of rooms.entries()) {
      const entryToken = await stage.pages.sign({ room, access: 'always', subject: 'hanna' });
      const attributes = {
        id: `room-${index}`,
        server: stage.server.url,
        room,
        'entry-token': entryToken,
      };
      await page.evaluate(`addRoom(${JSON.stringify(attributes)})`);
      const shell = page.locator(`#room-${index}`);
      await shell.getByRole('textbox', { name: 'Your name' }).fill(`Hanna ${index}`);
      await shell.getByRole('button', { name: 'Join', exact: true }).click();
      await shell.getByRole('group', { name: index === 0 ? 'Ada' : 'Ben', exact: true }).waitFor();
    }
    await others[0].seesMoving('Hanna 0');
    await others[1].seesMoving('Hanna 1');
    await person.seesMoving('Ada');
    await person.seesMoving('Ben');
    for (const [index, foreign] of ['Ben', 'Ada'].entries()) {
      const shell = page.locator(`#room-${index}`);
      expect(await shell.getByRole('group', { name: foreign, exact: true }).count()).toBe(0);
    }
    // Out of the one, still in the other.
    await others[0].remove('Hanna 0');
    await page
      .locator('#room-0')
      .getByRole('heading', { name: 'You were removed from the meeting' })
      .waitFor();
    await person.seesMoving('Ben');
    await others[1].seesMoving('Hanna 1');
    expect(await others[1].heard('participant-left')).toEqual([]);
    await stage.closeAll(...others, person);
  });
});
