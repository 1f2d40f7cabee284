import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { sql } from 'kysely';
import type { ServerErrorCode } from '../protocol/status.ts';
import type { RoomEvent } from '../protocol/events.ts';
import type { Logger } from './logger.ts';
import type { Ports } from './rules/change.ts';

/** Seconds: most answers take some ms, those that wait for LiveKit up to 4 s. */
const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What became of one attempt to deliver a webhook. */
export type DeliveryOutcome = 'delivered' | 'failed' | 'given-up';

/** How many sockets this process holds. */
export interface Sockets {
  doors: () => number;
  feeds: () => number;
}

/**
 * What Prometheus asks for. What this process did is counted here; how things stand in the database,
 * the same whichever instance is asked, is read when somebody asks.
 */
export class Metrics {
  readonly contentType: string;
  readonly #own = new Registry();
  readonly #shared = new Registry();
  readonly #requests = new Histogram({
    name: 'meeting_http_request_duration_seconds',
    help: 'HTTP requests, by the path of the route and status. Until the answer begins.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS,
    registers: [this.#own],
  });
  readonly #events = new Counter({
    name: 'meeting_events_total',
    help: "Events of rooms' logs that this process committed.",
    labelNames: ['type'],
    registers: [this.#own],
  });
  readonly #refusals = new Counter({
    name: 'meeting_refusals_total',
    help: 'Requests and connections that were refused, by the error code.',
    labelNames: ['code'],
    registers: [this.#own],
  });
  readonly #sfuFailures = new Counter({
    name: 'meeting_livekit_calls_failed_total',
    help: 'Calls that LiveKit did not carry out.',
    registers: [this.#own],
  });
  readonly #attempts = new Counter({
    name: 'meeting_webhook_attempts_total',
    help: 'Attempts of this process to deliver an event, by what became of them.',
    labelNames: ['outcome'],
    registers: [this.#own],
  });
  readonly #databaseUp = new Gauge({
    name: 'meeting_database_up',
    help: 'Whether the database answered just now.',
    registers: [this.#own],
  });
  readonly #gauges: Record<keyof Standing, Gauge>;
  readonly #ports: Ports;
  readonly #logger: Logger;
  #watchesProcess = false;

  constructor(ports: Ports, logger: Logger) {
    this.#ports = ports;
    this.#logger = logger;
    this.contentType = this.#own.contentType;
    const gauge = (name: string, help: string): Gauge =>
      new Gauge({ name: `meeting_${name}`, help, registers: [this.#shared] });
    this.#gauges = {
      people: gauge('people_present', 'People in calls.'),
      rooms: gauge('rooms_with_call', 'Rooms with somebody in them.'),
      knocks: gauge('knocks_waiting', 'People who wait at a door.'),
      outbox: gauge('outbox_pending', 'Effects that LiveKit has not carried out yet.'),
      outboxAge: gauge('outbox_oldest_seconds', 'How long the oldest of them waits.'),
      deliveries: gauge('deliveries_pending', 'Events that have not reached a webhook yet.'),
      deliveriesAge: gauge('deliveries_oldest_seconds', 'How long the oldest of them waits.'),
    };
  }

  /** Counts sockets when somebody asks. Called once. */
  watch({ doors, feeds }: Sockets): void {
    const count = (name: string, help: string, read: () => number): Gauge =>
      new Gauge({
        name: `meeting_${name}`,
        help,
        registers: [this.#own],
        collect() {
          this.set(read());
        },
      });
    count('doors_open', 'Signalling connections that this process holds.', doors);
    count('feeds_open', 'Feeds that this process holds.', feeds);
  }

  /** An HTTP request was answered. `route` is a path of the table, never a URL. */
  answered(route: string, status: number, ms: number): void {
    this.#requests.observe({ route, status }, ms / 1_000);
  }

  refused(code: ServerErrorCode): void {
    this.#refusals.inc({ code });
  }

  committed(events: readonly RoomEvent[]): void {
    for (const { type } of events) this.#events.inc({ type });
  }

  sfuFailed(): void {
    this.#sfuFailures.inc();
  }

  attempted(outcome: DeliveryOutcome): void {
    this.#attempts.inc({ outcome });
  }

  /** All of it as text. Without what is in the database while that does not answer. */
  async read(): Promise<string> {
    // Watching the process costs something, so it begins when somebody wants to know.
    if (!this.#watchesProcess) collectDefaultMetrics({ register: this.#own });
    this.#watchesProcess = true;
    const isUp = await this.#readDatabase();
    this.#databaseUp.set(isUp ? 1 : 0);
    const own = await this.#own.metrics();
    return isUp ? `${own}\n${await this.#shared.metrics()}` : own;
  }

  async #readDatabase(): Promise<boolean> {
    try {
      const standing = await readStanding(this.#ports);
      for (const [name, gauge] of Object.entries(this.#gauges)) {
        gauge.set(Number(standing[name as keyof Standing]));
      }
      return true;
    } catch (error) {
      this.#logger.warn('The database could not be asked for the metrics.', { error });
      return false;
    }
  }
}

interface Standing {
  people: number;
  rooms: number;
  knocks: number;
  outbox: number;
  outboxAge: number;
  deliveries: number;
  deliveriesAge: number;
}

/** Ages in s. */
async function readStanding({ storage, clock }: Ports): Promise<Standing> {
  const now = clock.now();
  const { rows } = await sql<Standing>`
    select
      (select count(*) from admissions where state = 'admitted' and present) as "people",
      (select count(distinct room_id) from admissions where state = 'admitted' and present) as "rooms",
      (select count(*) from admissions where state = 'waiting') as "knocks",
      o.pending as "outbox", coalesce((${now}::bigint - o.oldest) / 1000.0, 0) as "outboxAge",
      d.pending as "deliveries",
      coalesce((${now}::bigint - d.oldest) / 1000.0, 0) as "deliveriesAge"
    from (select count(*) as pending, min(created_at) as oldest from outbox) o,
      (select count(*) as pending, min(created_at) as oldest from deliveries) d`.execute(
    storage.db,
  );
  const [standing] = rows;
  if (!standing) throw new Error('The database answered with nothing.');
  return standing;
}
