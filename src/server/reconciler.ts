import { MeetingError } from '../protocol/meeting-error.ts';
import { KNOCK_AWAY_AFTER } from '../protocol/limits.ts';
import type { Commits } from './commits.ts';
import type { Logger } from './logger.ts';
import { livingInstances } from './instances.ts';
import { repeat } from './repeat.ts';
import type { Change, Ports } from './rules/change.ts';
import { sfuRoomOf } from './rules/begin-stay.ts';
import {
  compareKnockRooms,
  type KnockRoom,
  listKnockRooms,
  STRAGGLERS_FOR,
} from './knock-rooms.ts';
import { knockerOf } from './rules/knock-camera.ts';
import { endHostless } from './rules/hostless.ts';
import { overKnock, staysWaiting } from './rules/knock.ts';
import { dropAt, seated, type Seated } from './rules/people.ts';
import { loseRecording } from './rules/recording-ends.ts';
import { mayPresent, permit } from './rules/presenter-mode.ts';
import { dropped, gone, GONE_AFTER_GOODBYE, GONE_AFTER_SILENCE } from './rules/presence.ts';
import type { Sfu, SfuParticipant } from './sfu.ts';
import type { Room } from './storage/tables.ts';

const TICK = 250;
const CHECK_PENDING = 1_000;
const CHECK_QUIET = 10_000;
const CHECK_STRAGGLERS = 250;
/** A process that died while it reconciled frees the room by then. */
const LEASE = 10_000;
const AT_ONCE = 10;
/** LiveKit tells of everything that happens, one by one: a room is looked at so often for that, ms. */
export const LOOK_AGAIN = 250;

/**
 * Corrects what differs: LiveKit by the admissions, and presence by what LiveKit and the doors have.
 * While LiveKit can't be asked, nobody is declared gone; what only hangs on the clock is done.
 */
export class Reconciler {
  readonly #ports: Ports;
  readonly #commits: Commits;
  readonly #sfu: Sfu;
  readonly #instance: string;
  readonly #logger: Logger;
  /** When this process looked at rooms last, while that is not longer ago than `LOOK_AGAIN`. */
  readonly #looks = new Map<string, number>();
  #runNow: () => void = () => undefined;

  constructor(ports: Ports, commits: Commits, sfu: Sfu, instance: string, logger: Logger) {
    this.#ports = ports;
    this.#commits = commits;
    this.#sfu = sfu;
    this.#instance = instance;
    this.#logger = logger;
  }

