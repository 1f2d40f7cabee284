import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import type { RoomEvent } from '../../src/protocol/events.ts';
import { call, enter, tryDoor } from '../e2e/door.ts';
import { eventually, spread } from '../e2e/eventually.ts';
import type { Backend, Stage } from '../e2e/harness.ts';
import { type Person, PROBE } from '../e2e/person.ts';
import { type Figure, never, note, now } from './figure.ts';

/** What LiveKit is doing when the host clicks. */
export type LivekitThen = 'well' | 'frozen' | 'killed';

/** How long LiveKit does not answer, from just before the click on, ms. */
const FROZEN_FOR = 1_000;
/** When it is looked whether the removed person is in the room, ms after the answer. */
const LOOK_AFTER = 2_000;
/** A packet that was sent before the answer may come so long after it, ms. */
const IN_FLIGHT = 100;
/** Joins under way in as many pages: while one is watched for two seconds, the next one begins. */
const PAGES = 4;

/**
 * Joins as livekit-client does, and keeps how many frames came, decoded or not, and when the last
 * packet did: by the browser's own note, for a busy page looks late.
 */
const WATCH_JOIN = `
window.joinWatched = (door, token) => {
  const run = { frames: 0, lastAt: 0 };
  const room = new LivekitClient.Room();
  probe.peers.length = 0;
  const look = async () => {
    let frames = 0;
    for (const peer of probe.peers) {
      for (const report of (await peer.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        frames += report.framesReceived ?? 0;
        run.lastAt = Math.max(run.lastAt, report.lastPacketReceivedTimestamp ?? 0);
      }
    }
    run.frames = Math.max(run.frames, frames);
  };
  const timer = setInterval(() => void look(), 10);
  const options = { maxRetries: 0, peerConnectionTimeout: 5_000 };
  void room.connect(door, token, options).catch(() => undefined);
  window.endWatched = async () => {
    clearInterval(timer);
    await look();
    await room.disconnect();
    return run;
  };
};
`;

/** What the joiner's page saw. */
interface Watched {
  frames: number;
  /** ms since the epoch; 0 for never. */
  lastAt: number;
}

interface Run extends Watched {
  identity: string;
  /** ms from the join's start to the click. */
  after: number;
  clickedAt: number;
  answeredAt: number;
  /** In LiveKit's list two seconds after the answer. */
  isThere: boolean;
  /** What the door said to the same token afterwards. */
  door: number;
}

/**
 * K3: somebody who holds a good token joins with plain livekit-client, and is removed so many ms
 * later. There is a camera in the room to be seen.
 */
export async function removalInAJoin(
  stage: Stage<Backend>,
  { moments, livekit = 'well' }: { moments: readonly number[]; livekit?: LivekitThen },
): Promise<Figure[]> {
  const host = await stage.host(stage.newRoom());
  const context = await stage.newProfile();
  const pages = await Promise.all(Array.from({ length: PAGES }, () => openPage(stage, context)));
  const scene: Scene = { stage, host, livekit };
  // So that the first measured join is not also the first of its page.
  for (const page of pages)
    await (
      await joinAndRemove({ ...scene, livekit: 'well' }, page, 600)
    ).seen;
  const runs: Promise<Run>[] = [];
  for (const [index, after] of moments.entries()) {
    // The page's last join is watched to its end; without LiveKit, so is everybody's.
    await runs[livekit === 'well' ? index - PAGES : index - 1];
    await eventually('the camera is in LiveKit', () => isSent(scene));
    const { seen } = await joinAndRemove(scene, pages[index % PAGES] as Page, after);
    runs.push(seen);
  }
  const all = await Promise.all(runs);
  const joined = await readJoined(stage, host);
  await context.close();
  await stage.closeAll(host);
  return summarize(all, joined);
}

interface Scene {
  stage: Stage<Backend>;
  host: Person;
  livekit: LivekitThen;
}

async function openPage(stage: Stage<Backend>, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(PROBE);
  await page.goto(`${stage.pages.origin}/raw`);
  await page.evaluate(WATCH_JOIN);
  return page;
}

