import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFirefox } from '../firefox.ts';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import { PROBE } from './person.ts';

const NOTICE = 'You were removed from the meeting';

let stage: Stage;
let firefox: Browser;

beforeAll(async () => {
  [stage, firefox] = await Promise.all([Stage.start(), launchFirefox()]);
});
afterAll(async () => {
  await firefox.close();
  await stage.close();
});

/** The visible element of that selector and name, in whichever shadow tree, once it is there. */
function find(page: Page, selector: string, name: string): Promise<ElementHandle<Element>> {
  const ask = `probe.deep(document).find((element) =>
    element.matches(${JSON.stringify(selector)}) && element.checkVisibility() &&
    (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent).trim() === ${JSON.stringify(name)})`;
  return eventually(`${selector} "${name}"`, async () => {
    const handle = await page.evaluateHandle(ask);
    return handle.asElement() as ElementHandle<Element> | null;
  });
}

/** Clicks by the mouse, once the button stands still. */
async function clicks(page: Page, name: string): Promise<void> {
  await (await find(page, 'button', name)).asLocator().click();
}

/** Joins in Firefox by the join screen, vouched for by the page's backend. */
async function joinsInFirefox(room: string, name: string, as: 'host' | 'member'): Promise<Page> {
  const page = await firefox.newPage();
  await page.evaluateOnNewDocument(PROBE);
  const query = new URLSearchParams({ room, server: stage.server.url, as, subject: name });
  await page.goto(`${stage.pages.origin}/?${query}`);
  await (await find(page, 'input', 'Your name')).type(name);
  await clicks(page, 'Join');
  await eventually(`${name} is in the call`, () =>
    page.evaluate(`heard.some(({ type }) => type === 'meeting-joined')`),
  );
  return page;
}

/** Until frames are decoded in Firefox that were not there when it was first asked. */
async function seesMoving(page: Page): Promise<void> {
  let first: number | undefined;
  await eventually('Firefox decodes frames', async () => {
    const frames = (await page.evaluate('probe.frames()')) as number;
    first ??= frames;
    return frames >= first + 3;
  });
}

async function reads(page: Page, heading: string): Promise<void> {
  await find(page, 'h1, h2', heading);
}

describe('Firefox and Chromium in one call', () => {
  it('see each other move; the host in Chromium removes the guest in Firefox', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await joinsInFirefox(room, 'Fina', 'member');
    await host.seesMoving('Fina');
    await seesMoving(guest);
    await host.remove('Fina');
    await reads(guest, NOTICE);
    await host.seesNoMore('Fina');
    const live = await guest.evaluate(
      `probe.peers.filter(({ connectionState }) => connectionState !== 'closed').length`,
    );
    expect(live, 'Firefox’ connections are closed').toBe(0);
    expect(await stage.sfuIdentities(host)).toEqual([host.entered.me.identity]);
    await guest.close();
    await stage.closeAll(host);
  });

  it('draw on one whiteboard, and have the same on it', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await joinsInFirefox(room, 'Fina', 'member');
    await host.page.getByRole('button', { name: 'Whiteboard', exact: true }).click();
    await host.page.getByRole('button', { name: 'New whiteboard' }).click();
    await clicks(guest, 'Whiteboard');
    await find(guest, 'button', 'Pen');
    const paper = '[role=application]';
    const mine = await (await find(guest, paper, 'Whiteboard Whiteboard 1, 0 items')).boundingBox();
    if (!mine) throw new Error('Firefox shows no paper.');
    await guest.mouse.move(mine.x + 60, mine.y + 60);
    await guest.mouse.down();
    await guest.mouse.move(mine.x + 160, mine.y + 120, { steps: 4 });
    await guest.mouse.up();
    await find(guest, paper, 'Whiteboard Whiteboard 1, 1 item');
    const theirs = host.page.getByRole('application', { name: 'Whiteboard Whiteboard 1, 1 item' });
    const box = await theirs.boundingBox();
    await host.page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 200);
    await host.page.mouse.down();
    await host.page.mouse.move((box?.x ?? 0) + 160, (box?.y ?? 0) + 220, { steps: 4 });
    await host.page.mouse.up();
    await find(guest, paper, 'Whiteboard Whiteboard 1, 2 items');
    await guest.close();
    await stage.closeAll(host);
  });

  it('the host in Firefox admits a guest in Chromium, sees them move, and removes them', async () => {
    const room = stage.newRoom();
    const host = await joinsInFirefox(room, 'Fina', 'host');
    const guest = await stage.knocks(room);
    await clicks(host, 'Admit');
    await guest.seesMoving('Fina');
    await seesMoving(host);
    await (await find(host, '[part=tile]', 'Gil')).asLocator().hover();
    await clicks(host, 'Remove Gil');
    await clicks(host, 'Remove');
    await guest.reads(NOTICE);
    expect(await guest.heard('meeting-left')).toMatchObject([
      { reason: 'removed', by: { name: 'Fina' } },
    ]);
    await host.close();
    await stage.closeAll(guest);
  });
});
