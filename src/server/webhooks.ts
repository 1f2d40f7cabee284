import { Webhook } from 'standardwebhooks';
import type { RoomEventType } from '../protocol/events.ts';
import type { Logger } from './logger.ts';
import type { DeliveryOutcome } from './metrics.ts';
import { repeat } from './repeat.ts';
import type { Ports } from './rules/change.ts';
import type { Delivery } from './storage/tables.ts';

/** One address of the integrator's, and what it is told. */
export interface WebhookOptions {
  /** `http(s)://`, without user and password. */
  url: string;
  /**
   * `whsec_` and the base64 of 24 to 64 random bytes; shared with the receiver. Several while one
   * replaces another: every delivery is signed with each.
   */
  secret: string | readonly string[];
  /** Which events; all unless said. */
  types?: readonly RoomEventType[] | undefined;
}

const ANSWER_TIMEOUT = 10_000;
/** Longer than an attempt may take; what a process that died was delivering is free by then. */
const LEASE = 12_000;
const POLL = 1_000;
const AT_ONCE = 20;
/** What a closing server waits for answers that are on their way. */
const CLOSE_WITHIN = 1_500;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After each failure, then every hour. */
const WAITS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR];
/** A day of waiting, all in all; then it is given up. */
const MAX_ATTEMPTS = 30;
/** Rows of addresses that are no longer configured. */
const FORGET_AFTER = 24 * HOUR;

/** Gone, by RFC 9110: the receiver wants no more of this. */
const GONE = 410;

/**
 * Delivers events to the integrator's addresses, signed as Standard Webhooks says: at least once,
 * and in order per room and address while the address works.
 */
export class Webhooks {
  readonly #lines: readonly Line[];
  readonly #ports: Ports;
  readonly #logger: Logger;

  constructor(
    targets: readonly WebhookOptions[],
    ports: Ports,
    logger: Logger,
    attempted: (outcome: DeliveryOutcome) => void,
  ) {
    this.#ports = ports;
    this.#logger = logger;
    this.#lines = targets.map((target) => new Line(target, ports, logger, attempted));
  }

  /** Delivers what is due, this process's or a dead one's, until `signal` aborts. */
  start(signal: AbortSignal): void {
    for (const line of this.#lines) line.start(signal);
    repeat(
      HOUR,
      () => this.#forget(),
      signal,
      (error) => this.#logger.warn('Old deliveries could not be deleted.', { error }),
    );
  }

  /** Something was committed that may have to be delivered. */
  wake(): void {
    for (const line of this.#lines) line.wake();
  }

  /** Waits a moment for the answers that are on their way, and leaves the rest to others. */
  async close(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.close()));
  }

  async #forget(): Promise<void> {
    const { storage, clock } = this.#ports;
    const urls = this.#ports.policy.webhooks.map(({ url }) => url);
    await storage.db
      .deleteFrom('deliveries')
      .where('created_at', '<', clock.now() - FORGET_AFTER)
      .$if(urls.length > 0, (query) => query.where('url', 'not in', urls))
      .execute();
  }
}

/** The deliveries to one address; one that hangs holds up no other. */
class Line {
  readonly #target: WebhookOptions;
  readonly #signers: readonly Webhook[];
  readonly #ports: Ports;
  readonly #logger: Logger;
  readonly #attempted: (outcome: DeliveryOutcome) => void;
  readonly #running = new Set<Promise<void>>();
  readonly #cut = new AbortController();
  #signal: AbortSignal = this.#cut.signal;
  #turn: Promise<void> = Promise.resolve();
  #runNow: () => void = () => undefined;

  constructor(
    target: WebhookOptions,
    ports: Ports,
    logger: Logger,
    attempted: (outcome: DeliveryOutcome) => void,
  ) {
    this.#target = target;
    this.#signers = [target.secret].flat().map((secret) => new Webhook(secret));
    this.#ports = ports;
    this.#logger = logger;
    this.#attempted = attempted;
  }