/** Resolves once the removal is answered and LiveKit is well again; `seen` two seconds later. */
async function joinAndRemove(
  { stage, host, livekit }: Scene,
  page: Page,
  after: number,
): Promise<{ seen: Promise<Run> }> {
  const { url } = stage.server;
  const room = host.entered.room.name;
  const subject = `joiner-${process.hrtime.bigint().toString(36)}`;
  const entryToken = await stage.pages.sign({ room, access: 'always', subject, name: 'Jo' });
  const { body } = await enter(url, room, { entryToken });
  const args = [body.door, body.token].map((arg) => JSON.stringify(arg)).join();
  const begun = page.evaluate(`joinWatched(${args})`);
  await delay(after);
  const back = disturb(stage, livekit);
  const clickedAt = now();
  const { identity } = body.me;
  const removed = await call(
    `${url}/rooms/${room}/participant-remove`,
    { identity },
    host.entered.session,
  );
  if (removed.status !== 200) throw new Error(`The removal: ${JSON.stringify(removed.body)}`);
  const answeredAt = now();
  await Promise.all([begun, back]);
  const look = async (): Promise<Run> => {
    await delay(LOOK_AFTER);
    const there = await identitiesOf(stage);
    const isThere = there.some((other) => other.split('#')[0] === identity);
    const attempt = await tryDoor(body.door, body.token);
    attempt.close();
    const watched = await page.evaluate<Watched>('endWatched()');
    const door = attempt.status;
    return { identity, after, clickedAt, answeredAt, isThere, door, ...watched };
  };
  return { seen: look() };
}

/** Does to LiveKit what is to be; resolves when it serves again. */
async function disturb({ livekit }: Stage<Backend>, how: LivekitThen): Promise<void> {
  if (how === 'killed') await livekit.restart();
  if (how !== 'frozen') return;
  livekit.kill('SIGSTOP');
  await delay(FROZEN_FOR);
  livekit.kill('SIGCONT');
}

/** Everybody whom LiveKit has, in whichever room. */
async function identitiesOf({ sfu }: Stage<Backend>): Promise<string[]> {
  const rooms = await sfu.listRooms();
  const people = await Promise.all(
    rooms.map(({ name }) => sfu.listParticipants(name).catch(() => [])),
  );
  return people.flat().map(({ identity }) => identity);
}

async function isSent({ stage: { sfu }, host }: Scene): Promise<boolean> {
  const rooms = await sfu.listRooms().catch(() => []);
  const people = await Promise.all(
    rooms.map(({ name }) => sfu.listParticipants(name).catch(() => [])),
  );
  const found = people.flat().find(({ identity }) => identity === host.entered.me.identity);
  return (found?.tracks.length ?? 0) > 0;
}

/** Whom the log calls joined: the others were removed before they were let through the door. */
async function readJoined({ server }: Stage<Backend>, host: Person): Promise<Set<string>> {
  const { room, session } = host.entered;
  const answer = await fetch(`${server.url}/rooms/${room.name}/events?after=0`, {
    headers: { authorization: `Bearer ${session}` },
  });
  const { events } = (await answer.json()) as { events: RoomEvent[] };
  const joins = events.filter((event) => event.type === 'participant-joined');
  return new Set(joins.map(({ participant }) => participant.identity));
}

function summarize(runs: readonly Run[], joined: ReadonlySet<string>): Figure[] {
  const isIn = ({ identity }: Run): boolean => joined.has(identity);
  const late = ({ lastAt, answeredAt }: Run): number => lastAt - answeredAt;
  // Who was in by right may have seen something until then; nobody else ever.
  const leaks = runs.filter((run) => (isIn(run) ? late(run) > IN_FLIGHT : run.frames > 0));
  const say = (run: Run): string =>
    `${run.after} ms in, ${isIn(run) ? 'joined' : 'refused'}: ${run.frames} frames, the last ${late(run).toFixed(0)} ms after the answer`;
  const refused = runs.filter((run) => !isIn(run)).length;
  return [
    never('a frame after the answer, or without having joined', leaks.map(say), runs.length),
    never(
      'in the room two seconds later',
      runs.filter(({ isThere }) => isThere).map(({ after }) => `${after} ms in`),
      runs.length,
    ),
    never(
      'let through the door by the same token afterwards',
      runs.filter(({ door }) => door !== 403).map(({ after, door }) => `${after} ms in: ${door}`),
      runs.length,
    ),
    note('the removal came before the door let them in', `${refused} of ${runs.length}`),
    note(
      'last packet, after the answer, of who had media',
      spread(runs.filter(({ frames }) => frames > 0).map(late)),
    ),
    note(
      'the click was answered after',
      spread(runs.map(({ clickedAt, answeredAt }) => answeredAt - clickedAt)),
    ),
  ];
}
