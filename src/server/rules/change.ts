import type { Insertable } from 'kysely';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { isPrivate, type RoomEvent, type RoomEventDraft } from '../../protocol/events.ts';
import type { Clock } from '../clock.ts';
import type { Herald } from '../herald.ts';
import { isFor, type Policy } from '../policy.ts';
import type { Exit } from '../../protocol/exit.ts';
import { newId, newRoomId } from '../secrets.ts';
import { notify, type Notice, type Storage } from '../storage/storage.ts';
import type { Admission, Effect, Room, Tables, Tx } from '../storage/tables.ts';
import { toRow } from './log.ts';

/** What every rule is written against. */
export interface Ports {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly policy: Policy;
  /** Tells this process what it has committed. */
  readonly herald: Herald;
}

/**
 * One change of one room, under the room's row lock. A rule checks and writes through `tx`, says
 * what happened with `append`, what must follow outside with `effect`, and whom to wake with `tell`.
 */
export class Change {
  readonly tx: Tx;
  readonly room: Room;
  /** ms since the epoch; the same for everything in this change. */
  readonly now: number;
  /** What the integrator decided for all rooms. */
  readonly policy: Policy;
  readonly #events: RoomEvent[] = [];
  readonly #effects: Insertable<Tables['outbox']>[] = [];
  readonly #notices: Notice[] = [];
  /** Of the effects, once they are written: those that LiveKit is to carry out. */
  #forSfu: readonly number[] = [];
  #seq: number;
  #checkAt: number | null;
  #leaseUntil: number;

  constructor(tx: Tx, room: Room, now: number, policy: Policy) {
    this.tx = tx;
    this.room = room;
    this.now = now;
    this.policy = policy;
    this.#seq = room.seq;
    this.#checkAt = room.check_at;
    this.#leaseUntil = room.lease_until;
  }

  /** The last event's position, those of this change included. */
  get seq(): number {
    return this.#seq;
  }

  /** What was appended, as feeds and webhooks tell it. */
  get events(): readonly RoomEvent[] {
    return this.#events;
  }

  /** Which rows of the outbox LiveKit has to carry out for this. */
  get forSfu(): readonly number[] {
    return this.#forSfu;
  }

  /** Adds an event to the log. Events of one act share an id. */
  append(draft: RoomEventDraft, id = newId('e')): void {
    this.#seq += 1;
    this.#events.push({ id, seq: this.#seq, at: this.now, room: this.room.name, ...draft });
  }

  /** Leaves a row in the outbox. */
  effect({ kind, payload }: Effect): void {
    const { now, room } = this;
    this.#effects.push({ room_id: room.id, kind, payload, next_at: now, created_at: now });
  }

  /** Tells all instances once this is committed, in the order of the calls. */
  tell(notice: Notice): void {
    this.#notices.push(notice);
  }

  /** Has the reconciler look at the room at `at` or earlier. */
  check(at: number): void {
    this.#checkAt = Math.min(at, this.#checkAt ?? at);
  }

  /**
   * The reconciler of `instance` has looked at the room, whose lease ends: next, when there is
   * something to look for. It stays asked to look again when that came after the look began, which
   * is what its lease tells.
   */
  looked(instance: string): void {
    const asked = this.#checkAt ?? Infinity;
    if (asked >= this.room.lease_until) this.#checkAt = null;
    if (this.room.lease_by === instance) this.#leaseUntil = 0;
  }

  /** Tells everybody that a stay is over: before the log's notice, so that nothing more is sent. */
  tellOut({ id, generation }: Pick<Admission, 'id' | 'generation'>, identity: string, exit: Exit) {
    this.tell({ kind: 'out', room: this.room.id, admission: id, identity, generation, exit });
  }

  /** Writes what was gathered, in as few queries as can be. Called once, by `changeRoom`. */
  async finish(): Promise<void> {
    const { tx } = this;
    if (this.#events.length > 0) {
      const rows = this.#events.map((event) => toRow(event, this.room.id));
      await tx.insertInto('events').values(rows).execute();
      this.tell({ kind: 'log', room: this.room.id, seq: this.#seq });
      await this.#deliver();
    }
    if (this.#effects.length > 0) {
      const rows = await tx
        .insertInto('outbox')
        .values(this.#effects)
        .returning(['id', 'kind'])
        .execute();
      this.#forSfu = rows.flatMap(({ id, kind }) => (kind.startsWith('sfu.') ? id : []));
    }
    const { seq, check_at, lease_until } = this.room;
    const isNew = this.#seq !== seq || this.#checkAt !== check_at;
    if (isNew || this.#leaseUntil !== lease_until) {
      await tx
        .updateTable('rooms')
        .set({ seq: this.#seq, check_at: this.#checkAt, lease_until: this.#leaseUntil })
        .where('id', '=', this.room.id)
        .execute();
    }
    await notify(tx, ...this.#notices);
  }

  /** Leaves what is not private for each of the integrator's addresses that wants to hear of it. */
  async #deliver(): Promise<void> {
    const { now, room } = this;
    const open = this.#events.filter((event) => !isPrivate(event));
    const deliveries = open.flatMap((event) =>
      this.policy.webhooks
        .filter((target) => isFor(target, event))
        .map(({ url }) => ({
          room_id: room.id,
          url,
          seq: event.seq,
          event,
          next_at: now,
          created_at: now,
        })),
    );
    if (deliveries.length > 0) await this.tx.insertInto('deliveries').values(deliveries).execute();
  }
}

/** Which room: by its name in links, or by its id. */
export type RoomRef = { name: string } | { id: string };

/**
 * Runs `rule` on a room in one transaction: lock the room's row, check, write, commit.
 *
 * @param create - makes a room that does not exist yet, locked.
 * @throws MeetingError `session-invalid` when there is no such room: a room nobody was ever let
 *   into has no sessions, and whether it exists is not told.
 */
export async function changeRoom<T>(
  { storage, clock, policy, herald }: Ports,
  ref: RoomRef,
  rule: (change: Change) => Promise<T>,
  { create = false }: { create?: boolean } = {},
): Promise<T> {
  const turn = herald.turn();
  const work = storage.db.transaction().execute(async (tx) => {
    const now = clock.now();
    if (create && 'name' in ref) await createRoom(tx, ref.name, now);
    const query = tx.selectFrom('rooms').selectAll().forUpdate();
    const room = await (
      'name' in ref
        ? query.where('name', '=', ref.name.toLowerCase())
        : query.where('id', '=', ref.id)
    ).executeTakeFirst();
    if (!room) throw new MeetingError('session-invalid', 'There is no such session in this room.');
    turn.take(room.id);
    const change = new Change(tx, room, now, policy);
    const result = await rule(change);
    await change.finish();
    return { result, events: change.events };
  });
  try {
    const { result, events } = await work;
    turn.tell(events);
    return result;
  } catch (error) {
    turn.tell([]);
    throw error;
  }
}

async function createRoom(tx: Tx, name: string, now: number): Promise<void> {
  await tx
    .insertInto('rooms')
    .values({
      id: newRoomId(),
      name: name.toLowerCase(),
      locked: true,
      epoch: 1,
      seq: 0,
      log_floor: 0,
      created_at: now,
      lease_until: 0,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

/** The room as it is now, without its lock, or undefined when nobody was ever let in. */
export async function findRoom({ storage }: Ports, name: string): Promise<Room | undefined> {
  return storage.db
    .selectFrom('rooms')
    .selectAll()
    .where('name', '=', name.toLowerCase())
    .executeTakeFirst();
}
