import { resolve } from 'node:path';
import { build } from 'esbuild';
import { AccessToken } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { call, enter } from '../e2e/door.ts';
import { Stage } from '../e2e/harness.ts';
import { NO_DEVICES, PROBE } from '../e2e/person.ts';
import { RawPage } from '../e2e/raw.ts';
import { weighEntries } from './bytes.ts';
import { now, quantile } from './figure.ts';

const RUNS = Number(process.env['RUNS'] ?? 9);
const RAW_ROOM = 'bench-raw';
const OUR_ROOM = 'bench';
const NOTICE = 'You were removed from the meeting';

/** Resolves to the moment when the first frame of anybody has been decoded. */
const FIRST_FRAME = `(async () => {
  while (!(await probe.frames())) await new Promise((resolve) => setTimeout(resolve, 5));
  return performance.now();
})()`;

/** ms; from the script's start, or from the click on Join. */
interface Joined {
  connected: number;
  firstFrame: number;
}

let stage: Stage;

/**
 * Plain livekit-client and our page side by side, in one run and by turns, so that the ratios hold on
 * a busy machine, too. `RUNS=20` for steadier figures.
 */
export async function compare(parts: { join: boolean; removal: boolean }): Promise<void> {
  stage = await Stage.start();
  try {
    console.log(`${RUNS} runs each, by turns; ms: median (p25–p75), max\n`);
    await prepare();
    if (parts.join) await benchJoin();
    if (parts.removal) await benchRemoval();
  } finally {
    await stage.close();
  }
}

