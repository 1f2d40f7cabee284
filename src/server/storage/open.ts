import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from '../logger.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrations.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { PostgresLine } from './postgres-line.ts';
import { withoutDoubtful } from './postgres-pool.ts';
import { CHANNEL, type Notice, type Storage } from './storage.ts';
import type { Tables } from './tables.ts';

/**
 * Where the truth is kept: a `folder` for PGlite (one process, survives its crash but, having no
 * fsync, not a power cut), or the `url` of a PostgreSQL 15 or later. `listenUrl` goes past a pooler
 * that can't LISTEN.
 */
export type StorageOptions = { folder: string } | { url: string; listenUrl?: string | undefined };

/** A PostgreSQL that does not answer by then counts as away. */
const ANSWER_TIMEOUT = 1_800;
const INT8 = 20;

/** Opens the storage and brings its schema up to date. */
export async function openStorage(options: StorageOptions, logger: Logger): Promise<Storage> {
  const storage =
    'folder' in options ? await openPGlite(options.folder) : openPostgres(options, logger);
  try {
    await migrate(storage.db);
  } catch (error) {
    await storage.close();
    throw error;
  }
  return storage;
}

/** The empty cluster that the build makes, so that a first start takes 2 s, not 10. */
const SEED = new URL('./seed.tgz', import.meta.url);

async function openPGlite(folder: string): Promise<Storage> {
  const unlock = lockFolder(folder);
  try {
    mkdirSync(folder, { recursive: true });
    const isNew = !existsSync(join(folder, 'PG_VERSION'));
    const seed = isNew && existsSync(SEED) ? new Blob([await readFile(SEED)]) : undefined;
    const pglite = await PGlite.create(folder, seed && { loadDataDir: seed });
    return pgliteStorage(pglite, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A storage over an open PGlite. */
export function pgliteStorage(pglite: PGlite, closed: () => void = () => undefined): Storage {
  const db = new Kysely<Tables>({ dialect: pgliteDialect(pglite) });
  return {
    db,
    isExclusive: true,
    async listen(hear) {
      await pglite.listen(CHANNEL, (payload) => hear(JSON.parse(payload) as Notice));
    },
    async close() {
      await db.destroy();
      closed();
    },
  };
}

function openPostgres(
  { url, listenUrl }: { url: string; listenUrl?: string | undefined },
  logger: Logger,
): Storage {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: ANSWER_TIMEOUT,
    query_timeout: ANSWER_TIMEOUT,
    // A transaction whose process froze must not hold a room's lock.
    idle_in_transaction_session_timeout: 5_000,
    types: {
      // Times and positions are far below 2^53.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : (pg.types.getTypeParser(oid, format) as unknown),
    },
  });
  // The pool drops the connection by itself; the next query says whether the database is away.
  pool.on('error', (error) => logger.warn('PostgreSQL closed an idle connection.', { error }));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withoutDoubtful(pool) }) });
  const line = new PostgresLine(listenUrl ?? url, logger);
  return {
    db,
    isExclusive: false,
    listen: (hear, resync) => line.listen(hear, resync),
    async close() {
      await line.close();
      await db.destroy();
    },
  };
}
