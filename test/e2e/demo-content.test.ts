import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, ensureChromium } from '../chromium.ts';
import { Demo } from './demo.ts';
import { eventually } from './eventually.ts';
import { Person } from './person.ts';

let browser: Browser;
let folder: string;
let demo: Demo;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meeting-demo-'));
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_ARGS],
  });
  demo = await Demo.start(folder);
});
afterAll(async () => {
  await browser.close();
  await demo.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

/** The portal knows a browser by its cookie: in one context, one stays the same person. */
const newContext = (): Promise<BrowserContext> =>
  browser.newContext({ permissions: [], viewport: { width: 1300, height: 760 } });

/** In the call of the demo's portal. */
async function joins(
  context: BrowserContext,
  name: string,
  as: 'Host' | 'Member',
  room: string,
): Promise<Person> {
  const person = await Person.open(context, { name, url: demo.link(as, room), camera: false });
  await person.page.evaluate(`
    window.heard = [];
    for (const type of ['meeting-joined', 'meeting-left'])
      document.querySelector('meeting-room').addEventListener(type, () => heard.push({ type }));
  `);
  return person.join();
}

const button = ({ page }: Person, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true });
const words = ({ page }: Person): Locator => page.locator('meeting-messages article .words');
const fileNames = ({ page }: Person): Locator => page.locator('meeting-file .name');
const paper = ({ page }: Person): Locator => page.getByRole('application');

async function openPanel(person: Person, name: 'Chat' | 'Files' | 'Whiteboard'): Promise<void> {
  await button(person, name).click();
}

async function write(person: Person, text: string): Promise<void> {
  const box = person.page.getByRole('textbox', { name: 'Message', exact: true });
  await box.fill(text);
  await box.press('Enter');
}

async function addFile(person: Person, name: string, content: string): Promise<void> {
  await button(person, 'Add files').waitFor();
  const file = { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
  await person.page.locator('meeting-files input[type=file]').setInputFiles(file);
}

/** A line across the paper, once there is one. */
async function draw(person: Person): Promise<void> {
  await button(person, 'Pen').waitFor();
  await person.page.locator('meeting-board .imageEditorRenderArea').waitFor();
  const box = await paper(person).boundingBox();
  if (!box) throw new Error('No paper is to be seen.');
  const { mouse } = person.page;
  await mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.3);
  await mouse.down();
  await mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.6, { steps: 6 });
  await mouse.up();
}

const items = async (person: Person): Promise<string | null> =>
  paper(person).getAttribute('aria-label');

describe('What a room of the demo keeps', () => {
  it('is there again after the demo was stopped and started: chat, files, whiteboard, activity', async () => {
    const context = await newContext();
    let host = await joins(context, 'Hanna', 'Host', 'tower');
    await openPanel(host, 'Chat');
    await write(host, 'The plan for the roof');
    await words(host).getByText('The plan for the roof').waitFor();
    await openPanel(host, 'Files');
    await addFile(host, 'roof.txt', 'Slate, and some lead');
    await host.page.locator('meeting-file').filter({ hasText: 'roof' }).waitFor();
    await openPanel(host, 'Whiteboard');
    await button(host, 'New whiteboard').click();
    await draw(host);
    await eventually('it is drawn', async () => /\b1 item$/.test((await items(host)) ?? ''));
    await host.calls('setPresenterMode', true);
    // What is drawn is sent a moment later.
    await eventually('the board is safe', () =>
      host.page.evaluate<boolean>(`(async () => {
        const { store } = document.querySelector('meeting-room');
        const end = new AbortController();
        const [{ id }] = store.whiteboards.value.boards;
        const board = await store.openWhiteboard(id, end.signal);
        for (let left = 50; left > 0 && board.state.value.phase !== 'live'; left--)
          await new Promise((later) => setTimeout(later, 100));
        const { size } = board.items();
        end.abort();
        return size === 1;
      })()`),
    );

    await host.leave();
    expect(await demo.end('SIGTERM')).toBe(0);
    demo = await Demo.start(folder);
    await host.close();
    host = await joins(context, 'Hanna', 'Host', 'tower');
    expect(host.entered.room).toMatchObject({ name: 'tower', presenterMode: true });
    await openPanel(host, 'Chat');
    await words(host).getByText('The plan for the roof').waitFor();
    await openPanel(host, 'Files');
    const [download] = await Promise.all([
      new Promise<string>((resolve) => {
        context.on('page', (page) =>
          page.once('download', async (one) => resolve(await one.path())),
        );
        host.page.once('download', async (one) => resolve(await one.path()));
      }),
      button(host, 'Download roof.txt').click(),
    ]);
    expect(await readFile(download, 'utf8')).toBe('Slate, and some lead');
    await openPanel(host, 'Whiteboard');
    await eventually('the drawing is there', async () =>
      /\b1 item$/.test((await items(host)) ?? ''),
    );
    await button(host, 'Settings').click();
    const settings = host.page.getByRole('dialog', { name: 'Settings' });
    await settings.getByText('Activity', { exact: true }).click();
    await settings.getByText('Hanna turned presenter mode on').waitFor();
    expect(await settings.getByText('Hanna joined').count()).toBeGreaterThan(1);

    // And a reset there can be undone.
    await settings.getByText('Reset meeting room', { exact: true }).click();
    await settings.getByRole('checkbox', { name: 'Chat', exact: true }).check();
    await settings.getByRole('button', { name: 'Reset', exact: true }).click();
    await settings.getByText('Deleted', { exact: true }).waitFor();
    await settings.getByRole('button', { name: 'Restore Chat' }).click();
    await settings.getByText('It’s back.').waitFor();
    await host.page.keyboard.press('Escape');
    await openPanel(host, 'Chat');
    await words(host).getByText('The plan for the roof').waitFor();
    await context.close();
  });
});