/** A camera in both rooms, and the scripts that the pages load. */
async function prepare(): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { Room } from 'livekit-client';`,
      resolveDir: resolve(import.meta.dirname),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  stage.pages.add('/raw-engine.js', outputFiles[0]?.text ?? '');
  await stage.sfu.createRoom({ name: RAW_ROOM, emptyTimeout: 600 });
  const profile = await stage.newProfile();
  const rawCamera = await RawPage.open(profile, stage.pages.origin);
  await rawCamera.connect(stage.livekit.url, await rawToken('camera'), true);
  const ourCamera = await RawPage.open(profile, stage.pages.origin);
  const { body } = await enter(stage.server.url, OUR_ROOM, { entryToken: await vouch('camera') });
  await ourCamera.connect(body.door, body.token, true);
}

async function benchJoin(): Promise<void> {
  const raw: Joined[] = [];
  const script: Joined[] = [];
  const click: Joined[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    raw.push(await joinRaw());
    script.push(await joinOurs('script'));
    click.push(await joinOurs('click'));
  }
  const connected = (joins: Joined[]): number[] => joins.map((join) => join.connected);
  const frame = (joins: Joined[]): number[] => joins.map((join) => join.firstFrame);
  table('Join', [
    ['script → connected', connected(raw), connected(script)],
    ['script → first frame', frame(raw), frame(script)],
    ['ours: click on Join → connected', connected(raw), connected(click)],
    ['ours: click on Join → first frame', frame(raw), frame(click)],
  ]);
}

async function benchRemoval(): Promise<void> {
  const raw: number[] = [];
  const heard: number[] = [];
  const shown: number[] = [];
  const host = await enter(stage.server.url, OUR_ROOM, {
    entryToken: await stage.pages.sign({ room: OUR_ROOM, access: 'host', subject: 'host' }),
    name: 'Host',
  });
  for (let run = 0; run < RUNS; run += 1) {
    raw.push(await removeRaw());
    const ours = await removeOurs(host.body.session);
    heard.push(ours.heard);
    shown.push(ours.shown);
  }
  table('Removal, from the call of the API', [
    ['guest’s page is told', raw, heard],
    ['guest sees the notice (raw: is told)', raw, shown],
  ]);
}

/** What a page loads for us. */
export async function benchBytes(): Promise<void> {
  console.log('Bytes, gzip, kB of 1000 B'.padEnd(50), 'first'.padStart(8), 'all'.padStart(8));
  for (const { name, first, all } of await weighEntries()) {
    console.log(name.padEnd(50), kilo(first), kilo(all));
  }
  console.log();
}

async function blank(): Promise<Page> {
  const page = await (await stage.newProfile()).newPage();
  await page.addInitScript(PROBE);
  // Nobody here sends: joining and receiving is what is compared.
  await page.addInitScript(NO_DEVICES);
  await page.goto(`${stage.pages.origin}/blank`);
  return page;
}

async function joinRaw(): Promise<Joined> {
  const page = await blank();
  const token = await rawToken(`raw-${process.hrtime.bigint()}`);
  const joined = await page.evaluate<Joined>(`(async () => {
    const start = performance.now();
    const { Room } = await import('/raw-engine.js');
    window.room = new Room();
    room.on('trackSubscribed', (track) => document.body.append(track.attach()));
    await room.connect(${JSON.stringify(stage.livekit.url)}, ${JSON.stringify(token)});
    const connected = performance.now() - start;
    return { connected, firstFrame: (await ${FIRST_FRAME}) - start };
  })()`);
  await page.context().close();
  return joined;
}

async function joinOurs(from: 'script' | 'click'): Promise<Joined> {
  const page = await blank();
  const attributes = {
    server: stage.server.url,
    room: OUR_ROOM,
    name: 'Gil',
    'entry-token': await vouch(`ours-${process.hrtime.bigint()}`),
  };
  const mount = `
    await import('/cdn/meeting-room.js');
    const room = document.createElement('meeting-room');
    const joined = new Promise((resolve) => room.addEventListener('meeting-joined', () => resolve(performance.now())));
    for (const [name, value] of Object.entries(${JSON.stringify(attributes)})) room.setAttribute(name, value);
    document.body.append(room);`;
  let joined: Joined;
  if (from === 'script') {
    joined = await page.evaluate<Joined>(`(async () => {
      const start = performance.now();
      ${mount}
      await room.join();
      const connected = (await joined) - start;
      return { connected, firstFrame: (await ${FIRST_FRAME}) - start };
    })()`);
  } else {
    await page.evaluate(`(async () => { ${mount} window.joined = joined; })()`);
    // As long as somebody needs to read a join screen: the engine is fetched meanwhile.
    await page.waitForLoadState('networkidle');
    const [outcome] = await Promise.all([
      page.evaluate<{ connected: number; firstFrame: number; origin: number }>(`(async () => {
        const connected = await joined;
        return { connected, firstFrame: await ${FIRST_FRAME}, origin: performance.timeOrigin };
      })()`),
      page.getByRole('button', { name: 'Join', exact: true }).click(),
    ]);
    const clicked = (await page.evaluate<number>('probe.clicks.at(-1)')) - outcome.origin;
    joined = { connected: outcome.connected - clicked, firstFrame: outcome.firstFrame - clicked };
  }
  await page.context().close();
  return joined;
}

async function removeRaw(): Promise<number> {
  const page = await blank();
  const identity = `guest-${process.hrtime.bigint()}`;
  await page.evaluate(`(async () => {
    const { Room } = await import('/raw-engine.js');
    window.room = new Room();
    window.told = new Promise((resolve) => {
      room.on('disconnected', () => resolve(performance.timeOrigin + performance.now()));
    });
    await room.connect(${JSON.stringify(stage.livekit.url)}, ${JSON.stringify(await rawToken(identity))});
  })()`);
  const start = now();
  await stage.sfu.removeParticipant(RAW_ROOM, identity);
  const told = await page.evaluate<number>('told');
  await page.context().close();
  return told - start;
}

async function removeOurs(session: string): Promise<{ heard: number; shown: number }> {
  const guest = await stage.member(OUR_ROOM, 'Gil', { camera: false });
  const shown = guest.shown(NOTICE);
  const start = now();
  const { status } = await call(
    `${stage.server.url}/rooms/${OUR_ROOM}/participant-remove`,
    { identity: guest.entered.me.identity },
    session,
  );
  if (status !== 200) throw new Error(`The removal was answered with ${status}`);
  const notice = (await shown) - start;
  const { heardAt } = await guest.hears('meeting-left');
  await stage.closeAll(guest);
  return { heard: heardAt - start, shown: notice };
}

async function rawToken(identity: string): Promise<string> {
  const token = new AccessToken(stage.livekit.apiKey, stage.livekit.apiSecret, { identity });
  token.addGrant({ roomJoin: true, room: RAW_ROOM });
  return token.toJwt();
}

function vouch(subject: string): Promise<string> {
  return stage.pages.sign({ room: OUR_ROOM, access: 'always', subject });
}

function table(
  title: string,
  rows: readonly [name: string, raw: number[], ours: number[]][],
): void {
  console.log(title.padEnd(40), 'raw livekit-client'.padEnd(28), 'our page'.padEnd(28), 'ratio');
  for (const [name, raw, ours] of rows) {
    const ratio = (quantile(ours, 0.5) / quantile(raw, 0.5)).toFixed(2);
    console.log(name.padEnd(40), summary(raw).padEnd(28), summary(ours).padEnd(28), ratio);
  }
  console.log();
}

function summary(values: readonly number[]): string {
  const at = (share: number): string => quantile(values, share).toFixed(0);
  return `${at(0.5)} (${at(0.25)}–${at(0.75)}), ${at(1)}`;
}

function kilo(bytes: number): string {
  return (bytes / 1_000).toFixed(1).padStart(8);
}
