import { call, newVisitor } from '../e2e/door.ts';
import { FeedClient } from '../server/support/feed-client.ts';
import { eventually } from '../e2e/eventually.ts';
import type { Backend, Stage } from '../e2e/harness.ts';
import type { Heard, Person } from '../e2e/person.ts';
import type { Answer } from '../../src/protocol/routes.ts';
import { type Figure, never, note, within } from './figure.ts';

/** Resolves in the guest's page when the first frame of anybody has been decoded. */
const FIRST_FRAME = `(async () => {
  while (!(await probe.frames())) await new Promise((resolve) => setTimeout(resolve, 5));
  return performance.timeOrigin + performance.now();
})()`;

/** K7: from the guest's knock to the host's card, and from Admit to the guest's first frame. */
export async function knockAndAdmit(
  stage: Stage<Backend>,
  { rounds }: { rounds: number },
): Promise<Figure[]> {
  const cards: number[] = [];
  const frames: number[] = [];
  const room = stage.newRoom();
  const host = await stage.host(room);
  for (let round = 1; round <= rounds; round += 1) {
    const name = `Gil ${round}`;
    const guest = await stage.opens({ room, name });
    const shown = host.shown(name);
    await guest.knock();
    cards.push((await shown) - (await guest.lastAct()));
    const first = guest.page.evaluate<number>(FIRST_FRAME);
    await host.admits(name);
    frames.push((await first) - (await host.lastAct()));
    await guest.leave();
    await stage.closeAll(guest);
    await host.seesNoMore(name);
  }
  await stage.closeAll(host);
  return [
    within('knock → card on the host’s screen', cards, 0.95, 500),
    within('Admit → the guest’s first frame', frames, 0.95, 1_500),
  ];
}

/**
 * Clicks in two pages at the same moment of the clock that both read, without looking whether the
 * button is still there, and resolves to whether it was.
 */
const CLICK_AT = `
window.clickAt = async (name, label, at) => {
  const card = probe.deep(document).find((e) => e.localName !== 'button' && e.getAttribute('aria-label') === name && e.closest('.knock, [part~=knock]'));
  while (performance.timeOrigin + performance.now() < at) await new Promise((resolve) => setTimeout(resolve, 0));
  const button = [...card.querySelectorAll('button')].find((e) => e.textContent.trim() === label);
  button?.click();
  return button !== undefined;
};
`;

/** K7: two hosts answer the same knock at the same moment, each by their own button. */
export async function twoHostsAtOnce(
  stage: Stage<Backend>,
  { knocks }: { knocks: number },
): Promise<Figure[]> {
  const room = stage.newRoom();
  const hanna = await stage.host(room, 'Hanna', { camera: false });
  const otto = await stage.host(room, 'Otto', { camera: false });
  const hosts = [hanna, otto];
  await Promise.all(hosts.map(({ page }) => page.evaluate(CLICK_AT)));
  const wrong: string[] = [];
  let both = 0;
  for (let turn = 1; turn <= knocks; turn += 1) {
    const name = `Gil ${turn}`;
    const { session, feed } = await knock(stage, room, name);
    await Promise.all(hosts.map((host) => host.card(name).waitFor()));
    const labels = ['Admit', turn % 2 === 0 ? 'Deny' : 'Admit'];
    const at = Date.now() + 150;
    const clicked = await Promise.all(
      hosts.map(({ page }, index) =>
        page.evaluate<boolean>(`clickAt(${JSON.stringify(name)}, '${labels[index]}', ${at})`),
      ),
    );
    if (clicked.every(Boolean)) both += 1;
    const told = await Promise.all(hosts.map((host) => decisionOn(host, name)));
    const { status, body } = await call(
      `${stage.server.url}/rooms/${room}/call-resume`,
      {},
      session,
    );
    const isAdmitted = status === 200;
    if (told[0]?.id !== told[1]?.id) wrong.push(`${name}: the hosts heard different decisions`);
    if ((told[0]?.type === 'knock-admitted') !== isAdmitted) {
      wrong.push(`${name}: ${told[0]?.type}, and the guest is told ${body.code ?? status}`);
    }
    feed.close();
  }
  // What came later than the first decision would be a second one.
  for (const host of hosts) {
    const decisions = (await host.heard()).filter(isDecision);
    if (decisions.length !== knocks)
      wrong.push(`${decisions.length} decisions on ${knocks} knocks`);
  }
  await stage.closeAll(...hosts);
  return [
    never('decided otherwise than once, two hosts at the same moment', wrong, knocks),
    note('both buttons were still there to be clicked', `${both} of ${knocks}`),
  ];
}

/** K7: the host's page is loaded anew while guests knock, before, during and after it. */
export async function knocksOverReloads(
  stage: Stage<Backend>,
  { reloads }: { reloads: number },
): Promise<Figure[]> {
  const room = stage.newRoom();
  const host = await stage.host(room, 'Hanna', { camera: false });
  const names: string[] = [];
  const feeds: FeedClient[] = [];
  const come = async (name: string): Promise<void> => {
    feeds.push((await knock(stage, room, name)).feed);
    names.push(name);
  };
  const lost: string[] = [];
  for (let turn = 1; turn <= reloads; turn += 1) {
    await come(`Ada ${turn}`);
    const reloading = host.page.reload();
    await come(`Ben ${turn}`);
    await come(`Cleo ${turn}`);
    await reloading;
    const read = (): Promise<string[]> => host.page.evaluate<string[]>(KNOCKERS);
    const isWhole = async (): Promise<boolean> => (await read()).length >= names.length;
    // When they don't all come, those who are missing are counted.
    await eventually('the host is back with the knocks', isWhole).catch(() => undefined);
    const known = await read();
    lost.push(...names.filter((name) => !known.includes(name)));
  }
  for (const feed of feeds) feed.close();
  await stage.closeAll(host);
  return [never('knocks lost by the host’s reloads', lost, names.length)];
}

/** Who knocks, as the page's room has it: cards beyond the third are folded. */
const KNOCKERS = `document.querySelector('meeting-room')?.store?.knocks.value.map(({ name }) => name) ?? []`;

/** Knocks without a page, and stays at the door by a feed. */
async function knock(stage: Stage<Backend>, room: string, name: string): Promise<Knocker> {
  const { url } = stage.server;
  const { status, body } = await call<Answer<'knock'>>(`${url}/rooms/${room}/knock`, {
    visitor: newVisitor(),
    name,
  });
  if (status !== 200) throw new Error(`${name} may not knock: ${JSON.stringify(body)}`);
  const feed = await FeedClient.connect(url, room);
  feed.say({ session: body.session, after: 0 });
  return { session: body.session, feed };
}

interface Knocker {
  session: string;
  feed: FeedClient;
}

const isDecision = ({ type }: Heard): boolean =>
  type === 'knock-admitted' || type === 'knock-denied';

function decisionOn(host: Person, name: string): Promise<Heard> {
  return eventually(`${host.name} hears of ${name}`, async () =>
    (await host.heard()).find(
      (event) => isDecision(event) && (event['knock'] as { name: string }).name === name,
    ),
  );
}
