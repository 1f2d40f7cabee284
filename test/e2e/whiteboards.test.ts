import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const open = async ({ page }: Person): Promise<void> => {
  await page.getByRole('button', { name: 'Whiteboard', exact: true }).click();
  await page.locator('meeting-whiteboard').waitFor();
};

const paper = ({ page }: Person): Locator => page.getByRole('application');

/** Waits until the board can be drawn on. */
const ready = async ({ page }: Person): Promise<void> => {
  await page.getByRole('button', { name: 'Pen', exact: true }).waitFor();
  await page.locator('meeting-board .imageEditorRenderArea').waitFor();
};

const choose = ({ page }: Person, tool: string): Promise<void> =>
  page.getByRole('button', { name: tool, exact: true }).click();

/** Draws from one point of the paper to another; both in parts of its size. */
async function draw(
  person: Person,
  [fromX, fromY]: [number, number],
  [toX, toY]: [number, number],
  letGo = true,
): Promise<void> {
  const box = await paper(person).boundingBox();
  if (!box) throw new Error('No paper is to be seen.');
  const { mouse } = person.page;
  const at = (x: number, y: number): [number, number] => [
    box.x + box.width * x,
    box.y + box.height * y,
  ];
  await mouse.move(...at(fromX, fromY));
  await mouse.down();
  for (let step = 1; step <= 5; step += 1) {
    const part = step / 5;
    await mouse.move(...at(fromX + (toX - fromX) * part, fromY + (toY - fromY) * part));
  }
  if (letGo) await mouse.up();
}

/** How many items the paper says that there are. */
async function count(person: Person): Promise<number> {
  const label = (await paper(person).getAttribute('aria-label')) ?? '';
  return Number(/(\d+) items?$/.exec(label)?.[1] ?? Number.NaN);
}

const counts = (items: number, ...people: Person[]): Promise<unknown> =>
  eventually(`${items} items with ${people.map(({ name }) => name).join(', ')}`, async () => {
    const all = await Promise.all(people.map(count));
    return all.every((one) => one === items);
  });

