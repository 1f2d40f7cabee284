import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import type { Logger } from '../../../src/server/logger.ts';
import { migrate } from '../../../src/server/storage/migrations.ts';
import { openStorage, pgliteStorage } from '../../../src/server/storage/open.ts';
import type { Storage } from '../../../src/server/storage/storage.ts';
import type { Db, Tables } from '../../../src/server/storage/tables.ts';

/** The storages that one suite is run on. */
export const STORAGES = [
  { name: 'PGlite', open: openInMemory },
  { name: 'PostgreSQL', open: openDatabase },
];

/** A PGlite without a folder, migrated. */
export async function openInMemory(): Promise<Storage> {
  const storage = pgliteStorage(await PGlite.create({ loadDataDir: await seed() }));
  await migrate(storage.db);
  return storage;
}

async function openDatabase(logger: Logger): Promise<Storage> {
  return openStorage({ url: await newDatabase() }, logger);
}

async function seed(): Promise<Blob> {
  return new Blob([await readFile(inject('pgliteSeed'))]);
}

/** Makes `folder` a fresh PGlite folder, in less time than PGlite needs by itself. */
export async function seedFolder(folder: string): Promise<void> {
  const pglite = await PGlite.create(folder, { loadDataDir: await seed() });
  await pglite.close();
}

/** The URL of an empty database on the PostgreSQL of this run. */
export async function newDatabase(server: string = inject('postgresUrl')): Promise<string> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await ask(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Asks a PostgreSQL by a connection of its own. */
export async function ask(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(query)).rows;
  } finally {
    await client.end();
  }
}

const TABLES = ['rooms', 'admissions', 'seats', 'exclusions', 'events', 'outbox'] as const;

/** Every row of every table as text, to compare, or to look for what must not be there. */
export async function dump(db: Db, tables: readonly (keyof Tables)[] = TABLES): Promise<string> {
  const parts: string[] = [];
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from ${sql.table(table)} t order by 1`.execute(db);
    parts.push(table, ...rows.map(({ row }) => row));
  }
  return parts.join('\n');
}
