import * as v from 'valibot';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { RoomEvent } from '../../../src/protocol/events.ts';
import {
  BOARD_BYTE_RATE,
  BOARD_MAKING_RATE,
  BOARD_RATE,
  MESSAGE_RATE,
  ROOM_MESSAGE_RATE,
} from '../../../src/protocol/limits.ts';
import type { AccessLevel } from '../../../src/protocol/participant.ts';
import type { Stem } from '../../../src/protocol/paths.ts';
import { type Answer, type Input, ROUTES } from '../../../src/protocol/routes.ts';
import type { Entered } from '../../../src/protocol/snapshot.ts';
import { FolderStore } from '../../../src/server/files/folder-store.ts';
import type { ByteStore } from '../../../src/server/files/byte-store.ts';
import { Commits } from '../../../src/server/commits.ts';
import { Herald } from '../../../src/server/herald.ts';
import { Veto } from '../../../src/server/hooks.ts';
import { Outbox } from '../../../src/server/outbox.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/server/policy.ts';
import { RateLimit } from '../../../src/server/rate-limit.ts';
import { Reconciler } from '../../../src/server/reconciler.ts';
import { Resets } from '../../../src/server/resets.ts';
import type { Handler, Parts } from '../../../src/server/routes/context.ts';
import { HANDLERS } from '../../../src/server/routes/handlers.ts';
import { createRooms, type Rooms } from '../../../src/server/rooms.ts';
import { findRoom } from '../../../src/server/rules/change.ts';
import { sfuRoomOf } from '../../../src/server/rules/begin-stay.ts';
import { seated } from '../../../src/server/rules/people.ts';
import { disconnected, joined } from '../../../src/server/rules/presence.ts';
import type { Storage } from '../../../src/server/storage/storage.ts';
import type { Room } from '../../../src/server/storage/tables.ts';
import { COMERS_AT_ONCE, Turns } from '../../../src/server/turns.ts';
import { eventually } from '../../e2e/eventually.ts';
import { CapturedLog } from './captured-log.ts';
import { FakeSfu } from './fake-sfu.ts';
import { newFolder } from './folders.ts';
import { TestClock } from './test-clock.ts';
import { ENTRY_SECRET, entryToken, newVisitor } from './tokens.ts';

/** Who wants in. Without `access` nobody vouches for them. */
export interface Visit {
  access?: AccessLevel;
  sub?: string;
  name?: string;
  visitor?: string;
  /** An entry token that exists already. */
  token?: string;
  /** Of an invitation or of the private link. */
  key?: string;
  /** What they want who are in the call already. */
  again?: 'take-over' | 'beside';
}

const INSTANCE = 'i_rig';
const ADDRESS = '192.0.2.1';

/** The server half without HTTP, sockets and LiveKit: storage, rules, effects, and a clock to turn. */
export class Rig {
  readonly clock = new TestClock();
  readonly sfu = new FakeSfu();
  readonly log = new CapturedLog();
  readonly storage: Storage;
  readonly outbox: Outbox;
  readonly commits: Commits;
  readonly reconciler: Reconciler;
  readonly resets: Resets;
  readonly #parts: Parts;
  readonly #closing = new AbortController();

  readonly bytes: ByteStore;

