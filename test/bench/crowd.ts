import type { BrowserContext, Page } from 'playwright-core';
import type { Exit } from '../../src/protocol/exit.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { enter } from '../e2e/door.ts';
import type { Stage } from '../e2e/harness.ts';
import { FeedClient } from '../server/support/feed-client.ts';

/**
 * Several people in one page, each a Room of livekit-client with connections and a small camera of
 * its own: a picture that changes ten times a second.
 */
const CROWD = `
window.crowd = {
  rooms: new Map(),
  now: () => performance.timeOrigin + performance.now(),
  camera() {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    const pen = canvas.getContext('2d');
    let turn = 0;
    setInterval(() => {
      pen.fillStyle = 'hsl(' + (turn = (turn + 40) % 360) + ' 80% 50%)';
      pen.fillRect(0, 0, 64, 48);
    }, 100);
    return canvas.captureStream(10).getVideoTracks()[0];
  },
  async join(identity, door, token) {
    const room = new LivekitClient.Room();
    const member = { room, token, lost: undefined, track: undefined };
    member.lost = new Promise((resolve) => room.once('disconnected', () => resolve(crowd.now())));
    crowd.rooms.set(identity, member);
    crowd.source ??= crowd.camera();
    // A machine that is slow is not a refusal.
    const patience = { peerConnectionTimeout: 30_000, websocketTimeout: 30_000 };
    // livekit-client waits for its media on, when it is put out before it has any.
    const out = member.lost.then(() => Promise.reject(new Error('put out while joining')));
    await Promise.race([room.connect(door, token, { autoSubscribe: false, ...patience }), out]);
    const options = { source: 'camera', simulcast: false };
    member.track = crowd.source.clone();
    await room.localParticipant.publishTrack(member.track, options);
  },
  token: (identity) => crowd.rooms.get(identity).room.engine.token,
  lost: (identity) => crowd.rooms.get(identity).lost,
  async leave(identity) {
    const member = crowd.rooms.get(identity);
    crowd.rooms.delete(identity);
    await member?.room.disconnect();
    // livekit-client leaves tracks alone that it did not make: hundreds of cameras would go on.
    member?.track?.stop();
  },
};
`;

/** The light people of a call, with media and without our page. */
export class Crowd {
  readonly #stage: Stage;
  readonly #page: Page;
  #count = 0;

  private constructor(stage: Stage, page: Page) {
    this.#stage = stage;
    this.#page = page;
  }

  static async open(stage: Stage, context?: BrowserContext): Promise<Crowd> {
    const page = await (context ?? (await stage.newProfile())).newPage();
    await page.goto(`${stage.pages.origin}/raw`);
    await page.evaluate(CROWD);
    return new Crowd(stage, page);
  }

  /** Comes in as somebody new, and sends; rejects when they are not let through. */
  async join(room: string, name = 'Lu'): Promise<CrowdMember> {
    this.#count += 1;
    const subject = `crowd-${this.#count}-${process.hrtime.bigint().toString(36)}`;
    const { server, pages } = this.#stage;
    const entryToken = await pages.sign({ room, access: 'always', subject, name });
    const { status, body } = await enter(server.url, room, { entryToken });
    if (status !== 200) throw new Error(`${name} was refused: ${JSON.stringify(body)}`);
    const feed = await FeedClient.connect(server.url, room);
    feed.say({ session: body.session, after: body.seq });
    const { identity } = body.me;
    const joining = this.#page.evaluate(
      ([who, door, token]) => {
        const { crowd } = globalThis as unknown as {
          crowd: { join(identity: string, door: string, token: string): Promise<void> };
        };
        return crowd.join(who, door, token);
      },
      [identity, body.door, body.token] as const,
    );
    const member = new CrowdMember(this.#page, body, feed);
    try {
      await joining;
      return member;
    } catch (error) {
      await member.close();
      throw error;
    }
  }

  /** In a page of its own, once everybody of this one has left. */
  async anew(): Promise<Crowd> {
    const context = this.#page.context();
    await this.close();
    return Crowd.open(this.#stage, context);
  }

  async close(): Promise<void> {
    await this.#page.close();
  }
}

/** One of a crowd. */
export class CrowdMember {
  readonly entered: Entered;
  readonly feed: FeedClient;
  /** Settles when their feed is closed: what they were told last, and when, ms since the epoch. */
  readonly over: Promise<{ exit: Exit | undefined; at: number }>;
  readonly #page: Page;

  constructor(page: Page, entered: Entered, feed: FeedClient) {
    this.#page = page;
    this.entered = entered;
    this.feed = feed;
    this.over = feed.closed.then(() => {
      const told = feed.frames.find((frame) => frame.type === 'over');
      return { exit: told?.exit, at: performance.timeOrigin + performance.now() };
    });
  }

  /** Names of everybody who is in the call as this member was told, sorted. */
  get roster(): string[] {
    const people = new Map(this.entered.roster.map(({ identity, name }) => [identity, name]));
    for (const event of this.feed.events) {
      if (event.type === 'participant-joined') {
        people.set(event.participant.identity, event.participant.name);
      } else if (event.type === 'participant-left') {
        people.delete(event.participant.identity);
      }
    }
    return [...people.values()].sort();
  }

  /** The token that LiveKit sent to replace the first one. */
  refreshed(): Promise<string> {
    return this.#page.evaluate(`crowd.token(${JSON.stringify(this.entered.me.identity)})`);
  }

  /** Resolves to when LiveKit's connection was over for this client, ms since the epoch. */
  lost(): Promise<number> {
    return this.#page.evaluate(`crowd.lost(${JSON.stringify(this.entered.me.identity)})`);
  }

  async close(): Promise<void> {
    this.feed.close();
    await this.#page.evaluate(`crowd.leave(${JSON.stringify(this.entered.me.identity)})`);
  }
}
