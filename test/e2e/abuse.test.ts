import { fork } from 'node:child_process';
import { on } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figure, never, now, print, within } from '../bench/figure.ts';
import { tryDoor } from './door.ts';
import { eventually } from './eventually.ts';
import type { FloodAnswer } from './flood-process.ts';
import { BEHIND, Stage } from './harness.ts';
import type { Person } from './person.ts';

/** Cases of FACTS part C that only a real browser can show. */

/** Remembers every track of a camera or microphone that the page was given. */
const LIGHTS = `
window.lights = [];
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await open(wanted);
  lights.push(...stream.getTracks());
  return stream;
};
`;
const FLOOD = fileURLToPath(new URL('flood-process.ts', import.meta.url));
const NOTICE = 'You were removed from the meeting';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const lightsOn = (person: Person): Promise<number> =>
  person.page.evaluate(`lights.filter(({ readyState }) => readyState === 'live').length`);

async function profileWithLights(): Promise<BrowserContext> {
  const context = await stage.newProfile();
  await context.addInitScript(LIGHTS);
  return context;
}

describe('Somebody who was removed', () => {
  it('abuse 11: stays so by the back button, a reload and a second tab; no light stays on', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const context = await profileWithLights();
    const guest = await stage.member(room, 'Gil', { context });
    await host.seesMoving('Gil');
    expect(await lightsOn(guest)).toBeGreaterThan(0);
    await host.remove('Gil');
    await guest.reads(NOTICE);
    expect(await lightsOn(guest), 'camera and microphone are off').toBe(0);

    await guest.page.goto(`${stage.pages.origin}/blank`);
    await guest.page.goBack();
    await guest.reads(NOTICE);
    expect(await lightsOn(guest)).toBe(0);
    await guest.page.reload();
    await guest.reads(NOTICE);
    expect(await lightsOn(guest)).toBe(0);

    // The second tab comes by the same token of the backend, which now is good for a knock alone.
    const tab = await stage.opens({
      room,
      name: 'Gil',
      as: 'member',
      context,
      subject: subject(guest),
    });
    await tab.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
    expect(await stage.sfuIdentities(host)).toEqual([host.entered.me.identity]);
    await stage.closeAll(host, guest);
  });
});

const subject = (person: Person): string => new URL(person.url).searchParams.get('subject') ?? '';

describe('A guest who wants to be taken for the host', () => {
  it('abuse 28: has a name, and no mark, whatever is in the name', async () => {
    const room = stage.newRoom();
    const names = ['Hanna · Host', 'Ηanna', '👑 Host', 'Host" data-mark="Host'];
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guests: Person[] = [];
    for (const name of names) guests.push(await stage.member(room, name, { camera: false }));
    const mark = async (name: string): Promise<unknown> => {
      const tile = host.tile(name);
      await tile.waitFor();
      return tile.locator('[part=name]').getAttribute('data-mark');
    };
    expect(await mark('Hanna')).toBe('Host');
    for (const name of names) expect(await mark(name), name).toBeNull();
    const [first] = guests;
    await first?.page.getByRole('button', { name: 'People', exact: true }).click();
    const rows = first?.page.locator('meeting-people-list meeting-person');
    await eventually('all rows', async () => (await rows?.count()) === 5);
    const notes = await rows?.locator('.note').allInnerTexts();
    expect(notes, 'the list of people, to a guest').toEqual(['Host']);
    await stage.closeAll(host, ...guests);
  });
});

