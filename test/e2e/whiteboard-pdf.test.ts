import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakePdf } from '../fakes/fake-pdf.ts';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

/** Pages of a PDF on a whiteboard. */

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const pdf = (pages: number, print?: string): Buffer => Buffer.from(fakePdf(pages, print));

/** Lines of small print all over a page. */
const PRINT = Array.from(
  { length: 36 },
  (_, line) =>
    `BT /F1 4 Tf 20 ${180 - line * 4.8} Td (${Array.from({ length: 64 }, (_item, at) => String.fromCharCode(97 + ((at * 7 + line * 11) % 26))).join('')}) Tj ET`,
).join('\n');
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer });

const paper = ({ page }: Person): Locator => page.getByRole('application');
const choose = ({ page }: Person, tool: string): Promise<void> =>
  page.getByRole('button', { name: tool, exact: true }).click();

const open = async ({ page }: Person): Promise<void> => {
  await page.getByRole('button', { name: 'Whiteboard', exact: true }).click();
  await page.locator('meeting-whiteboard').waitFor();
};
const ready = async ({ page }: Person): Promise<void> => {
  await page.getByRole('button', { name: 'Pen', exact: true }).waitFor();
  await page.locator('meeting-board .imageEditorRenderArea[aria-label]').waitFor();
};

async function count(person: Person): Promise<number> {
  const label = (await paper(person).getAttribute('aria-label')) ?? '';
  return Number(/(\d+) items?$/.exec(label)?.[1] ?? Number.NaN);
}
const counts = (items: number, ...people: Person[]): Promise<unknown> =>
  eventually(`${items} items`, async () => {
    const all = await Promise.all(people.map(count));
    return all.every((one) => one === items);
  });

async function drag(
  person: Person,
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): Promise<void> {
  const box = await paper(person).boundingBox();
  if (!box) throw new Error('No paper is to be seen.');
  const { mouse } = person.page;
  await mouse.move(box.x + box.width * fromX, box.y + box.height * fromY);
  await mouse.down();
  await mouse.move(box.x + box.width * toX, box.y + box.height * toY, { steps: 5 });
  await mouse.up();
}

async function svg({ page }: Person): Promise<string> {
  await page.getByRole('button', { name: /^Options for/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as SVG' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/** How many pixels of the first picture of a board are red, and how many dark. */
const inked = ({ page }: Person, drawing: string) =>
  page.evaluate(async (text) => {
    const src = /data:image\/webp;base64,[^"]+/.exec(text)?.[0] ?? '';
    const image = new Image();
    image.src = src;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    let [red, dark] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
      if (r > 200 && g < 80 && b < 80) red += 1;
      if (r < 80 && g < 80 && b < 80) dark += 1;
    }
    return { red, dark, side: image.width };
  }, drawing);

describe('Pages of a PDF', () => {
  it('come from one’s disk, stay in place below what is drawn, and are taken off as one step', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil', { camera: false });
    await guest.page.goto(`${guest.url}&strict`);
    const complaints: string[] = [];
    guest.page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const loaded: string[] = [];
    guest.page.on('request', (request) => loaded.push(request.url()));
    await open(host);
    await host.page.getByRole('button', { name: 'New whiteboard' }).click();
    await open(guest);
    await Promise.all([ready(host), ready(guest)]);
    expect(loaded.filter((url) => /pdf-pages/.test(url))).toEqual([]);

    await choose(guest, 'Add PDF pages');
    const dialog = guest.page.getByRole('dialog', { name: 'Add PDF pages' });
    await dialog.getByRole('button', { name: 'Choose from this device' }).waitFor();
    await guest.page
      .locator('meeting-board-pdf input[type=file]')
      .setInputFiles(file('plan.pdf', pdf(3)));
    const pages = guest.page.getByRole('dialog', { name: 'plan.pdf' });
    await pages.getByRole('checkbox', { name: 'Page 1' }).check();
    await pages.getByRole('checkbox', { name: 'Page 3' }).check();
    expect(loaded.filter((url) => /pdf-pages/.test(url)).length).toBeGreaterThan(0);
    await pages.getByRole('button', { name: 'Add 2 pages' }).click();
    await counts(2, host, guest);
    const drawing = await svg(host);
    expect(drawing.match(/<image/g)).toHaveLength(2);
    const { red, dark, side } = await inked(host, drawing);
    expect(side).toBe(1_600);
    // The bar is 160 by 12 of 200 by 200; what the letters have hangs on the font.
    expect(red / side ** 2).toBeGreaterThan(0.04);
    expect(dark / side ** 2).toBeGreaterThan(0.005);

    await drag(host, [0.4, 0.5], [0.6, 0.6]);
    await counts(3, host, guest);
    // Neither an eraser nor a selection gets hold of a page, of whoever.
    await choose(host, 'Eraser');
    await drag(host, [0.1, 0.5], [0.9, 0.55]);
    await counts(2, host, guest);
    await choose(guest, 'Select and move');
    await drag(guest, [0.02, 0.02], [0.98, 0.98]);
    await guest.page.keyboard.press('Delete');
    await choose(guest, 'Pen');
    await drag(guest, [0.4, 0.2], [0.6, 0.3]);
    await counts(3, host, guest);

    await choose(guest, 'Remove PDF pages');
    await counts(1, host, guest);
    await choose(guest, 'Undo');
    await counts(3, host, guest);
    expect(complaints, 'the page keeps to its policy').toEqual([]);
    await Promise.all([host, guest].map(({ page }) => page.close()));
  });

  it('come from the room’s files; what is none says so', async () => {
    const host = await stage.host(stage.newRoom(), 'Hanna', { camera: false });
    const { page } = host;
    await page.getByRole('button', { name: 'Files', exact: true }).click();
    await page.getByRole('button', { name: 'Add files' }).waitFor();
    await page
      .locator('meeting-files input[type=file]')
      .setInputFiles([
        file('plan.pdf', pdf(1, PRINT)),
        file('broken.pdf', Buffer.from('%PDF-1.4\nno')),
      ]);
    await page.getByRole('button', { name: 'View broken.pdf' }).waitFor();
    await page.getByRole('button', { name: 'View plan.pdf' }).waitFor();
    await open(host);
    await page.getByRole('button', { name: 'New whiteboard' }).click();
    await ready(host);

    await choose(host, 'Add PDF pages');
    await page.getByRole('button', { name: 'broken.pdf', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'This PDF can’t be read' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await eventually('the focus is back', () =>
      page
        .getByRole('button', { name: 'Add PDF pages' })
        .evaluate((button) => button.matches(':focus')),
    );

    await choose(host, 'Add PDF pages');
    await page.getByRole('button', { name: 'plan.pdf', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Page 1', checked: true }).waitFor();
    await page.getByRole('button', { name: 'Add 1 page' }).click();
    await counts(1, host);
    // Small print is still large enough to be read, and the server takes it.
    expect((await inked(host, await svg(host))).side).toBeGreaterThanOrEqual(1_280);
    await eventually('it is saved', () =>
      page.evaluate(() => !Object.keys(sessionStorage).some((key) => key.endsWith('|drawn'))),
    );
    await page.close();
  });
});
