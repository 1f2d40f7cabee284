import type { Exit } from '../../src/protocol/exit.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { FeedClient } from '../server/support/feed-client.ts';
import { enter, tryDoor, type DoorTry } from './door.ts';

/** Somebody in the call without a browser: a feed and LiveKit's signalling, no media. */
export class LightPerson {
  readonly entered: Entered;
  readonly feed: FeedClient;
  readonly door: DoorTry;
  /** Settles when they are told that they are out: why, and when, ms since the epoch. */
  readonly over: Promise<{ exit: Exit; at: number }>;

  private constructor(entered: Entered, feed: FeedClient, door: DoorTry) {
    this.entered = entered;
    this.feed = feed;
    this.door = door;
    this.over = feed.closed.then(async () => {
      const at = performance.timeOrigin + performance.now();
      return { exit: (await feed.frame('over')).exit, at };
    });
  }

  /** Enters, and is in the call; rejects when they are not let through. */
  static async join(server: string, room: string, entryToken: string): Promise<LightPerson> {
    const { status, body } = await enter(server, room, { entryToken });
    if (status !== 200) throw new Error(`Refused: ${JSON.stringify(body)}`);
    const feed = await FeedClient.open(server, body);
    const door = await tryDoor(body.door, body.token);
    if (door.status !== 101) throw new Error(`Refused at the door: ${door.status}`);
    return new LightPerson(body, feed, door);
  }

  close(): void {
    this.feed.close();
    this.door.close();
  }
}
