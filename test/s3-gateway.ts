import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3mini } from 's3mini';
import { askVersion, ensureBuilt, findOnPath, type GoProgram } from '../demo/go-program.ts';
import type { S3Options } from '../src/server/files/s3-store.ts';
import { eventually } from './e2e/eventually.ts';

/** Not the default, which no bucket can be made in by its name. */
const REGION = 'eu-central-1';
const VERSIONS = /Version\s*:/;

/** A real S3 server over a folder; its own version number is not in what `go install` makes. */
const VERSITYGW: GoProgram = {
  name: 'versitygw',
  version: '1.8.0',
  module: 'github.com/versity/versitygw/cmd/versitygw',
  binary: 'versitygw',
  help: `versitygw, the S3 server of the tests, is needed, and was neither found nor could it be built. Install
a release of https://github.com/versity/versitygw/releases into a folder of PATH, or Go
(https://go.dev/dl) and start again, or name the program in VERSITYGW.`,
  check: async (path) => VERSIONS.test((await askVersion(path)) ?? ''),
};

/**
 * The path of versitygw: `VERSITYGW`, else one on `PATH`, else our cached copy, else one that
 * `go install` builds.
 * @throws Error with the ways to install it, when there is none.
 */
export async function ensureS3Gateway(say: (line: string) => void = console.log): Promise<string> {
  const named = process.env['VERSITYGW'] ?? (await findOnPath('versitygw'));
  if (!named) return ensureBuilt(VERSITYGW, say);
  if (await VERSITYGW.check(named)) return named;
  throw new Error(`${named} is no versitygw that runs here.`);
}

/** An S3 server of this test file, with one empty bucket. */
export interface S3Gateway extends S3Options {
  /** Ends it; `start` begins another on the same port and the same bytes. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good, and its bytes with it. */
  remove(): Promise<void>;
}

/** What a server has to know of it. */
export const optionsOf = ({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
}: S3Gateway): S3Options => ({ endpoint, bucket, region, accessKeyId, secretAccessKey });

export async function startS3(): Promise<S3Gateway> {
  const program = await ensureS3Gateway();
  const folder = await mkdtemp(join(tmpdir(), 'meeting-s3-'));
  const bytes = join(folder, 'bytes');
  await mkdir(bytes);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const bucket = 'meeting-files';
  const accessKeyId = 'test';
  const secretAccessKey = randomBytes(16).toString('hex');
  const s3 = new S3mini({
    ...{ accessKeyId, secretAccessKey, region: REGION },
    endpoint: `${endpoint}/${bucket}`,
  });
  let stop = (): Promise<void> => Promise.resolve();

  const start = async (): Promise<void> => {
    const args = ['--port', `127.0.0.1:${port}`, '--region', REGION, '--quiet', 'posix', bytes];
    const child = spawn(program, args, {
      stdio: 'ignore',
      env: { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    });
    const exited = once(child, 'exit');
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    stop = async () => {
      process.off('exit', end);
      child.kill('SIGKILL');
      await exited;
    };
    await eventually('the S3 server answers', async () => {
      if (child.exitCode !== null) throw new Error(`versitygw ended with ${child.exitCode}`);
      return fetch(endpoint).then(
        () => true,
        () => false,
      );
    });
  };
  await start();
  await s3.createBucket();
  const remove = async (): Promise<void> => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...{ endpoint, bucket, accessKeyId, secretAccessKey, region: REGION },
    stop: () => stop(),
    start,
    remove,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
