import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithChildren, must, root, run, step, StepError } from './step.ts';
import type { Counts } from './vitest-counts.ts';

/**
 * `npm test` builds, checks and runs every suite. `node .ci/test.ts unit e2e …` runs those alone.
 * The last line is always `N passed, N failed`, summed over all runners; what could not run, a
 * skipped test included, counts as failed.
 */

/** What a suite may take, ms: far more than it needs, and less than for ever. */
const SUITE_TIMEOUT = 30 * 60_000;

interface Suite {
  readonly runner: 'vitest' | 'browser';
  readonly needs: readonly ('build' | 'livekit' | 's3' | 'schemathesis' | 'chromium' | 'firefox')[];
}

const SUITES: Readonly<Record<string, Suite>> = {
  unit: { runner: 'vitest', needs: [] },
  server: { runner: 'vitest', needs: ['build', 'livekit', 's3', 'schemathesis'] },
  package: { runner: 'vitest', needs: ['build'] },
  element: { runner: 'browser', needs: ['chromium'] },
  e2e: { runner: 'vitest', needs: ['build', 'livekit', 'chromium', 'firefox'] },
};

/** One for who reads, one for the counts. */
const REPORTERS = ['--reporter=default', '--reporter=./.ci/vitest-counts.ts'];

async function runSuite(name: string, suite: Suite, result: string): Promise<Counts> {
  const [script, args] =
    suite.runner === 'vitest'
      ? ['node_modules/vitest/vitest.mjs', ['run', '--project', name, ...REPORTERS]]
      : ['.ci/element.ts', []];
  const env = { RESULT_FILE: result };
  const code = await run(script, args, { env, timeout: SUITE_TIMEOUT });
  const text = await readFile(result, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1 };
  const counts = JSON.parse(text) as Counts;
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Finds or installs what the suites need, and tells them where it is by the environment. */
async function provide(need: Suite['needs'][number]): Promise<void> {
  if (need === 'livekit') {
    const { ensureLivekit } = await import('../demo/livekit-binary.ts');
    process.env['LIVEKIT_SERVER'] = await ensureLivekit();
  }
  if (need === 's3') {
    const { ensureS3Gateway } = await import('../test/s3-gateway.ts');
    process.env['VERSITYGW'] = await ensureS3Gateway();
  }
  if (need === 'chromium') {
    const { ensureChromium } = await import('../test/chromium.ts');
    process.env['CHROMIUM'] = await ensureChromium();
  }
  if (need === 'schemathesis') {
    const { installSchemathesis } = await import('../test/schemathesis.ts');
    await installSchemathesis();
  }
  if (need === 'firefox') {
    const { ensureFirefox } = await import('../test/firefox.ts');
    process.env['FIREFOX'] = await ensureFirefox();
  }
  if (need === 'build') await must('.ci/build.ts');
}

function chooseSuites(names: readonly string[]): [string, Suite][] {
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    console.error(`No suite ${unknown.join(', ')}; there are ${Object.keys(SUITES).join(', ')}.`);
    process.exit(2);
  }
  return Object.entries(SUITES).filter(([name]) => names.length === 0 || names.includes(name));
}

/** Builds, checks and provides what `suites` need. @returns how much of that failed. */
async function prepare(suites: readonly [string, Suite][], all: boolean): Promise<number> {
  const needs = new Set(suites.flatMap(([, suite]) => suite.needs));
  let failed = 0;
  for (const need of needs) if (!(await step(need, () => provide(need)))) failed += 1;
  if (all && !(await step('check', () => must('.ci/check.ts')))) failed += 1;
  return failed;
}

/** What one failure may say at the end, in lines. */
const SAID = 25;

function firstLines(text: string): string {
  const lines = text.split('\n');
  return lines.length > SAID ? [...lines.slice(0, SAID), '…'].join('\n') : text;
}

async function main(names: readonly string[]): Promise<void> {
  const suites = chooseSuites(names);
  const folder = await mkdtemp(join(tmpdir(), 'meeting-test-'));
  let passed = 0;
  const failures: string[] = [];
  let failed = await prepare(suites, names.length === 0);
  for (const [name, suite] of suites) {
    await step(name, async () => {
      const counts = await runSuite(name, suite, join(folder, `${name}.json`));
      passed += counts.passed;
      failed += counts.failed;
      failures.push(...(counts.failures ?? []).map((failure) => `${name}: ${failure}`));
      if (counts.failed > 0) throw new StepError(`${name}: ${counts.failed} failed`);
    });
  }
  await rm(folder, { recursive: true, force: true });
  process.exitCode = failed === 0 ? 0 : 1;
  for (const failure of failures) console.log(`\n✗ ${firstLines(failure)}\n`);
  console.log(`${passed} passed, ${failed} failed`);
}

endWithChildren();
process.chdir(root);
await main(process.argv.slice(2));
