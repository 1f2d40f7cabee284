import { carryOut } from './effects.ts';
import type { Logger } from './logger.ts';
import type { Ports } from './rules/change.ts';
import type { Sfu } from './sfu.ts';
import type { Outbox as Row } from './storage/tables.ts';
import { repeat } from './repeat.ts';

/** Longer than a call to LiveKit may take; a process that died frees its rows by then. */
const LEASE = 4_000;
const POLL = 250;
const RETRY_MIN = 250;
const RETRY_MAX = 2_000;
const AT_ONCE = 20;

/** Carries out what rules left in the outbox: at once after the commit, and again until done. */
export class Outbox {
  readonly #ports: Ports;
  readonly #sfu: Sfu;
  readonly #logger: Logger;

  constructor(ports: Ports, sfu: Sfu, logger: Logger) {
    this.#ports = ports;
    this.#sfu = sfu;
    this.#logger = logger;
  }

  /** Looks for rows that are due, this process's or a dead one's, until `signal` aborts. */
  start(signal: AbortSignal): void {
    repeat(
      POLL,
      () => this.run().then(() => undefined),
      signal,
      (error) => this.#logger.warn('The outbox could not be read; trying again.', { error }),
    );
  }

  /**
   * Carries out what is due now, of one room or of all.
   * @returns whether all of it was done.
   */
  async run(roomId?: string): Promise<boolean> {
    const rows = await this.#claim(roomId);
    const done = await Promise.all(rows.map((row) => this.#carryOut(row)));
    return done.every(Boolean);
  }

  /** As `run`, for somebody who has committed already: it never rejects, the polling retries. */
  async runNow(roomId: string): Promise<boolean> {
    try {
      return await this.run(roomId);
    } catch (error) {
      this.#logger.warn('The outbox could not be run; trying again.', { error });
      return false;
    }
  }

  async #claim(roomId: string | undefined): Promise<Row[]> {
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
      await carryOut(this.#ports, this.#sfu, row);
    } catch (error) {
      this.#logger.warn('LiveKit did not carry out an effect yet; trying again.', {
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
