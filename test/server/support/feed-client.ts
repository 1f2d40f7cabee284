import { once } from 'node:events';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import type { RoomEvent } from '../../../src/protocol/events.ts';
import { FeedMessage } from '../../../src/protocol/feed.ts';
import type { Entered } from '../../../src/protocol/snapshot.ts';
import { eventually } from '../../e2e/eventually.ts';

type Type = FeedMessage['type'];
type Message<T extends Type> = Extract<FeedMessage, { type: T }>;

/** A page's feed, without the page: keeps every frame, each checked by the protocol's schema. */
export class FeedClient {
  readonly socket: WebSocket;
  readonly frames: FeedMessage[] = [];
  /** How many messages came together, of each frame with several. */
  readonly batches: number[] = [];
  /** Settles when the socket is closed. */
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      const said: unknown = JSON.parse(data.toString());
      if (Array.isArray(said)) this.batches.push(said.length);
      for (const message of [said].flat()) this.frames.push(v.parse(FeedMessage, message));
    });
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
  }

  /** Opens a socket, and says nothing. */
  static async connect(server: string, room: string, query = ''): Promise<FeedClient> {
    const socket = new WebSocket(`${server.replace('http', 'ws')}/rooms/${room}/feed${query}`);
    const client = new FeedClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Opens a feed of a stay and waits until it stands: after `head` every commit comes. */
  static async open(server: string, stay: Entered, after = stay.seq): Promise<FeedClient> {
    const client = await FeedClient.connect(server, stay.room.name);
    client.say({ session: stay.session, after });
    await client.frame('head');
    return client;
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first frame of a type, now or soon. */
  frame<T extends Type>(type: T): Promise<Message<T>> {
    return eventually(`a frame ${type}`, () =>
      this.frames.find((frame): frame is Message<T> => frame.type === type),
    );
  }

  /** The events of the log, in the order they came. */
  get events(): RoomEvent[] {
    return this.frames.filter(
      (frame): frame is RoomEvent => 'seq' in frame && frame.type !== 'head',
    );
  }

  /** Waits until the feed has told of the log's position `seq`. */
  async until(seq: number): Promise<void> {
    await eventually(`event ${seq}`, () => this.events.at(-1)?.seq === seq);
  }

  close(): void {
    this.socket.terminate();
  }
}
