import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, ensureChromium } from '../chromium.ts';
import { Demo } from './demo.ts';
import { eventually } from './eventually.ts';
import { Person } from './person.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meeting-demo-'));
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_ARGS],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function opens(name: string, url: string): Promise<Person> {
  const context = await browser.newContext({
    permissions: ['camera', 'microphone'],
    viewport: { width: 1100, height: 700 },
  });
  const person = await Person.open(context, { name, url });
  // The portal's script listens for itself; tests want to know too.
  await person.page.evaluate(`
    window.heard = [];
    for (const type of ['meeting-joined', 'meeting-left', 'participant-left', 'room-unlocked'])
      document.querySelector('meeting-room').addEventListener(type, (event) => heard.push({ type, reason: event.reason }));
  `);
  return person;
}

describe('npm run demo', () => {
  it('prints its links, then Ready; people meet; SIGTERM ends all; a second start finds the state', async () => {
    let demo = await Demo.start(folder);
    const complaints: string[] = [];
    try {
      expect(Object.keys(demo.links)).toEqual(['Host', 'Member', 'Guest']);
      const host = await opens('Hanna', demo.link('Host', 'tower'));
      host.page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await host.join();
      const member = await (await opens('Mara', demo.link('Member', 'tower'))).join();
      await host.seesMoving('Mara');
      await member.seesMoving('Hanna');

      const stranger = await opens('Gil', demo.link('Guest', 'tower'));
      await stranger.knock('Is it today?');
      await host.card('Gil').getByText('Is it today?').waitFor();
      await host.page.getByRole('button', { name: 'Unlock room' }).click();
      await stranger.seesMoving('Hanna');
      await stranger.leave();
      await host.page.getByRole('button', { name: 'Lock room' }).waitFor();
      await host.page.getByRole('button', { name: /^Events/ }).click();
      await host.page.getByRole('complementary').getByText('room-unlocked').waitFor();
      await host.page.getByRole('complementary').getByText('knock-admitted').waitFor();
      expect(complaints, 'the page keeps to its own CSP').toEqual([]);

      const children = await demo.children();
      expect(children.length, 'LiveKit runs').toBeGreaterThan(0);
      expect(await demo.end('SIGTERM')).toBe(0);
      await eventually('nothing of it runs', async () => {
        const running = await Promise.all(
          children.map((pid) =>
            readFile(`/proc/${pid}/stat`).then(
              () => true,
              () => false,
            ),
          ),
        );
        return !running.includes(true);
      });

      demo = await Demo.start(folder);
      const guest = await (await opens('Gil', demo.link('Guest', 'tower'))).join();
      expect(guest.entered.room, 'still unlocked').toEqual({
        name: 'tower',
        locked: false,
        presenterMode: false,
      });
      expect(await demo.end('SIGINT')).toBe(0);
    } finally {
      await demo.end('SIGTERM');
    }
  });
});