/** What would say so if it ran, in whatever it is put. */
const PAYLOADS = [
  '<img src=x onerror="window.hacked=1">',
  '"><svg onload=window.hacked=1>',
  'javascript:window.hacked=1',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '${window.hacked=1}{{window.hacked=1}}',
];

describe('In the portal of the demo, whose policy is strict,', () => {
  it('abuse 49: names, messages, files and whiteboards are text, whatever is written in them', async () => {
    const room = 'hostile';
    const [mine, theirs] = [await newContext(), await newContext()];
    const host = await joins(mine, 'Hanna', 'Host', room);
    const complaints: string[] = [];
    host.page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    host.page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    host.page.on('request', (request) => {
      const { hostname } = new URL(request.url());
      if (hostname.endsWith('evil.example')) complaints.push(request.url());
    });
    const [image = ''] = PAYLOADS;
    const guest = await joins(theirs, image, 'Member', room);
    await host.page.getByRole('group', { name: image }).waitFor();

    await openPanel(host, 'Chat');
    await openPanel(guest, 'Chat');
    for (const payload of PAYLOADS) await write(guest, payload);
    await eventually('all of it is read as it was written', async () => {
      return (await words(host).allTextContents()).join('\n') === PAYLOADS.join('\n');
    });
    await openPanel(host, 'Files');
    await openPanel(guest, 'Files');
    await addFile(guest, `${image}.html`, '<script>window.hacked=1</script>');
    await host.page.locator('meeting-file').waitFor();
    expect(await fileNames(host).textContent()).toContain('img src=x onerror=');

    await guest.page.evaluate(
      async ([name, payloads]) => {
        interface Store {
          createWhiteboard(name: string): Promise<{ id: string }>;
          openWhiteboard(
            id: string,
            signal: AbortSignal,
          ): Promise<{
            readonly state: { readonly value: { readonly phase: string } };
            change(changes: readonly { id: string; item: unknown }[]): void;
          }>;
        }
        const { store } = document.querySelector('meeting-room') as unknown as { store: Store };
        const { id } = await store.createWhiteboard(name);
        const board = await store.openWhiteboard(id, new AbortController().signal);
        while (board.state.value.phase !== 'live') await new Promise(requestAnimationFrame);
        const transform = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        const style = { renderingStyle: { fill: '#000000ff' }, size: 20, fontFamily: 'sans-serif' };
        const texts = payloads.map((text, index) => ({
          id: `text-${index}`,
          item: {
            name: 'text',
            zIndex: index,
            data: { textObjects: [{ text }], transform, style },
          },
        }));
        const pictures = [
          'javascript:window.hacked=1',
          'https://evil.example/who.png',
          'data:image/svg+xml,<svg onload="window.hacked=1"/>',
        ].map((src, index) => ({
          id: `picture-${index}`,
          item: {
            name: 'image-component',
            zIndex: 20 + index,
            data: { src, label: payloads[0], width: 9, height: 9, transform },
          },
        }));
        const unknown = { name: 'unknown-svg-object', zIndex: 30, data: payloads[1] };
        board.change([...texts, ...pictures, { id: 'unknown', item: unknown }]);
      },
      [image, PAYLOADS] as const,
    );
    await openPanel(host, 'Whiteboard');
    await host.page.getByRole('tab', { name: image }).waitFor();
    await eventually('all of it arrived', async () => /\b9 items$/.test((await items(host)) ?? ''));
    // The page's own list of what it heard is the portal's, and text, too.
    await host.page.getByRole('button', { name: /^Events/ }).click();
    await button(host, 'Settings').click();
    const settings = host.page.getByRole('dialog', { name: 'Settings' });
    await settings.getByText('Activity', { exact: true }).click();
    await settings.getByText(`${image} joined`).waitFor();
    for (const { page } of [host, guest]) {
      expect(await page.evaluate(`'hacked' in window`)).toBe(false);
    }
    expect(complaints).toEqual([]);
    await mine.close();
    await theirs.close();
  });
});