describe('A page around the room', () => {
  it('abuse 41: is told when it hides a room whose camera is on, each time and once', async () => {
    const room = stage.newRoom();
    const guest = await stage.member(room, 'Gil');
    const style = (text: string): Promise<void> =>
      guest.page.evaluate(`document.querySelector('meeting-room').style.cssText = '${text}'`);
    const warnings = async (): Promise<number> =>
      (await guest.heard('meeting-error')).filter(({ code }) => code === 'room-hidden').length;
    const frame = (): Promise<unknown> =>
      guest.page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    const camera = (on: boolean): Promise<void> =>
      guest.page.evaluate(`document.querySelector('meeting-room').store.setCamera(${on})`);
    let told = 0;
    for (const hidden of ['display: none', 'position: absolute; width: 0; height: 0']) {
      expect(await warnings(), 'as long as it is seen').toBe(told);
      await style(hidden);
      told += 1;
      await eventually(`told of ${hidden}`, async () => (await warnings()) === told);
      await style('');
      await frame();
      await frame();
    }
    // Hidden by what takes no room away: told when the camera goes on.
    await camera(false);
    await style('opacity: 0');
    await frame();
    expect(await warnings(), 'without a camera').toBe(told);
    await camera(true);
    await eventually('told of opacity', async () => (await warnings()) === told + 1);
    await stage.closeAll(guest);
  });

  it('abuse 42: that does not pass on camera and microphone is named, and the call goes on', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const url = new URL(`${stage.pages.origin}/`);
    for (const [key, value] of Object.entries({ room, server: stage.server.url, as: 'member' })) {
      url.searchParams.set(key, value);
    }
    const around = new URL('/blank', stage.pages.origin);
    around.hostname = 'localhost';
    const context = await profileWithLights();
    const page = await context.newPage();
    await page.goto(around.href);
    const frame = async (allow: string, subject: string) => {
      url.searchParams.set('subject', subject);
      await page.evaluate(
        `document.body.innerHTML = '<iframe style="flex: 1" allow="${allow}" src="${url.href}"></iframe>'`,
      );
      return page.frameLocator('iframe');
    };
    const join = async (inside: Awaited<ReturnType<typeof frame>>, name: string) => {
      await inside.getByRole('textbox', { name: 'Your name' }).fill(name);
      await inside.getByRole('button', { name: 'Join', exact: true }).click();
      await host.sees(name);
    };

    const shut = await frame('', 'gil');
    await shut.getByText('the site around this page does not pass it on').first().waitFor();
    await join(shut, 'Gil');
    const asked = await page.frames()[1]?.evaluate('lights.length');
    expect(asked, 'nothing was given').toBe(0);

    const open = await frame('camera; microphone; display-capture', 'ada');
    await join(open, 'Ada');
    await host.seesMoving('Ada');
    await context.close();
    await stage.closeAll(host);
  });

  it('abuse 66: may read the token, and it opens nothing once the door is shut', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil', { camera: false });
    await host.sees('Gil');
    const own = await guest.doorWithRefreshed();
    const hostile = `Object.entries(document.querySelector('meeting-room').store ?? {}).length >= 0`;
    expect(await guest.page.evaluate(hostile), 'no closed root pretends to protect it').toBe(true);
    await host.remove('Gil');
    await guest.reads(NOTICE);
    for (const token of [own.token, own.refreshed]) {
      const attempt = await tryDoor(stage.server.url, token ?? '');
      attempt.close();
      expect(attempt.status).toBe(403);
    }
    await stage.closeAll(host, guest);
  });
});

/** Begins a flood of joins from elsewhere, in crowds. @returns what ends it, and how each was answered. */
async function floodBy(crowd: number, room: string): Promise<() => Promise<FloodAnswer[]>> {
  const child = fork(FLOOD, [stage.server.url, room, String(crowd)], {
    execPath: BEHIND,
    env: { ...process.env, PROGRAM: process.execPath },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const said = on(child, 'message', { close: ['exit'] });
  await said.next();
  return async () => {
    child.send('stop');
    const { value } = await said.next();
    return (value as [FloodAnswer[]])[0];
  };
}

describe('A flood', () => {
  it('abuse 43: of 500 joins a second is refused; pictures go on, and a removal is told at once', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    const ada = await stage.member(room, 'Ada');
    await host.seesMoving('Gil');
    await host.seesMoving('Ada');
    const frames = await host.framesOf('Ada');
    const shown = guest.shown(NOTICE);
    const start = now();
    const stop = await floodBy(500, room);
    await host.remove('Gil');
    const click = await host.lastAct();
    const told = (await shown) - click;
    const answers = await stop();
    const statuses = answers.map(({ status }) => status);
    const later = answers.filter(({ at }) => at > click).length;
    const refused = statuses.filter((status) => status === 429).length;
    const seconds = (now() - start) / 1_000;
    const rate = ((await host.framesOf('Ada')) - frames) / seconds;
    const figures: Figure[] = [
      never(
        'let in',
        statuses.flatMap((status) => (status === 200 ? ['in'] : [])),
        answers.length,
      ),
      within('the notice, after the host’s click', [told], 1, 500),
    ];
    print('abuse 43', figures);
    console.log(
      `${refused} of ${answers.length} refused by rate, ${later} after the host’s click; `,
      `${rate.toFixed(1)} frames a second meanwhile`,
    );
    expect(figures.filter(({ isNear }) => !isNear)).toEqual([]);
    expect(refused).toBeGreaterThan(300);
    expect(later, 'of the flood, answered after the host’s click').toBeGreaterThan(0);
    expect(rate, 'of ten').toBeGreaterThan(5);
    await stage.closeAll(host, guest, ada);
  });
});
