import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter, startTestRunner } from '@web/test-runner';
import type { Reporter, TestRunnerPlugin, TestSession, TestSuiteResult } from '@web/test-runner';
import { CHROMIUM_ARGS, ensureChromium } from '../test/chromium.ts';
import { writeIcons } from './icons.ts';
import { root } from './step.ts';

/**
 * Runs the suites of the elements in Chromium: `node .ci/element.ts [files]`. `CHROMIUM` says which;
 * without it, one is found. Writes `{passed, failed}` to the file that `RESULT_FILE` names.
 */

interface Counts {
  passed: number;
  failed: number;
}

/** Counts tests; a skipped one counts as failed. */
function countTests(suite: TestSuiteResult | undefined, counts: Counts): Counts {
  for (const test of suite?.tests ?? []) {
    if (test.passed && !test.skipped) counts.passed += 1;
    else counts.failed += 1;
  }
  for (const inner of suite?.suites ?? []) countTests(inner, counts);
  return counts;
}

/** Counts what one file came to. A file that could not run counts as one failed test. */
function countFile(session: TestSession): Counts {
  const counts = countTests(session.testResults, { passed: 0, failed: 0 });
  const broken = !session.passed || counts.passed + counts.failed === 0;
  return broken && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function resultReporter(done: (counts: Counts) => void): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const counts = sessions
        .map(countFile)
        .reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
          passed: 0,
          failed: 0,
        });
      done(counts);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function runTests(files: readonly string[]): Promise<Counts> {
  let counts: Counts = { passed: 0, failed: 1 };
  const runner = await startTestRunner({
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    config: {
      files: files.length > 0 ? [...files] : ['test/element/**/*.test.ts'],
      rootDir: root,
      hostname: '127.0.0.1',
      port: await freePort(),
      // A page that is not in front draws no frames, and layout and animations wait for frames.
      concurrency: 1,
      testsStartTimeout: 60_000,
      testsFinishTimeout: 600_000,
      testFramework: { config: { timeout: 15_000, forbidOnly: true } },
      nodeResolve: { exportConditions: ['browser'] },
      plugins: [
        esbuildPlugin({
          ts: true,
          target: 'es2022',
          tsconfig: `${root}/tsconfig.json`,
        }) as unknown as TestRunnerPlugin,
      ],
      browsers: [
        chromeLauncher({
          launchOptions: {
            executablePath: await ensureChromium(),
            args: [...CHROMIUM_ARGS],
          },
        }),
      ],
      reporters: [
        defaultReporter({ reportTestResults: true, reportTestProgress: false }),
        resultReporter((result) => (counts = result)),
      ],
    },
  });
  if (!runner) throw new Error('The test runner did not start.');
  const stop = () => void runner.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await new Promise((resolve) => runner.on('stopped', resolve));
  return counts;
}

await writeIcons();
const counts = await runTests(process.argv.slice(2));
console.log(`element: ${counts.passed} passed, ${counts.failed} failed`);
const file = process.env['RESULT_FILE'];
if (file) await writeFile(file, JSON.stringify(counts));
process.exit(counts.failed === 0 ? 0 : 1);
