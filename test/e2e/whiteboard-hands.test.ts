import type { CDPSession, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

/** A whiteboard by finger and by pen, as browsers tell of them; and what a reload comes in between. */

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const paper = ({ page }: Person): Locator => page.getByRole('application');

async function open(person: Person): Promise<void> {
  const { page } = person;
  await page.getByRole('button', { name: 'Whiteboard', exact: true }).click();
  await page.locator('meeting-whiteboard').waitFor();
}

const ready = async ({ page }: Person): Promise<void> => {
  await page.getByRole('button', { name: 'Pen', exact: true }).waitFor();
  await page.locator('meeting-board .imageEditorRenderArea[aria-label]').waitFor();
};

async function alone(): Promise<Person> {
  const host = await stage.host(stage.newRoom(), 'Hanna', { camera: false });
  await open(host);
  await host.page.getByRole('button', { name: 'New whiteboard' }).click();
  await ready(host);
  return host;
}

/** How many items the paper says that there are. */
async function count(person: Person): Promise<number> {
  const label = (await paper(person).getAttribute('aria-label')) ?? '';
  return Number(/(\d+) items?$/.exec(label)?.[1] ?? Number.NaN);
}

const counts = (person: Person, items: number): Promise<unknown> =>
  eventually(`${items} items`, async () => (await count(person)) === items);

/** Where a part of the paper is on the page. */
async function at(person: Person, x: number, y: number): Promise<{ x: number; y: number }> {
  const box = await paper(person).boundingBox();
  if (!box) throw new Error('No paper is to be seen.');
  return { x: box.x + box.width * x, y: box.y + box.height * y };
}

type Touch = readonly [number, number];

/** Fingers go from one place to another, all at once; in parts of the paper. */
async function touch(
  client: CDPSession,
  person: Person,
  from: readonly Touch[],
  to: readonly Touch[],
): Promise<void> {
  const points = (part: number) =>
    Promise.all(
      from.map(async ([x, y], id) => {
        const [toX, toY] = to[id] ?? [x, y];
        return { ...(await at(person, x + (toX - x) * part, y + (toY - y) * part)), id };
      }),
    );
  const send = async (type: 'touchStart' | 'touchMove', part: number): Promise<void> => {
    const touchPoints = await points(part);
    await client.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
  await send('touchStart', 0);
  for (let step = 1; step <= 5; step += 1) await send('touchMove', step / 5);
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** A pen draws a line, with the pressure of each of its points. */
async function pen(client: CDPSession, person: Person, forces: readonly number[]): Promise<void> {
  const send = async (
    type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
    part: number,
    force: number,
  ): Promise<void> => {
    const { x, y } = await at(person, 0.2 + 0.5 * part, 0.7);
    const held = type === 'mouseReleased' ? 0 : 1;
    await client.send('Input.dispatchMouseEvent', {
      ...{ type, x, y, force, pointerType: 'pen' },
      ...{ button: 'left', buttons: held, clickCount: 1 },
    });
  };
  await send('mousePressed', 0, forces[0] ?? 0.5);
  for (const [index, force] of forces.entries()) {
    await send('mouseMoved', (index + 1) / forces.length, force);
  }
  await send('mouseReleased', 1, 0);
}

/** Where the paper's zero point is on screen, and how large it is shown: by what is exported from it. */
const mark = (person: Person): Promise<Buffer> =>
  person.page.locator('meeting-board .imageEditorRenderArea').screenshot();

describe('A whiteboard', () => {
  it('is drawn on by one finger, and moved and zoomed by two', async () => {
    const host = await alone();
    const client = await host.page.context().newCDPSession(host.page);
    await touch(client, host, [[0.2, 0.2]], [[0.5, 0.4]]);
    await counts(host, 1);
    const before = await mark(host);
    await touch(
      client,
      host,
      [
        [0.4, 0.5],
        [0.6, 0.5],
      ],
      [
        [0.3, 0.6],
        [0.8, 0.6],
      ],
    );
    await eventually('the paper is another part', async () => !(await mark(host)).equals(before));
    expect(await count(host)).toBe(1);
    await host.page.close();
  });

  it('is drawn on by a pen; then a finger moves the paper, and draws nothing', async () => {
    const host = await alone();
    const client = await host.page.context().newCDPSession(host.page);
    await pen(client, host, [0.2, 0.4, 0.7, 0.9, 0.5]);
    await counts(host, 1);
    const before = await mark(host);
    await touch(client, host, [[0.4, 0.3]], [[0.6, 0.5]]);
    await eventually('the paper has moved', async () => !(await mark(host)).equals(before));
    expect(await count(host)).toBe(1);
    await pen(client, host, [0.5, 0.5, 0.5]);
    await counts(host, 2);
    await host.page.close();
  });

  it('has what was drawn while nothing got through also after a reload', async () => {
    const host = await alone();
    const { page } = host;
    const draw = async (y: number): Promise<void> => {
      const [from, to] = [await at(host, 0.2, y), await at(host, 0.6, y + 0.1)];
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
    };
    const kept = (): Promise<number> =>
      page.evaluate(
        () => Object.keys(sessionStorage).filter((key) => key.endsWith('|drawn')).length,
      );
    await draw(0.1);
    await counts(host, 1);
    await eventually('the server has it', async () => (await kept()) === 0);
    await page.route('**/whiteboard-update', (route) => route.abort());
    await draw(0.3);
    await draw(0.5);
    await counts(host, 3);
    await eventually('the tab keeps it', async () => (await kept()) === 1);
    await page.reload();
    await open(host);
    await ready(host);
    await counts(host, 3);
    await page.unroute('**/whiteboard-update');
    await eventually('the server has it', async () => (await kept()) === 0);

    // Whoever leaves takes it along: nobody who uses the tab next finds it.
    await page.route('**/whiteboard-update', (route) => route.abort());
    await draw(0.7);
    await eventually('the tab keeps it', async () => (await kept()) === 1);
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('heading', { name: 'You left the meeting' }).waitFor();
    await eventually('it is forgotten', async () => (await kept()) === 0);
    await page.close();
  });
});
