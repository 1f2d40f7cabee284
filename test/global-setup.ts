import type { TestProject } from 'vitest/node';
import { seedFile } from '../.ci/seed.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** `postgres://…` of a PostgreSQL of this run; make a database or schema of your own in it. */
    postgresUrl: string;
    /** A file that PGlite's `loadDataDir` starts from in 2 s. */
    pgliteSeed: string;
  }
}

/** Starts what the server's suites need once for all files; they get it by `inject`. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  project.provide('pgliteSeed', await seedFile());
  const postgres = await startPostgres();
  console.log(`PostgreSQL ${postgres.version}`);
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