  private constructor(storage: Storage, log: CapturedLog, policy: Policy, bytes: ByteStore) {
    this.storage = storage;
    this.log = log;
    this.bytes = bytes;
    const ports = { storage, clock: this.clock, policy, herald: new Herald() };
    this.outbox = new Outbox(ports, { sfu: this.sfu, bytes }, log);
    this.commits = new Commits(ports, this.outbox);
    this.reconciler = new Reconciler(ports, this.commits, this.sfu, INSTANCE, log);
    this.resets = new Resets(ports, this.commits, log);
    this.#parts = {
      ports,
      commits: this.commits,
      sfu: this.sfu,
      resets: this.resets,
      bytes,
      logger: log,
      comers: new Turns(COMERS_AT_ONCE),
      wrongKeyRate: new RateLimit({ burst: 10, per: 60_000 }, () => this.clock.now()),
      messageRate: new RateLimit(MESSAGE_RATE, () => this.clock.now()),
      roomMessageRate: new RateLimit(ROOM_MESSAGE_RATE, () => this.clock.now()),
      boardRate: new RateLimit(BOARD_RATE, () => this.clock.now()),
      boardByteRate: new RateLimit(BOARD_BYTE_RATE, () => this.clock.now()),
      boardMakingRate: new RateLimit(BOARD_MAKING_RATE, () => this.clock.now()),
      veto: new Veto(undefined, log),
      options: {
        url: 'http://example.test/meeting',
        livekit: { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 's'.repeat(32) },
        storage: { folder: 'not used here' },
        entrySecret: ENTRY_SECRET,
      },
    };
  }

  static async open(
    open: (logger: CapturedLog) => Promise<Storage>,
    policy: Partial<Policy> = {},
    bytes?: ByteStore,
  ): Promise<Rig> {
    const log = new CapturedLog();
    const store = bytes ?? new FolderStore(await newFolder());
    return new Rig(await open(log), log, { ...DEFAULT_POLICY, ...policy }, store);
  }

  get ports(): Parts['ports'] {
    return this.#parts.ports;
  }

  /** The rules for code. */
  get rooms(): Rooms {
    return createRooms(this.#parts);
  }

  /** Starts what runs by itself in a server: here only the reconciler. */
  start(): void {
    this.reconciler.start(this.#closing.signal);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.storage.close();
    this.log.expectNoSecrets();
  }

  /** Runs a route's handler, its input and answer checked as the pipeline does. */
  async call<S extends Stem>(
    stem: S,
    room: string,
    input: Input<S>,
    session?: string,
  ): Promise<Answer<S>> {
    if ('note' in input && input.note) this.log.forbid(input.note);
    if ('text' in input) this.log.forbidText(input.text);
    const request = new Request('http://example.test/');
    const handle = HANDLERS[stem] as Handler<S>;
    const answer = await handle(
      this.#parts,
      { room, session, isServer: false, address: ADDRESS, request },
      input,
    );
    v.parse(ROUTES[stem].answer, answer);
    this.log.forbidSecrets(answer);
    return answer;
  }

  async enter(room: string, visit: Visit = {}): Promise<Entered> {
    const { access, sub, name = 'Somebody', visitor = newVisitor() } = visit;
    const now = this.clock.now();
    const token = visit.token ?? (access && (await entryToken({ room, access, sub, name, now })));
    return this.call('call-enter', room, {
      visitor,
      name,
      ...(token && { entryToken: token }),
      ...(visit.key && { key: visit.key }),
      ...(visit.again && { again: visit.again }),
    });
  }

  /** Somebody knocks whom nobody vouches for, unless `access`. */
  async knock(room: string, visit: Visit & { message?: string } = {}): Promise<Answer<'knock'>> {
    const { access, sub, name = 'Somebody', visitor = newVisitor(), message } = visit;
    const now = this.clock.now();
    const token = visit.token ?? (access && (await entryToken({ room, access, sub, name, now })));
    return this.call('knock', room, {
      visitor,
      name,
      ...(token && { entryToken: token }),
      ...(visit.key && { key: visit.key }),
      ...(message !== undefined && { message }),
    });
  }

  async room(name: string): Promise<Room> {
    const room = await findRoom(this.ports, name);
    if (!room) throw new Error(`There is no room ${name}`);
    return room;
  }

  /** The whole log of a room, as its feeds tell it. */
  async events(room: string, session: string): Promise<RoomEvent[]> {
    const { events } = await this.call('events', room, { after: '0' }, session);
    return events.filter((event) => event.type !== 'withheld');
  }

  /** Somebody's signalling passes the door, and LiveKit has them. */
  async connect({ me, room }: Entered, socket = `s_${me.identity}`): Promise<void> {
    await this.beat();
    await this.storage.db
      .updateTable('seats')
      .set({ holder: INSTANCE, socket, closed_at: null, said_goodbye: false })
      .where('identity', '=', me.identity)
      .execute();
    this.sfu.put(sfuRoomOf(await this.room(room.name)), me.identity);
    const { id } = await this.room(room.name);
    await this.commits.change({ id }, (change) =>
      joined(change, me.identity, { holder: INSTANCE, socket }),
    );
  }

  /** Their signalling ends; LiveKit no longer has them, unless `stays`. */
  async disconnect(
    { me, room }: Entered,
    {
      saidGoodbye = false,
      stays = false,
      socket = `s_${me.identity}`,
      /** Of a page from which another window took the stay over since. */
      isReplaced = false,
    } = {},
  ): Promise<void> {
    const row = await this.room(room.name);
    if (!stays) this.sfu.drop(sfuRoomOf(row), me.identity);
    const stay = await seated(this.storage.db)
      .where('seats.identity', '=', me.identity)
      .executeTakeFirstOrThrow();
    const generation = stay.generation - (isReplaced ? 1 : 0);
    const { identity } = me;
    await this.commits.change({ id: row.id }, (change) =>
      disconnected(change, [{ identity, holder: INSTANCE, socket, saidGoodbye, generation }]),
    );
  }

  /** This instance lives. */
  async beat(): Promise<void> {
    const beat_at = this.clock.now();
    await this.storage.db
      .insertInto('instances')
      .values({ id: INSTANCE, beat_at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ beat_at }))
      .execute();
  }

  /** Lets `ms` go by, and the reconciler look at a room with something due. */
  async pass(ms: number, room: string): Promise<void> {
    this.clock.advance(ms);
    await this.beat();
    await this.reconciled(room);
  }

  /** Wakes the reconciler for a room, and waits until it has looked and its effects are done. */
  async reconciled(room: string): Promise<void> {
    const { db } = this.storage;
    const check_at = this.clock.now();
    // However near the last look is: a webhook would have to wait.
    await db.updateTable('rooms').set({ check_at }).where('name', '=', room).execute();
    await this.reconciler.wake(sfuRoomOf(await this.room(room)));
    await eventually('the reconciler looked', async () => {
      const { check_at, lease_until } = await this.room(room);
      return lease_until === 0 && (check_at === null || check_at > this.clock.now());
    });
    await this.outbox.run();
  }
}

/** The code and the exit's reason of a refusal. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<{ code: string; reason?: string; next?: string }> {
  const error: unknown = await promise.then(
    () => new Error('It was not refused'),
    (cause: unknown) => cause,
  );
  if (!(error instanceof MeetingError)) throw error;
  const { code, exit } = error;
  return { code, ...(exit && { reason: exit.reason, next: exit.next }) };
}
