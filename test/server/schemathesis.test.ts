import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findSchemathesis } from '../schemathesis.ts';
import { TestServer } from './support/server.ts';

const KEY = 'an-api-key-that-only-tests-know-of';

/** It takes 15 s on a machine that is idle, ms. */
const PATIENCE = 240_000;

const OPTIONS = [
  '--phases=examples,coverage,fuzzing',
  '--max-examples=8',
  // The same cases every time.
  '--generation-deterministic',
  // Some rules no schema can say: a name is needed unless the backend says one.
  '--exclude-checks=positive_data_acceptance',
  '--request-timeout=20',
  '--warnings=off',
  '--no-color',
];

it(
  'The server keeps to its OpenAPI document, whatever schemathesis sends, where Python is',
  async () => {
    const program = await findSchemathesis();
    if (!program) {
      console.warn(
        'schemathesis is not installed and did not run: `npm test` installs it by Python.',
      );
      return;
    }
    const server = await TestServer.start({ apiKeys: [KEY] });
    server.log.forbid(KEY);
    const folder = await mkdtemp(join(tmpdir(), 'meeting-schemathesis-'));
    try {
      const args = ['run', `${server.url}/openapi.json`, `--header=Authorization: Bearer ${KEY}`];
      const { code, said } = await run(program, [...args, ...OPTIONS], folder);
      expect(said).toMatch(/\d{3,} generated/);
      expect(code, said).toBe(0);
      expect(server.log.of('error')).toEqual([]);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
  PATIENCE,
);

/** Runs it in `folder`, where it keeps what it has found. */
function run(
  program: string,
  args: string[],
  folder: string,
): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, timeout: PATIENCE - 20_000, maxBuffer: 16_000_000 };
    execFile(program, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr }),
    );
  });
}
