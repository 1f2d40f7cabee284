import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import pg from 'pg';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { openStorage } from '../../src/server/storage/open.ts';
import { eventually } from '../e2e/eventually.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { connect, joinQuery } from './support/door-client.ts';
import { FeedClient } from './support/feed-client.ts';
import { TestServer } from './support/server.ts';
import { ask, newDatabase } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

let postgres: TestPostgres;
let database: string;
let server: TestServer;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await newDatabase(postgres.url);
  server = await TestServer.start({ storage: { url: database } });
});
afterAll(async () => {
  await server.close();
  await postgres.stop();
});

/** Every process that answers queries, and the one that makes more of them. */
async function processes(): Promise<number[]> {
  const rows = await ask(
    database,
    `select pid from pg_stat_activity where pid <> pg_backend_pid() and datname is not null`,
  );
  const [setting] = await ask(database, 'show data_directory');
  const file = `${String(setting?.['data_directory'])}/postmaster.pid`;
  const [postmaster] = (await readFile(file, 'utf8')).split('\n');
  return [...rows.map(({ pid }) => Number(pid)), Number(postmaster)];
}

const signal = (all: readonly number[], name: NodeJS.Signals): void => {
  for (const pid of all) process.kill(pid, name);
};

async function hosted(): Promise<{ room: string; host: Entered }> {
  const room = newRoom();
  const { body: host } = await server.enter(room, { access: 'host', sub: 'hanna' });
  return { room, host };
}

describe('PostgreSQL', () => {
  it('abuse 62: may freeze: actions say so within 2 s, and all heals by itself', async () => {
    const { room, host } = await hosted();
    const feed = await FeedClient.open(server.url, host);
    const frozen = await processes();
    signal(frozen, 'SIGSTOP');
    try {
      const start = performance.now();
      const answers = await Promise.all([
        server.ask('room-lock', room, { locked: false }, host.session),
        server.ask('call-resume', room, {}, host.session),
        server.enter(room, { access: 'always', sub: 'max' }),
        server.ask('events', room, { after: '0' }, host.session),
      ]);
      const took = performance.now() - start;
      expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'storage-unreachable'));
      expect(answers[0].problem.retryAfter).toBeGreaterThan(0);
      expect(took).toBeLessThan(2_500);
      const knocked = await connect(server.url, joinQuery(host.token));
      expect([knocked.status, knocked.problem?.code]).toEqual([503, 'storage-unreachable']);
      expect((await server.fetch('/readyz')).status).toBe(503);
      expect((await server.fetch('/healthz')).status).toBe(200);
    } finally {
      signal(frozen, 'SIGCONT');
    }
    await eventually('ready again', async () => (await server.fetch('/readyz')).ok);
    await eventually('a change succeeds', async () => {
      const { code } = await server.ask('room-lock', room, { locked: false }, host.session);
      return code === undefined;
    });
    await feed.until(1);
    expect(feed.events).toHaveLength(1);
    feed.close();
  });

  it('may hold a row for long: what was given up is not done later', async () => {
    const { room, host } = await hosted();
    const { body: max } = await server.enter(room, { access: 'always', sub: 'max' });
    const holder = new pg.Client({ connectionString: database });
    await holder.connect();
    await holder.query('begin');
    // Not the room's row: the rule has written before it comes to wait.
    await holder.query('lock table exclusions in access exclusive mode');
    const { identity } = max.me;
    const start = performance.now();
    const answer = await server.ask('participant-remove', room, { identity }, host.session);
    const took = performance.now() - start;
    await holder.query('rollback');
    await holder.end();
    expect(answer.code).toBe('storage-unreachable');
    expect(took).toBeLessThan(2_500);
    // Many more, so that every connection of the pool is used again.
    for (let i = 0; i < 20; i++) {
      await Promise.all(
        Array.from({ length: 3 }, () =>
          server.ask('room-lock', room, { locked: i % 2 === 0 }, host.session),
        ),
      );
    }
    const { events } = (await server.ask('events', room, { after: '0' }, host.session)).body;
    expect(events.map(({ type }) => type)).not.toContain('participant-removed');
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    const resumed = await server.ask('call-resume', room, {}, max.session);
    expect(resumed.code).toBeUndefined();
  });

  it('may end a connection in the middle of a change: that one fails, and nothing else', async () => {
    const storage = await openStorage({ url: database }, server.log);
    try {
      const change = storage.db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        const pid = Number(rows[0]?.pid);
        await ask(database, `select pg_terminate_backend(${pid})`);
        await eventually('it is gone', async () => {
          const left = await ask(database, `select 1 from pg_stat_activity where pid = ${pid}`);
          return left.length === 0;
        });
        await sql`select 1`.execute(tx);
      });
      await expect(change).rejects.toThrow();
      await sql`select 1`.execute(storage.db);
    } finally {
      await storage.close();
    }
  });

  it('may cut every connection: the next request works', async () => {
    const { room, host } = await hosted();
    const feed = await FeedClient.open(server.url, host);
    await ask(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and datname = current_database()`,
    );
    await eventually('a change succeeds', async () => {
      const { code } = await server.ask('room-lock', room, { locked: false }, host.session);
      expect([undefined, 'storage-unreachable']).toContain(code);
      return code === undefined;
    });
    await feed.until(1);
    feed.close();
  });
});
