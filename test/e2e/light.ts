import type { Exit } from '../../src/protocol/exit.ts';
import type { Answer } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { FeedClient } from '../server/support/feed-client.ts';
import { call, enter, newVisitor, tryDoor, type DoorTry, type Way } from './door.ts';

/** Somebody in the call without a browser: a feed and LiveKit's signalling, no media. */
export class LightPerson {
  readonly entered: Entered;
  readonly feed: FeedClient;
  readonly door: DoorTry;
  /** Settles when their feed is closed: what they were told last, and when, ms since the epoch. */
  readonly over: Promise<{ exit: Exit | undefined; at: number }>;

  private constructor(entered: Entered, feed: FeedClient, door: DoorTry) {
    this.entered = entered;
    this.feed = feed;
    this.door = door;
    this.over = feed.closed.then(() => {
      const told = feed.frames.find((frame) => frame.type === 'over');
      return { exit: told?.exit, at: performance.timeOrigin + performance.now() };
    });
  }

  /** Enters, and is in the call; rejects when they are not let through. */
  static async join(server: string, room: string, way: string | Way): Promise<LightPerson> {
    const shown = typeof way === 'string' ? { entryToken: way } : way;
    const { status, body } = await enter(server, room, shown);
    if (status !== 200) throw new Error(`Refused: ${JSON.stringify(body)}`);
    const feed = await FeedClient.connect(server, room);
    feed.say({ session: body.session, after: body.seq });
    const door = await tryDoor(body.door, body.token);
    if (door.status === 101) return new LightPerson(body, feed, door);
    feed.close();
    throw new Error(`Refused at the door: ${door.status}`);
  }

  close(): void {
    this.feed.close();
    this.door.close();
  }
}

/** Somebody at the door without a browser. */
export class LightKnocker {
  readonly knocked: Answer<'knock'>;
  readonly feed: FeedClient;

  private constructor(knocked: Answer<'knock'>, feed: FeedClient) {
    this.knocked = knocked;
    this.feed = feed;
  }

  /** Knocks, and waits; rejects when they may not. */
  static async knock(server: string, room: string, way: Way): Promise<LightKnocker> {
    const url = `${server}/rooms/${room}/knock`;
    const { status, body } = await call<Answer<'knock'>>(url, { visitor: newVisitor(), ...way });
    if (status !== 200) throw new Error(`May not knock: ${JSON.stringify(body)}`);
    const feed = await FeedClient.connect(server, room);
    feed.say({ session: body.session, after: body.seq });
    await feed.frame('head');
    return new LightKnocker(body, feed);
  }

  close(): void {
    this.feed.close();
  }
}
