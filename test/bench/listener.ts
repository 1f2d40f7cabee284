import { AccessToken } from 'livekit-server-sdk';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../e2e/eventually.ts';
import { type Backend, launchChromium, type Stage } from '../e2e/harness.ts';
import type { Person } from '../e2e/person.ts';

/**
 * Follows the host's camera and looks every 5 ms which frame is the last, by the browser's own notes
 * of when it came and of the sender's clock. As small as the others in a grid of ten have it, and not
 * shown: whoever only looks at clocks must not be what keeps the machine busy.
 */
const LISTEN = `
window.seen = [];
window.watch = (receiver) => {
  let lastLook = performance.timeOrigin + performance.now();
  let last;
  setInterval(() => {
    const [source] = receiver.getSynchronizationSources();
    if (source && source.rtpTimestamp !== last) {
      last = source.rtpTimestamp;
      const at = source.timestamp < 1e12 ? performance.timeOrigin + source.timestamp : source.timestamp;
      seen.push([at, lastLook, last / 90]);
    }
    lastLook = performance.timeOrigin + performance.now();
  }, 5);
};
window.listen = async (url, token, identity) => {
  const room = new LivekitClient.Room();
  const follow = (publication, participant) => {
    if (participant.identity !== identity || publication.kind !== 'video') return;
    publication.setVideoQuality(LivekitClient.VideoQuality.LOW);
    publication.setSubscribed(true);
  };
  room.on('trackPublished', follow);
  room.on('trackSubscribed', (track) => {
    track.attach();
    watch(track.receiver);
  });
  await room.connect(url, token, { autoSubscribe: false });
  for (const participant of room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) follow(publication, participant);
  }
};
`;

/** A frame of the host's camera, in ms. */
export interface Frame {
  /** When it came, since the epoch. */
  at: number;
  /** When it had not come yet: a busy page may have missed others between then and `at`. */
  notBefore: number;
  /** When the sender's camera gave it, by the sender's clock. */
  captured: number;
}

/**
 * Somebody who stays when the call ends for everyone but the host: a machine, which only a holder of
 * LiveKit's key can be, as a recorder is. In a browser process of its own.
 */
export class Listener {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(stage: Stage<Backend>, host: Person): Promise<Listener> {
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`${stage.pages.origin}/raw`);
    await page.evaluate(LISTEN);
    const { identity } = host.entered.me;
    const args = [stage.livekit.url, await machineToken(stage, host), identity];
    await page.evaluate(`listen(${args.map((arg) => JSON.stringify(arg)).join()})`);
    const listener = new Listener(browser, page);
    await eventually('the listener has frames', async () => (await listener.frames()).length > 0);
    return listener;
  }

  async frames(): Promise<Frame[]> {
    const seen = await this.#page.evaluate<[number, number, number][]>('seen');
    return seen.map(([at, notBefore, captured]) => ({ at, notBefore, captured }));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** LiveKit's room is found by who is in it: its name is the server's own. */
async function machineToken(stage: Stage<Backend>, host: Person): Promise<string> {
  const { apiKey, apiSecret } = stage.livekit;
  const token = new AccessToken(apiKey, apiSecret, { identity: 'recorder', name: 'Recorder' });
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room: await sfuRoomOf(stage, host), canPublish: false });
  return token.toJwt();
}

async function sfuRoomOf({ sfu }: Stage<Backend>, host: Person): Promise<string> {
  for (const { name } of await sfu.listRooms()) {
    const people = await sfu.listParticipants(name);
    if (people.some(({ identity }) => identity === host.entered.me.identity)) return name;
  }
  throw new Error('The host is in no room of LiveKit.');
}