  start(signal: AbortSignal): void {
    this.#signal = signal;
    const run = (): Promise<void> => (this.#turn = this.#run());
    this.#runNow = repeat(POLL, run, signal, this.#failed);
  }

  wake(): void {
    this.#runNow();
  }

  async close(): Promise<void> {
    // Whatever it throws is logged by who runs it.
    await this.#turn.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_WITHIN);
    });
    await Promise.race([Promise.all(this.#running), late]);
    clearTimeout(timer);
    this.#cut.abort();
    await Promise.all(this.#running);
  }

  /** Begins as many attempts as there is room for. Each that ends makes room for more. */
  async #run(): Promise<void> {
    const free = AT_ONCE - this.#running.size;
    if (free <= 0) return;
    for (const row of await this.#claim(free)) {
      if (this.#signal.aborted) {
        await this.#release(row);
        continue;
      }
      const attempt = this.#deliver(row)
        .catch(this.#failed)
        .finally(() => {
          this.#running.delete(attempt);
          if (!this.#signal.aborted) this.#runNow();
        });
      this.#running.add(attempt);
    }
  }

  readonly #failed = (error: unknown): void =>
    this.#logger.warn('Deliveries could not be read or written; trying again.', { error });

  /**
   * Takes what is due. Of a room, the next event is not due before the first attempt at the one
   * ahead is over, whichever instance makes it: `attempts` counts those that failed.
   */
  async #claim(limit: number): Promise<Delivery[]> {
    const { storage, clock } = this.#ports;
    const now = clock.now();
    return storage.db
      .updateTable('deliveries')
      .set({ next_at: now + LEASE })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('deliveries as due')
          .select('due.id')
          .where('due.url', '=', this.#target.url)
          .where('due.next_at', '<=', now)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('deliveries as ahead')
                  .select('ahead.id')
                  .whereRef('ahead.url', '=', 'due.url')
                  .whereRef('ahead.room_id', '=', 'due.room_id')
                  .whereRef('ahead.id', '<', 'due.id')
                  .where('ahead.attempts', '=', 0),
              ),
            ),
          )
          .orderBy('due.id')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
  }

  async #deliver(row: Delivery): Promise<void> {
    const { db } = this.#ports.storage;
    const answer = await this.#send(row);
    // Cut off by our own closing: nothing is known of it, and whoever looks next tries again.
    if (this.#cut.signal.aborted && answer.status === undefined) return this.#release(row);
    if (answer.isOk) this.#attempted('delivered');
    else if (await this.#putOff(row, answer)) return;
    await db.deleteFrom('deliveries').where('id', '=', row.id).execute();
  }

  async #release({ id }: Delivery): Promise<void> {
    const { db } = this.#ports.storage;
    await db.updateTable('deliveries').set({ next_at: 0 }).where('id', '=', id).execute();
  }

  /** @returns false when it is given up instead. */
  async #putOff(row: Delivery, { status, error }: Answer): Promise<boolean> {
    const attempts = row.attempts + 1;
    const { host } = new URL(row.url);
    const fields = { host, event: row.event.id, seq: row.seq, attempts, status, error };
    if (status === GONE || attempts >= MAX_ATTEMPTS) {
      this.#attempted('given-up');
      this.#logger.error('A webhook was given up: its receiver did not take it.', fields);
      return false;
    }
    this.#attempted('failed');
    this.#logger.warn('A webhook was not taken; trying again.', fields);
    await this.#ports.storage.db
      .updateTable('deliveries')
      .set({ attempts, next_at: this.#ports.clock.now() + (WAITS[row.attempts] ?? HOUR) })
      .where('id', '=', row.id)
      .execute();
    return true;
  }

  /** One attempt. Redirects are an answer like any other, and what the answer says is not read. */
  async #send({ event, url }: Delivery): Promise<Answer> {
    const id = `${event.id}_${event.seq}`;
    const at = new Date(this.#ports.clock.now());
    const body = JSON.stringify(event);
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_TIMEOUT), this.#cut.signal]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'livekit-meeting-room',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / SECOND)),
          'webhook-signature': this.#signers.map((signer) => signer.sign(id, at, body)).join(' '),
        },
        body,
      });
      await response.body?.cancel();
      return { status: response.status, isOk: response.ok };
    } catch (error) {
      return { isOk: false, error };
    }
  }
}

/** What an attempt came to; without a status, nobody answered. */
interface Answer {
  status?: number;
  isOk: boolean;
  error?: unknown;
}
