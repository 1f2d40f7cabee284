import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { ByteStore } from '../../../src/server/files/byte-store.ts';
import { FolderStore } from '../../../src/server/files/folder-store.ts';
import { S3Store } from '../../../src/server/files/s3-store.ts';
import { optionsOf, type S3Gateway } from '../../s3-gateway.ts';
import { newFolder } from './folders.ts';
import { newDatabase, seedFolder } from './storages.ts';

/** Where a server keeps things, and how it is stopped at a statement of its own. */
export interface Place {
  readonly env: Record<string, string>;
  readonly bytes: ByteStore;
  /** The trigger can only be made while no server runs. */
  readonly isExclusive: boolean;
  /** From now on, a process that comes to `trigger` (as SQL says it) stands still there. */
  arm(trigger: string): Promise<void>;
  isReached(): Promise<boolean>;
  /** The process that stood there is dead; the next goes on. */
  disarm(): Promise<void>;
  /** Changes the database behind the server's back; where it is exclusive, while none runs. */
  run(statement: string): Promise<void>;
  close(): Promise<void>;
}

const CREATE = (trigger: string): string => {
  const [, on, when = ''] = /^(.*? on \w+)( when .*)?$/.exec(trigger) ?? [];
  return `create trigger stop before ${on} for each row${when} execute function stop()`;
};
const tableOf = (trigger: string): string => / on (\w+)/.exec(trigger)?.[1] ?? '';

/** PostgreSQL, and an S3 server: the trigger waits for a lock that the test holds. */
export async function postgresAndS3(s3: S3Gateway): Promise<Place> {
  const url = await newDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create function stop() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(42); return coalesce(new, old); end $$`);
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3;
  let table = '';
  return {
    isExclusive: false,
    env: {
      DATABASE_URL: url,
      MEETING_S3_ENDPOINT: endpoint,
      MEETING_S3_BUCKET: bucket,
      MEETING_S3_REGION: region ?? '',
      MEETING_S3_KEY_ID: accessKeyId,
      MEETING_S3_SECRET: secretAccessKey,
    },
    bytes: new S3Store(optionsOf(s3)),
    async arm(trigger) {
      table = tableOf(trigger);
      await client.query('select pg_advisory_lock(42)');
      await client.query(CREATE(trigger));
    },
    async isReached() {
      const { rows } = await client.query(
        `select 1 from pg_locks where locktype = 'advisory' and not granted`,
      );
      return rows.length > 0;
    },
    async disarm() {
      await client.query('select pg_advisory_unlock(42)');
      await client.query(`drop trigger stop on ${table}`);
    },
    run: async (statement) => void (await client.query(statement)),
    close: () => client.end(),
  };
}

/** PGlite, and a folder: the trigger makes a file beside the data, and never comes back. */
export async function pgliteAndFolder(): Promise<Place> {
  const folder = await newFolder();
  const data = join(folder, 'data');
  await seedFolder(data);
  const sign = join(data, 'stopped');
  let table = '';
  const run = async (statement: string): Promise<void> => {
    const pglite = await PGlite.create(data);
    await pglite.exec(statement);
    await pglite.close();
  };
  return {
    isExclusive: true,
    env: { MEETING_DATA: data, MEETING_FILES: join(folder, 'files') },
    bytes: new FolderStore(join(folder, 'files')),
    async arm(trigger) {
      table = tableOf(trigger);
      await run(`create or replace function stop() returns trigger language plpgsql as $$
        begin copy (select 1) to '/pglite/data/stopped'; loop null; end loop; end $$;
        ${CREATE(trigger)}`);
    },
    isReached: () =>
      access(sign).then(
        () => true,
        () => false,
      ),
    async disarm() {
      await rm(sign);
      await run(`drop trigger stop on ${table}`);
    },
    run,
    close: async () => undefined,
  };
}