  start(signal: AbortSignal): void {
    this.#runNow = repeat(
      TICK,
      () => this.#tick(),
      signal,
      (error) => this.#logger.warn('Rooms could not be reconciled; trying again.', { error }),
    );
  }

  /** LiveKit says that something happened in a room of its. A replay only costs a look. */
  async wake(sfuRoom: string): Promise<void> {
    const id = /^r_([0-9a-f]{32})_\d+$/.exec(sfuRoom)?.[1] ?? (await this.#ofKnock(sfuRoom));
    if (id === undefined) return;
    const now = this.#ports.clock.now();
    const at = Math.max(now, (this.#looks.get(id) ?? 0) + LOOK_AGAIN);
    await this.#ports.storage.db
      .updateTable('rooms')
      .set({ check_at: at })
      .where('id', '=', id)
      // An empty room has nothing due by itself, but LiveKit may have somebody in it.
      .where(({ eb, or }) => or([eb('check_at', 'is', null), eb('check_at', '>', at)]))
      .execute();
    if (at === now) this.#runNow();
  }

  /** The room at which somebody knocks, whose camera this LiveKit room is for. */
  async #ofKnock(sfuRoom: string): Promise<string | undefined> {
    const knocker = knockerOf(sfuRoom);
    if (knocker === undefined) return undefined;
    const stay = await this.#ports.storage.db
      .selectFrom('admissions')
      .select(['room_id', 'camera'])
      .where('id', '=', knocker)
      .executeTakeFirst();
    if (!stay || stay.camera) return stay?.room_id;
    // It is over, however long ago: LiveKit tells of its end, too, but nobody may be in it again.
    const there = await this.#sfu.listParticipants(sfuRoom);
    if (there.length > 0) await this.#sfu.deleteRoom(sfuRoom);
    return undefined;
  }

  async #tick(): Promise<void> {
    const now = this.#ports.clock.now();
    for (const [id, at] of this.#looks) if (at + LOOK_AGAIN <= now) this.#looks.delete(id);
    if (!(await this.#isDue(now))) return;
    const rooms = await this.#lease();
    await Promise.all(rooms.map((room) => this.#reconcile(room)));
  }

  /** Asked before rooms are leased: mostly there is none, and a lease costs several times as much. */
  async #isDue(now: number): Promise<boolean> {
    const due = await this.#ports.storage.db
      .selectFrom('rooms')
      .select('id')
      .where('check_at', '<=', now)
      .where('lease_until', '<=', now)
      .limit(1)
      .executeTakeFirst();
    return due !== undefined;
  }

  async #lease(): Promise<Room[]> {
    const { storage, clock } = this.#ports;
    const now = clock.now();
    return (
      storage.db
        .updateTable('rooms')
        // Whoever asks for a look from now on asks for one more; without this one's end it comes anyway.
        .set({ lease_by: this.#instance, lease_until: now + LEASE, check_at: now + LEASE })
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('rooms')
            .select('id')
            .where('check_at', '<=', now)
            .where('lease_until', '<=', now)
            .orderBy('check_at')
            .limit(AT_ONCE)
            .forUpdate()
            .skipLocked(),
        )
        .returningAll()
        .execute()
    );
  }

  async #reconcile(room: Room): Promise<void> {
    this.#looks.set(room.id, this.#ports.clock.now());
    let isDone = false;
    try {
      const found = await this.#ask(room);
      const living = await livingInstances(this.#ports);
      await this.#commits.change({ id: room.id }, async (change) => {
        change.looked();
        await passTime(change);
        if (found) await compare(change, found, living);
        else change.check(change.now + CHECK_PENDING);
      });
      isDone = true;
    } catch (error) {
      this.#logger.warn('A room could not be reconciled; trying again.', { error, room: room.id });
    }
    await this.#ports.storage.db
      .updateTable('rooms')
      .set({ lease_until: 0, ...(!isDone && { check_at: this.#ports.clock.now() }) })
      .where('id', '=', room.id)
      .where('lease_by', '=', this.#instance)
      .execute();
  }

  /** Whom LiveKit has; undefined when it does not say. */
  async #ask(room: Room): Promise<Found | undefined> {
    try {
      const there = await this.#sfu.listParticipants(sfuRoomOf(room));
      const atDoor = await listKnockRooms(this.#ports, this.#sfu, room.id);
      return { there, atDoor };
    } catch (error) {
      const isAway = error instanceof MeetingError && error.code === 'sfu-unreachable';
      if (!isAway) throw error;
      this.#logger.warn('LiveKit could not be asked; trying again.', { error, room: room.id });
      return undefined;
    }
  }
}

/** Whom LiveKit has in a room's call, and at its door. */
interface Found {
  there: readonly SfuParticipant[];
  atDoor: readonly KnockRoom[];
}

/** What ends by the clock alone: waits, and a call that no host came back to. */
async function passTime(change: Change): Promise<void> {
  await endHostless(change);
  await loseRecording(change);
  for (const stay of await staysWaiting(change)) change.check(await lookAtWait(change, stay));
}

async function compare(
  change: Change,
  { there, atDoor }: Found,
  living: ReadonlyMap<string, number>,
): Promise<void> {
  await compareKnockRooms(change, atDoor);
  const stays = await seated(change.tx)
    .where('admissions.room_id', '=', change.room.id)
    .where('state', '=', 'admitted')
    .execute();
  await putOutStrangers(change, there, stays);
  mendGrants(change, there, stays);
  const identities = new Set(there.map(({ identity }) => identity));
  for (const stay of stays) {
    change.check(await look(change, stay, identities.has(stay.identity), living));
  }
  if (await hasJustEnded(change)) change.check(change.now + CHECK_STRAGGLERS);
}

/** A stay, or a knocker's showing themselves. */
async function hasJustEnded({ tx, room, now }: Change): Promise<boolean> {
  const since = now - STRAGGLERS_FOR;
  const ended = await tx
    .selectFrom('admissions')
    .select('id')
    .where('room_id', '=', room.id)
    .where(({ eb, or }) => or([eb('over_at', '>', since), eb('camera_off_at', '>', since)]))
    .executeTakeFirst();
  return ended !== undefined;
}

/** Ends a wait that nobody answered, or whose guest has gone. @returns when to look again. */
async function lookAtWait(change: Change, stay: Seated): Promise<number> {
  const expiresAt = stay.expires_at ?? change.now;
  const awayAt = stay.gone_at === null ? expiresAt : stay.gone_at + KNOCK_AWAY_AFTER;
  if (expiresAt <= change.now) await overKnock(change, stay, { state: 'expired' });
  else if (awayAt <= change.now) await overKnock(change, stay, { state: 'withdrawn' });
  const lookAt = stay.camera ? change.now + CHECK_QUIET : expiresAt;
  return Math.min(expiresAt, awayAt, lookAt);
}

/** LiveKit has people without a valid seat: removed while it was away, or ghosts of an identity. */
async function putOutStrangers(
  change: Change,
  there: readonly SfuParticipant[],
  stays: readonly Seated[],
): Promise<void> {
  const valid = new Set(stays.map(({ identity }) => identity));
  if (there.every(({ identity, isMachine }) => isMachine || valid.has(identity))) return;
  change.check(change.now + CHECK_STRAGGLERS);
  // After an end they are on their way out already.
  if (await isBeingSwept(change)) return;
  change.effect({ kind: 'sfu.sweep', payload: { sfuRoom: sfuRoomOf(change.room) } });
}

async function isBeingSwept({ tx, room }: Change): Promise<boolean> {
  const sweep = await tx
    .selectFrom('outbox')
    .select('id')
    .where('room_id', '=', room.id)
    .where('kind', '=', 'sfu.sweep')
    .executeTakeFirst();
  return sweep !== undefined;
}

/** LiveKit lets people present who may not, or not those who may: it was away, or began anew. */
function mendGrants(
  change: Change,
  there: readonly SfuParticipant[],
  stays: readonly Seated[],
): void {
  const may = new Map(stays.map(({ identity, role }) => [identity, mayPresent(change.room, role)]));
  const isWrong = ({ identity, presents }: SfuParticipant): boolean =>
    (may.get(identity) ?? presents) !== presents;
  if (there.some(isWrong)) permit(change);
}

/** @returns when to look at this stay again. */
async function look(
  change: Change,
  stay: Seated,
  isThere: boolean,
  living: ReadonlyMap<string, number>,
): Promise<number> {
  const { now } = change;
  const hasSocket = stay.holder !== null && living.has(stay.holder);
  if (hasSocket || isThere) return now + (hasSocket && isThere ? CHECK_QUIET : CHECK_PENDING);
  if (stay.present) {
    const wait = stay.said_goodbye ? GONE_AFTER_GOODBYE : GONE_AFTER_SILENCE;
    // Without a closing the instance died with the socket: its last beat was at least 10 s ago.
    const goneAt = (stay.closed_at ?? now - GONE_AFTER_SILENCE) + wait;
    if (goneAt > now) return Math.min(goneAt, now + CHECK_PENDING);
    await gone(change, stay);
    await loseRecording(change);
    return dropAt({ ...stay, gone_at: now });
  }
  if (dropAt(stay) > now) return dropAt(stay);
  await dropped(change, stay);
  return now + CHECK_PENDING;
}
