import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import { root } from './step.ts';

/** What a suite's run says to `.ci/test.ts`. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What failed, by name and with its message: said again at the end, where a log is read first. */
  readonly failures?: readonly string[];
}

/** Writes a run's counts to the file that `RESULT_FILE` names. What did not run has failed. */
export default class VitestCounts implements Reporter {
  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
  ): Promise<void> {
    const file = process.env['RESULT_FILE'];
    if (!file) throw new Error('RESULT_FILE names no file.');
    await writeFile(file, JSON.stringify(countModules(modules, unhandled)));
  }
}

function countModules(
  modules: readonly TestModule[],
  unhandled: readonly SerializedError[],
): Counts {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const bad = tests.filter((test) => test.result().state !== 'passed');
  const failures = [
    ...bad.map(tellTest),
    ...modules.flatMap(tellModule),
    ...unhandled.map((error) => `outside of tests\n${tellError(error)}`),
  ];
  return { passed: tests.length - bad.length, failed: failures.length, failures };
}

const nameOf = ({ moduleId }: TestModule): string => relative(root, moduleId);

function tellTest(test: TestCase): string {
  const { state, errors = [] } = test.result();
  const why = errors.length > 0 ? errors.map(tellError).join('\n') : state;
  return `${nameOf(test.module)}: ${test.fullName}\n${why}`;
}

/** What went wrong beside the tests of a module or of its suites: it did not load, a hook threw. */
function tellModule(module: TestModule): string[] {
  const suites = [module, ...module.children.allSuites()];
  return suites.flatMap((suite) =>
    suite.errors().map((error) => `${nameOf(module)}\n${tellError(error)}`),
  );
}

/** With what it comes from: "fetch failed" says nothing by itself. */
function tellError({ stack = '', message, name = 'Error', cause }: SerializedError): string {
  const text = stack.includes(message) ? stack : `${name}: ${message}\n${stack}`;
  const own = text
    .split('\n')
    .filter((line) => !/node_modules|node:internal/.test(line))
    .join('\n');
  return cause ? `${own}\ncaused by ${tellError(cause)}` : own;
}
