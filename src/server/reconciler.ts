import { MeetingError } from '../protocol/meeting-error.ts';
import type { Commits } from './commits.ts';
import { CHECK_PENDING, compare, type Found, passTime } from './comparing.ts';
import { livingInstances } from './instances.ts';
import { listKnockRooms } from './knock-rooms.ts';
import type { Logger } from './logger.ts';
import { repeat } from './repeat.ts';
import { sfuRoomOf } from './rules/begin-stay.ts';
import type { Ports } from './rules/change.ts';
import { knockerOf } from './rules/knock-camera.ts';
import type { Sfu } from './sfu.ts';
import type { Room } from './storage/tables.ts';

const TICK = 250;
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
  /** Looks that were asked for, while they can't have begun yet: when, and whether it is written. */
  readonly #asked = new Map<string, { at: number; written: Promise<unknown> }>();
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
    const asked = this.#asked.get(id);
    if (asked && asked.at > now) return void (await asked.written);
    const at = Math.max(now, (this.#looks.get(id) ?? 0) + LOOK_AGAIN);
    const written = this.#lookBy(id, at);
    this.#asked.set(id, { at, written });
    try {
      await written;
    } catch (error) {
      this.#asked.delete(id);
      throw error;
    }
    if (at === now) this.#runNow();
  }

  async #lookBy(id: string, at: number): Promise<void> {
    await this.#ports.storage.db
      .updateTable('rooms')
      .set({ check_at: at })
      .where('id', '=', id)
      // An empty room has nothing due by itself, but LiveKit may have somebody in it.
      .where(({ eb, or }) => or([eb('check_at', 'is', null), eb('check_at', '>', at)]))
      .execute();
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
    for (const [id, { at }] of this.#asked) if (at <= now) this.#asked.delete(id);
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
    try {
      const found = await this.#ask(room);
      const living = await livingInstances(this.#ports);
      await this.#commits.change({ id: room.id }, async (change) => {
        change.looked(this.#instance);
        const admitted = await passTime(change);
        if (found) await compare(change, found, admitted, living);
        else change.check(change.now + CHECK_PENDING);
      });
    } catch (error) {
      this.#logger.warn('A room could not be reconciled; trying again.', { error, room: room.id });
      await this.#ports.storage.db
        .updateTable('rooms')
        .set({ lease_until: 0, check_at: this.#ports.clock.now() })
        .where('id', '=', room.id)
        .where('lease_by', '=', this.#instance)
        .execute();
    }
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
