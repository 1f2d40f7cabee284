import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { FeedHello, type FeedMessage } from '../../protocol/feed.ts';
import { FEED_CLOSE } from '../../protocol/feed-wire.ts';
import {
  FEED_HEAD_INTERVAL,
  FEED_HELLO_TIMEOUT,
  MAX_FEED_FRAME_BYTES,
} from '../../protocol/limits.ts';
import type { Logger } from '../logger.ts';
import { repeat } from '../repeat.ts';
import { changeRoom, findRoom, type Ports } from '../rules/change.ts';
import { replacedExit } from '../rules/end-stay.ts';
import { readLog } from '../rules/log.ts';
import { exitOf, type Seated } from '../rules/people.ts';
import { knockerAt } from '../rules/presence.ts';
import { exitFor, findStay } from '../rules/session.ts';
import type { Notice } from '../storage/storage.ts';
import type { Room } from '../storage/tables.ts';
import { tellHint, tellUpdate } from './boards.ts';
import { closeWith, FeedSocket } from './feed-socket.ts';
import { Sayings } from './sayings.ts';

/** What of the instances' notices concerns pages. */
export type FeedNotice = Exclude<Notice, { kind: 'ask' | 'answer' | 'webhook' | 'seat-out' }>;

/** The pages of one room that read along, and the turn to read for them. */
interface Readers {
  sockets: Set<FeedSocket>;
  turn: Promise<void>;
}

