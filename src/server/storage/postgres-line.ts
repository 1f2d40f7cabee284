import pg from 'pg';
import type { Logger } from '../logger.ts';
import { CHANNEL, type Notice } from './storage.ts';

const RETRY_AFTER = 500;
/** A half-open connection brings no notices and no error: ask it. */
const PROBE_INTERVAL = 5_000;
const PROBE_TIMEOUT = 3_000;

/** The connection that LISTENs. Comes back by itself, and says when it may have missed something. */
export class PostgresLine {
  readonly #url: string;
  readonly #logger: Logger;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #hear: (notice: Notice) => void = () => undefined;
  #resync: () => void = () => undefined;

  constructor(url: string, logger: Logger) {
    this.#url = url;
    this.#logger = logger;
  }

  async listen(hear: (notice: Notice) => void, resync: () => void): Promise<void> {
    this.#hear = hear;
    this.#resync = resync;
    await this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: PROBE_TIMEOUT,
      query_timeout: PROBE_TIMEOUT,
    });
    client.on('notification', ({ payload }) => {
      if (payload) this.#hear(JSON.parse(payload) as Notice);
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client));
    this.#client = client;
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#probe(client);
  }

  #probe(client: pg.Client): void {
    this.#timer = setTimeout(() => {
      client.query('select 1').then(
        () => this.#probe(client),
        (error: unknown) => this.#lost(client, error),
      );
    }, PROBE_INTERVAL);
    this.#timer.unref();
  }

  #lost(client: pg.Client, error?: unknown): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    this.#logger.warn('The line to PostgreSQL broke; connecting again.', { error });
    client.end().catch((cause: unknown) => {
      this.#logger.info('The broken line did not close cleanly.', { error: cause });
    });
    this.#again();
  }

  #again(): void {
    this.#timer = setTimeout(() => {
      this.#connect().then(this.#resync, (error: unknown) => {
        this.#logger.warn('PostgreSQL is still away.', { error });
        this.#client = undefined;
        if (!this.#closed) this.#again();
      });
    }, RETRY_AFTER);
    this.#timer.unref();
  }
}