/** The board as an SVG, by the person's menu. */
async function svg(person: Person): Promise<string> {
  const { page } = person;
  await page.getByRole('button', { name: /^Options for/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as SVG' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

const inMenu = async ({ page }: Person, item: string): Promise<void> => {
  await page.getByRole('button', { name: /^Options for/ }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

/** A host and a guest at the same new board. */
async function two(): Promise<{ room: string; host: Person; guest: Person }> {
  const room = stage.newRoom();
  const host = await stage.host(room, 'Hanna', { camera: false });
  const guest = await stage.member(room, 'Gil', { camera: false });
  await open(host);
  await host.page.getByRole('button', { name: 'New whiteboard' }).click();
  await open(guest);
  await Promise.all([ready(host), ready(guest)]);
  return { room, host, guest };
}

describe('A whiteboard', () => {
  it('is equal for all in the end: two draw while a third reloads, and one comes late', async () => {
    const { room, host, guest } = await two();
    const third = await stage.member(room, 'Tim', { camera: false });
    await open(third);
    await ready(third);
    const drawing = (async () => {
      for (let at = 0; at < 6; at += 1) {
        const y = 0.1 + at * 0.12;
        await Promise.all([
          draw(host, [0.1, y], [0.4, y + 0.05]),
          draw(guest, [0.6, y], [0.9, y + 0.05]),
        ]);
      }
    })();
    await third.page.reload();
    await open(third);
    await ready(third);
    await drawing;
    await counts(12, host, guest, third);
    const late = await stage.member(room, 'Lea', { camera: false });
    await open(late);
    await ready(late);
    await counts(12, late);
    const [first, ...others] = [
      await svg(host),
      await svg(guest),
      await svg(third),
      await svg(late),
    ];
    expect(first?.match(/<path/g)?.length).toBe(12);
    for (const other of others) expect(other).toBe(first);
    await Promise.all([third, late].map(({ page }) => page.close()));
  });

  it('shows where the others point, and what they draw before they let go', async () => {
    const { host, guest } = await two();
    await draw(guest, [0.2, 0.2], [0.8, 0.8], false);
    const pointer = host.page.locator('meeting-board .pointer', { hasText: 'Gil' });
    await eventually('the pointer is seen', async () => {
      const box = await paper(guest).boundingBox();
      await guest.page.mouse.move((box?.x ?? 0) + 90, (box?.y ?? 0) + 90);
      return pointer.isVisible();
    });
    const isInked = (): Promise<boolean> =>
      host.page.evaluate(() => {
        const find = (root: ParentNode): HTMLCanvasElement | undefined => {
          for (const element of root.querySelectorAll('*')) {
            if (element.matches('.over canvas')) return element as HTMLCanvasElement;
            const inside = element.shadowRoot && find(element.shadowRoot);
            if (inside) return inside;
          }
          return undefined;
        };
        const canvas = find(document);
        if (!canvas?.width) return false;
        const { width, height } = canvas;
        const picture = canvas.getContext('2d')?.getImageData(0, 0, width, height);
        return picture?.data.some((value) => value > 0) === true;
      });
    await eventually('the stroke is seen', async () => {
      const box = await paper(guest).boundingBox();
      await guest.page.mouse.move((box?.x ?? 0) + 120, (box?.y ?? 0) + 60 * Math.random());
      return isInked();
    });
    await guest.page.mouse.up();
    await counts(1, host, guest);
    await host.page.getByText('Gil draws').waitFor({ state: 'attached' });
  });

  it('takes shapes, text, moving and erasing; undo takes back one’s own alone', async () => {
    const { host, guest } = await two();
    for (const [tool, y] of [
      ['Rectangle', 0.1],
      ['Ellipse', 0.3],
      ['Arrow', 0.5],
      ['Line', 0.7],
    ] as const) {
      await choose(host, tool);
      await draw(host, [0.1, y], [0.3, y + 0.1]);
    }
    await counts(4, host, guest);
    await draw(guest, [0.6, 0.2], [0.8, 0.3]);
    await counts(5, host, guest);
    await host.page.keyboard.press('Control+z');
    await counts(4, host, guest);
    await host.page.keyboard.press('Control+Shift+z');
    await counts(5, host, guest);
    await choose(guest, 'Undo');
    await counts(4, host, guest);

    await choose(guest, 'Text');
    const box = await paper(guest).boundingBox();
    await guest.page.mouse.click((box?.x ?? 0) + 300, (box?.y ?? 0) + 150);
    await guest.page.locator('meeting-board .anchored-element-overlay textarea').focus();
    await guest.page.keyboard.type('Hello mv');
    await choose(guest, 'Pen');
    await counts(5, host, guest);
    expect(await svg(host)).toContain('Hello mv');

    const before = await svg(guest);
    await choose(host, 'Select and move');
    await draw(host, [0.02, 0.02], [0.4, 0.21]);
    // The paper may move to show what is selected.
    const selected = host.page.locator('meeting-board .selection-tool-selection-background');
    await selected.waitFor();
    const grip = await selected.boundingBox();
    const [x, y] = [(grip?.x ?? 0) + 20, (grip?.y ?? 0) + 14];
    await host.page.mouse.move(x, y);
    await host.page.mouse.down();
    await host.page.mouse.move(x + 40, y + 30, { steps: 4 });
    await host.page.mouse.up();
    await eventually('the other has it moved', async () => (await svg(guest)) !== before);
    await choose(host, 'Delete selection');
    await eventually('what was selected is gone', async () => (await count(guest)) < 5);

    const left = await count(guest);
    await choose(guest, 'Eraser');
    await draw(guest, [0.2, 0.5], [0.2, 0.95]);
    await eventually('what was touched is gone', async () => (await count(host)) < left);
    await counts(await count(guest), host, guest);
  });

  it('keeps what is drawn while the line is cut, and sends it', async () => {
    const { host, guest } = await two();
    await draw(host, [0.1, 0.1], [0.3, 0.3]);
    await counts(1, host, guest);
    await guest.page.context().setOffline(true);
    await draw(guest, [0.5, 0.5], [0.7, 0.7]);
    await draw(host, [0.1, 0.5], [0.3, 0.7]);
    await counts(2, host, guest);
    await guest.page.context().setOffline(false);
    await counts(3, host, guest);
    expect(await svg(guest)).toBe(await svg(host));
  });

  it('is cleared, locked, renamed and deleted by a host, and everybody is told', async () => {
    const { host, guest } = await two();
    await draw(guest, [0.1, 0.1], [0.3, 0.3]);
    await counts(1, host, guest);
    await inMenu(host, 'Clear');
    await host.page.getByRole('button', { name: 'Clear', exact: true }).click();
    await counts(0, host, guest);
    await draw(guest, [0.5, 0.1], [0.7, 0.3]);
    await counts(1, host, guest);

    await inMenu(host, 'Lock');
    await guest.page.getByText('A host has locked this whiteboard').waitFor();
    expect(await guest.page.getByRole('button', { name: 'Pen', exact: true }).count()).toBe(0);
    await draw(guest, [0.5, 0.5], [0.7, 0.7]);
    await draw(host, [0.1, 0.5], [0.3, 0.7]);
    await counts(2, host, guest);
    await inMenu(host, 'Unlock');
    await ready(guest);

    await inMenu(host, 'Rename');
    await host.page.getByRole('textbox', { name: 'Name of the whiteboard' }).fill('Kitchen');
    await host.page.getByRole('button', { name: 'Save' }).click();
    await guest.page.getByRole('tab', { name: 'Kitchen' }).waitFor();

    await inMenu(host, 'Delete');
    await host.page.getByRole('button', { name: 'Delete', exact: true }).click();
    await guest.page.getByText('No whiteboards yet').waitFor();
    for (const type of ['created', 'changed', 'cleared', 'deleted']) {
      await guest.hears(`whiteboard-${type}`);
    }
  });

  it('is exported as a picture, takes a picture, and goes with a reset', async () => {
    const { host, guest } = await two();
    const base64 = await host.page.evaluate<string>(`(async () => {
      const canvas = new OffscreenCanvas(1600, 1000);
      canvas.getContext('2d').fillRect(0, 0, 1600, 1000);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    })()`);
    await guest.page.locator('meeting-board .tools input[type=file]').setInputFiles({
      ...{ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') },
    });
    await counts(1, host, guest);
    await host.page.getByRole('button', { name: /^Options for/ }).click();
    const [download] = await Promise.all([
      host.page.waitForEvent('download'),
      host.page.getByRole('menuitem', { name: 'Export as PNG' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Whiteboard 1.png');
    const png = await readFile(await download.path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    await host.page.evaluate(
      `document.querySelector('meeting-room').resetRoom(['whiteboards-and-files'])`,
    );
    await guest.page.getByText('No whiteboards yet').waitFor();
  });
});
