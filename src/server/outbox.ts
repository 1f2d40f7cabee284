import { setTimeout as delay } from 'node:timers/promises';
import { carryOut, type Outside } from './effects.ts';
import type { Logger } from './logger.ts';
import type { Ports } from './rules/change.ts';
import type { Outbox as Row } from './storage/tables.ts';
import { repeat } from './repeat.ts';

/** Longer than a call to LiveKit may take; a process that died frees its rows by then. */
const LEASE = 4_000;
const POLL = 250;
const RETRY_MIN = 250;
const RETRY_MAX = 2_000;
const AT_ONCE = 20;
/** Who waits to see something done looks so often, ms, and so many times: for longer nobody waits. */
const LOOK_AGAIN = 25;
const MAX_LOOKS = 40;

/** What effects are about: LiveKit, or the byte store. */
const FAMILIES = ['sfu', 'bytes'] as const;
type Family = (typeof FAMILIES)[number];

/** Carries out what rules left in the outbox: at once after the commit, and again until done. */
export class Outbox {
  readonly #ports: Ports;
  readonly #outside: Outside;
  readonly #logger: Logger;

  constructor(ports: Ports, outside: Outside, logger: Logger) {
    this.#ports = ports;
    this.#outside = outside;
    this.#logger = logger;
  }

  /**
   * Looks for rows that are due, this process's or a dead one's, until `signal` aborts. Of LiveKit
   * and of the byte store apart: where one is slow or away, the other is not kept waiting.
   */
  start(signal: AbortSignal): void {
    for (const family of FAMILIES) {
      repeat(
        POLL,
        async () => {
          if (await this.#isDue(family)) await this.#runFamily(family);
        },
        signal,
        (error) => this.#logger.warn('The outbox could not be read; trying again.', { error }),
      );
    }
  }

  /** Carries out what is due now. @returns whether all of it was done. */
  async run(): Promise<boolean> {
    const done = await Promise.all(FAMILIES.map((family) => this.#runFamily(family)));
    return done.every(Boolean);
  }

  async #runFamily(family: Family, roomId?: string): Promise<boolean> {
    const rows = await this.#claim(family, roomId);
    const done = await Promise.all(rows.map((row) => this.#carryOut(row)));
    return done.every(Boolean);
  }

  /**
   * Carries out what LiveKit has to do about a room, for somebody who has committed already and waits
   * to see it: it never rejects, the polling retries.
   * @returns whether the rows `ids` are done, by whomever.
   */
  async runNow(roomId: string, ids: readonly number[]): Promise<boolean> {
    try {
      for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
        if (!(await this.#runFamily('sfu', roomId))) return false;
        if (!(await this.#isLeft(ids))) return true;
        // The polling, here or elsewhere, was faster: it is done when that has done it.
        await delay(LOOK_AGAIN);
      }
      return false;
    } catch (error) {
      this.#logger.warn('The outbox could not be run; trying again.', { error });
      return false;
    }
  }

  async #isLeft(ids: readonly number[]): Promise<boolean> {
    if (ids.length === 0) return false;
    const { db } = this.#ports.storage;
    const left = await db.selectFrom('outbox').select('id').where('id', 'in', ids).execute();
    return left.length > 0;
  }

  /** Asked before rows are claimed: mostly there is nothing, and a claim costs several times as much. */
  async #isDue(family: Family): Promise<boolean> {
    const { storage, clock } = this.#ports;
    const due = await storage.db
      .selectFrom('outbox')
      .select('id')
      .where('next_at', '<=', clock.now())
      .where('kind', 'like', `${family}.%` as Row['kind'])
      .limit(1)
      .executeTakeFirst();
    return due !== undefined;
  }

  async #claim(family: Family, roomId: string | undefined): Promise<Row[]> {
    const { storage, clock } = this.#ports;
    const now = clock.now();
    return storage.db
      .updateTable('outbox')
      .set(({ eb }) => ({ next_at: now + LEASE, attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', (eb) => {
        const due = eb
          .selectFrom('outbox')
          .select('id')
          .where('next_at', '<=', now)
          .where('kind', 'like', `${family}.%` as Row['kind'])
          .orderBy('id')
          .limit(AT_ONCE)
          .forUpdate()
          .skipLocked();
        return roomId === undefined ? due : due.where('room_id', '=', roomId);
      })
      .returningAll()
      .execute();
  }

  async #carryOut(row: Row): Promise<boolean> {
    const { db } = this.#ports.storage;
    try {
      await carryOut(this.#ports, this.#outside, row);
    } catch (error) {
      this.#logger.warn('An effect was not carried out yet; trying again.', {
        error,
        effect: row.kind,
        attempts: row.attempts,
      });
      const wait = Math.min(RETRY_MIN * 2 ** row.attempts, RETRY_MAX);
      await db
        .updateTable('outbox')
        .set({ next_at: this.#ports.clock.now() + wait })
        .where('id', '=', row.id)
        .execute();
      return false;
    }
    await db.deleteFrom('outbox').where('id', '=', row.id).execute();
    return true;
  }
}
