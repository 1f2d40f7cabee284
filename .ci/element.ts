import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { relative } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter, startTestRunner } from '@web/test-runner';
import type { Reporter, TestRunnerPlugin, TestSession, TestSuiteResult } from '@web/test-runner';
import { CHROMIUM_ARGS, ensureChromium } from '../test/chromium.ts';
import { writeIcons } from './icons.ts';
import { root } from './step.ts';

/**
 * Runs the suites of the elements in Chromium: `node .ci/element.ts [files]`. `CHROMIUM` says which;
 * without it, one is found. Writes `{passed, failed, failures}` to the file that `RESULT_FILE` names.
 */

interface Counts {
  passed: number;
  /** Each by name and with its message. */
  failures: string[];
}

/** Counts tests; a skipped one counts as failed. */
function countTests(suite: TestSuiteResult | undefined, name: string, counts: Counts): Counts {
  for (const test of suite?.tests ?? []) {
    if (test.passed && !test.skipped) counts.passed += 1;
    else counts.failures.push(`${name} ${test.name}\n${test.error?.message ?? 'skipped'}`);
  }
  for (const inner of suite?.suites ?? []) countTests(inner, `${name} ${inner.name}`, counts);
  return counts;
}

/** Counts what one file came to. A file that could not run counts as one failed test. */
function countFile(session: TestSession): Counts {
  const name = `${relative(root, session.testFile)}:`;
  const counts = countTests(session.testResults, name, { passed: 0, failures: [] });
  const broken = !session.passed || counts.passed + counts.failures.length === 0;
  if (broken && counts.failures.length === 0) {
    counts.failures.push(`${name}\n${session.errors.map(({ message }) => message).join('\n')}`);
  }
  return counts;
}

function resultReporter(done: (counts: Counts) => void): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const files = [...sessions].map(countFile);
      done({
        passed: files.reduce((sum, { passed }) => sum + passed, 0),
        failures: files.flatMap(({ failures }) => failures),
      });
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
  let counts: Counts = { passed: 0, failures: ['the runner reported nothing'] };
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
const { passed, failures } = await runTests(process.argv.slice(2));
const failed = failures.length;
console.log(`element: ${passed} passed, ${failed} failed`);
const file = process.env['RESULT_FILE'];
if (file) await writeFile(file, JSON.stringify({ passed, failed, failures }));
process.exit(failed === 0 ? 0 : 1);