/** Tells the events of each room to the pages that are in it, in order and once. */
export class Feed {
  readonly #ports: Ports;
  readonly #logger: Logger;
  readonly #rooms = new Map<string, Readers>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FEED_FRAME_BYTES,
    perMessageDeflate: false,
  });

  constructor(ports: Ports, logger: Logger) {
    this.#ports = ports;
    this.#logger = logger;
  }

  /** How many pages read along here. */
  get size(): number {
    return this.#server.clients.size;
  }

  /** A quiet feed says where the log stands; what a lost notice hid comes out here at the latest. */
  start(signal: AbortSignal): void {
    repeat(
      FEED_HEAD_INTERVAL,
      () => this.resync(),
      signal,
      (error) => this.#logger.warn('The feeds could not be checked; trying again.', { error }),
    );
  }

  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { room, batches }: { room: string; batches: boolean },
  ): void {
    this.#server.handleUpgrade(request, socket, head, (client) =>
      this.#greet(client, room, batches),
    );
  }

  /** Hears what instances tell each other. */
  hear(notice: FeedNotice): void {
    const readers = this.#rooms.get(notice.room);
    if (!readers) return;
    if (notice.kind === 'log') return void this.#pump(notice.room, readers);
    if (notice.kind === 'out') return this.#out(notice, readers);
    if (notice.kind === 'role') return void this.#role(notice, readers);
    if (notice.kind === 'typing') return this.#typing(notice, readers);
    if (notice.kind === 'board-hint') return tellHint(notice, readers.sockets);
    if (notice.kind === 'board') return this.#drawn(notice, readers);
    const { room: _room, kind: type, ...told } = notice;
    for (const socket of readers.sockets) {
      if (socket.audience === 'waiting') continue;
      if (type !== 'presence' && socket.audience !== 'host') continue;
      socket.send({ type, ...told } as FeedMessage);
    }
  }

  /** Told to whoever the message would be for. */
  #typing({ identity, on, to }: Extract<Notice, { kind: 'typing' }>, readers: Readers): void {
    for (const socket of readers.sockets) {
      if (socket.audience === 'waiting' || socket.identity === identity) continue;
      if (to !== undefined && socket.identity !== to) continue;
      socket.send({ type: 'typing', identity, on, private: to !== undefined });
    }
  }

  /** One after another: whoever hears of them out of order fetches them. */
  #drawn(notice: Extract<Notice, { kind: 'board' }>, readers: Readers): void {
    readers.turn = readers.turn
      .then(() => tellUpdate(this.#ports, notice, readers.sockets))
      .catch((error: unknown) =>
        this.#logger.warn('What was drawn could not be told; who watches asks for it.', { error }),
      );
  }

  #out({ admission, generation, exit }: Extract<Notice, { kind: 'out' }>, readers: Readers): void {
    for (const socket of readers.sockets) {
      if (socket.admission !== admission || socket.generation >= generation) continue;
      readers.sockets.delete(socket);
      socket.close(exit);
    }
  }

  /** Who is no host any more hears nothing for hosts at once; who is one now, once it is told. */
  async #role(
    { room, admission, role }: Extract<Notice, { kind: 'role' }>,
    readers: Readers,
  ): Promise<void> {
    const theirs = [...readers.sockets].filter((socket) => socket.admission === admission);
    if (role === 'host') await this.#pump(room, readers);
    for (const socket of theirs) socket.become(role);
  }

  /** Checks every room that is read along: notices may have been missed. */
  async resync(): Promise<void> {
    for (const [roomId, readers] of this.#rooms) {
      for (const socket of readers.sockets) await this.#end(roomId, readers, socket);
      await this.#pump(roomId, readers);
      const { storage } = this.#ports;
      const room = await storage.db
        .selectFrom('rooms')
        .select('seq')
        .where('id', '=', roomId)
        .executeTakeFirst();
      if (!room) continue;
      for (const socket of readers.sockets) socket.send({ type: 'head', seq: socket.seq });
    }
  }

  close(): void {
    for (const client of this.#server.clients) client.close(1001);
    this.#server.close();
  }

  /** Waits for the first message, which says who this is. */
  #greet(client: WebSocket, room: string, batches: boolean): void {
    // A broken frame: ws has closed the socket with the fitting code already.
    client.on('error', (error) => this.#logger.info('A feed broke.', { error }));
    const timer = setTimeout(
      () => client.close(FEED_CLOSE.unauthorized, 'nothing was said'),
      FEED_HELLO_TIMEOUT,
    );
    client.once('message', (data, isBinary) => {
      clearTimeout(timer);
      const sayings = new Sayings(client, this.#ports, this.#logger);
      client.on('message', (more, isMoreBinary) => sayings.hear(more, isMoreBinary));
      const hello = isBinary ? undefined : readHello(data);
      this.#admit(client, room, hello, batches, sayings).catch((error: unknown) => {
        this.#logger.warn('A feed could not be opened.', { error });
        client.close(1013, 'try again');
      });
    });
    client.once('close', () => clearTimeout(timer));
  }

  async #admit(
    client: WebSocket,
    roomName: string,
    hello: FeedHello | undefined,
    batches: boolean,
    sayings: Sayings,
  ): Promise<void> {
    if (!hello) return client.close(FEED_CLOSE.malformed, 'not a hello');
    const { storage, clock } = this.#ports;
    const room = await findRoom(this.#ports, roomName);
    if (!room) return client.close(FEED_CLOSE.unauthorized, 'no such session');
    const stay = await findStay(storage.db, room.id, hello.session);
    if (!stay) return client.close(FEED_CLOSE.unauthorized, 'no such session');
    const exit = exitFor(stay, hello.session, room, clock.now());
    if (exit) return closeWith(client, exit);
    if (stay.state === 'waiting') await this.#knockerAt(room, stay, true);
    // The page may have gone while the database was asked.
    if (client.readyState !== client.OPEN) return;
    const socket = new FeedSocket(client, stay, { after: hello.after, batches });
    this.#open(client, room, socket, hello.after);
    sayings.of(room.id, socket);
    // Let in between the page's last question and this socket: no event will say so.
    if (stay.state === 'admitted' && stay.expires_at !== null && stay.joined_at === null) {
      client.send(JSON.stringify({ type: 'admitted' } satisfies FeedMessage));
    }
    client.once('close', () => {
      if (stay.state === 'waiting') void this.#knockerAt(room, stay, false);
    });
  }

  /** Hosts see whether a knocker's page is open; one that stays closed no longer waits. */
  async #knockerAt({ id }: Room, stay: Seated, present: boolean): Promise<void> {
    try {
      await changeRoom(this.#ports, { id }, (change) => knockerAt(change, stay, present));
    } catch (error) {
      this.#logger.warn('A knocker could not be written down.', { error, present });
    }
  }

  #open(client: WebSocket, room: Room, socket: FeedSocket, after: number): void {
    // The page may have gone while the database was asked.
    if (client.readyState !== client.OPEN) return;
    if (after < room.log_floor) return socket.closeForSnapshot(room.log_floor);
    // Ahead of the log means another log: a database that was put back.
    if (after > room.seq) return socket.closeForSnapshot();
    const readers = this.#rooms.get(room.id) ?? { sockets: new Set(), turn: Promise.resolve() };
    this.#rooms.set(room.id, readers);
    readers.sockets.add(socket);
    client.once('close', () => {
      readers.sockets.delete(socket);
      if (readers.sockets.size === 0) this.#rooms.delete(room.id);
    });
    // The stay may have ended between the look into it and this line; then no notice found us.
    void this.#end(room.id, readers, socket)
      .then(() => this.#pump(room.id, readers))
      .then(() => socket.send({ type: 'head', seq: socket.seq }));
  }

  /** Reads on for everybody in the room, after whoever reads now. */
  #pump(roomId: string, readers: Readers): Promise<void> {
    readers.turn = readers.turn
      .then(() => this.#read(roomId, readers))
      .catch((error: unknown) =>
        this.#logger.warn('A log could not be read; the next head tries again.', { error }),
      );
    return readers.turn;
  }

  async #read(roomId: string, readers: Readers): Promise<void> {
    const { db } = this.#ports.storage;
    for (;;) {
      const room = await db
        .selectFrom('rooms')
        .selectAll()
        .where('id', '=', roomId)
        .executeTakeFirstOrThrow();
      for (const socket of readers.sockets) {
        if (socket.seq < room.log_floor) socket.closeForSnapshot(room.log_floor);
      }
      const behind = [...readers.sockets].filter(({ isOpen, seq }) => isOpen && seq < room.seq);
      if (behind.length === 0) return;
      const from = Math.max(room.log_floor, Math.min(...behind.map(({ seq }) => seq)));
      const events = await readLog(db, room, from);
      if (events.length === 0) return;
      // One that came while the log was read may need what is before it: it is next.
      for (const socket of readers.sockets) if (socket.seq >= from) socket.tell(events);
    }
  }

  /** Closes the feed of a stay that is over or went elsewhere; leaves one that goes on. */
  async #end(roomId: string, readers: Readers, socket: FeedSocket): Promise<void> {
    const { storage, clock } = this.#ports;
    try {
      const stay = await storage.db
        .selectFrom('admissions')
        .innerJoin('rooms', 'rooms.id', 'admissions.room_id')
        .selectAll('admissions')
        .select('rooms.locked')
        .where('admissions.id', '=', socket.admission)
        .where('rooms.id', '=', roomId)
        .executeTakeFirstOrThrow();
      const exit =
        exitOf(stay, clock.now(), stay) ??
        (stay.generation > socket.generation ? replacedExit(clock.now()) : undefined);
      if (!exit) return socket.become(stay.role);
      readers.sockets.delete(socket);
      socket.close(exit);
    } catch (error) {
      this.#logger.warn('A stay could not be read; the next head tries again.', { error });
    }
  }
}

function readHello(data: RawData): FeedHello | undefined {
  try {
    const { success, output } = v.safeParse(FeedHello, JSON.parse(data.toString()));
    return success ? output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
