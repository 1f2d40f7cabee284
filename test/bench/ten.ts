import type { Browser, BrowserContext } from 'playwright-core';
import { eventually } from '../e2e/eventually.ts';
import { type Backend, newProfile, type Stage } from '../e2e/harness.ts';
import type { Person } from '../e2e/person.ts';
import type { Crowd, CrowdMember } from './crowd.ts';

const LIGHTS = Array.from({ length: 7 }, (_, index) => `Lu ${index + 1}`);
/** All ten are still seen in it. */
const SMALL = { width: 640, height: 440 };
const NAMES = ['Hanna', 'Mara', 'Max', ...LIGHTS].sort();

/** Ten people in one call: three at our page in browser profiles of their own, seven of a crowd. */
export interface Ten {
  host: Person;
  /** Two who came by a token of the backend. */
  members: Person[];
  lights: CrowdMember[];
}

/**
 * Resolves when all ten are in the call; the host sends a camera, the crowd small ones.
 * @param browsers - Where the host and the two members are, when not in the stage's own browser.
 */
export async function gatherTen(
  stage: Stage<Backend>,
  crowd: Crowd,
  room: string,
  browsers?: { host: Browser; members: Browser },
): Promise<Ten> {
  const host = await stage.host(room, 'Hanna', await profileIn(browsers?.host));
  const members = await Promise.all(
    ['Mara', 'Max'].map(async (name) =>
      stage.member(room, name, { camera: false, ...(await profileIn(browsers?.members)) }),
    ),
  );
  if (browsers) {
    // Painting is the processor's here: in small windows it takes less of what the media need.
    for (const { page } of [host, ...members]) await page.setViewportSize(SMALL);
  }
  return { host, members, lights: await gatherLights(crowd, room) };
}

async function profileIn(browser?: Browser): Promise<{ context?: BrowserContext }> {
  return browser ? { context: await newProfile(browser) } : {};
}

/** One after the other: seven joins at once are more than two cores with other work can do. */
export async function gatherLights(crowd: Crowd, room: string): Promise<CrowdMember[]> {
  const lights: CrowdMember[] = [];
  for (const name of LIGHTS) {
    lights.push(await crowd.join(room, name));
  }
  return lights;
}

/** Until everybody's list has all ten, and nobody else. */
export async function seeAllTen({ host, members, lights }: Ten): Promise<void> {
  for (const person of [host, ...members]) {
    await eventually(`${person.name} sees ten`, async () => {
      return (await namesOnTiles(person)).join() === NAMES.join();
    });
  }
  await eventually('the crowd is told of ten', () =>
    lights.every(({ roster }) => roster.join() === NAMES.join()),
  );
}

async function namesOnTiles(person: Person): Promise<string[]> {
  const tiles = person.page.getByRole('listitem').getByRole('group');
  const names = await tiles.evaluateAll((all) => all.map((tile) => tile.ariaLabel ?? ''));
  return names.sort();
}

/** Opens the menu of the red button by hovering it, and clicks. */
export async function leaveBy(host: Person, item: string): Promise<void> {
  await host.page.mouse.move(1, 1);
  await host.page.getByRole('button', { name: 'Leave', exact: true }).hover();
  await host.page.getByRole('menuitem', { name: item, exact: true }).click();
}
