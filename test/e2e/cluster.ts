import pg from 'pg';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { Balancer } from './balancer.ts';
import type { ServerSettings } from './server-process.ts';
import { ServerProcess } from './server.ts';

/**
 * The meeting server as two processes on one PostgreSQL, behind one address that sends each new
 * connection to the other one. It is used like a single `ServerProcess`.
 */
export class Cluster {
  readonly processes = [new ServerProcess(), new ServerProcess()] as const;
  #postgres: TestPostgres | undefined;
  #balancer: Balancer | undefined;

  /** The public base of both. */
  get url(): string {
    return `http://127.0.0.1:${this.#balancer?.port ?? 0}/meeting`;
  }

  get webhookUrl(): string {
    return `${this.url}/webhooks/livekit`;
  }

  /** How many connections each process took so far. */
  get taken(): readonly number[] {
    return this.#balancer?.taken ?? [];
  }

  async listen(): Promise<void> {
    const [postgres] = await Promise.all([
      startPostgres(),
      ...this.processes.map((process) => process.listen()),
    ]);
    this.#postgres = postgres;
    this.#balancer = await Balancer.to(this.processes.map(({ url }) => url));
  }

  /** Both start at once on the empty database. */
  async serve(settings: Omit<ServerSettings, 'storage'>): Promise<void> {
    const storage = { url: this.#database };
    const all = { url: this.url, ...settings, storage };
    await Promise.all(this.processes.map((process) => process.serve(all)));
  }

  /** Asks the database itself, past the server. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.#database });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    this.#balancer?.stop();
    await this.#postgres?.stop();
  }

  get #database(): string {
    if (!this.#postgres) throw new Error('listen() comes first');
    return this.#postgres.url;
  }
}
