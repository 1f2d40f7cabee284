import { writeIcons } from './icons.ts';
import { endWithChildren, must, step } from './step.ts';

/** `npm run check`: types, lint, format, unused code. `--fix` mends what can be mended. */

const CODE = ['src', 'demo', 'test', '.ci', 'vite.config.ts'];
const FORMATTED = [...CODE, 'tsconfig.json', '.changeset/config.json'];

const fix = process.argv.includes('--fix');

const lint = ['-c', '.ci/oxlint.json', '--type-aware', '--tsconfig', 'tsconfig.json'];
const format = ['-c', '.ci/oxfmt.json', '--disable-nested-config'];

const steps: readonly [string, () => Promise<void>][] = [
  ['icons', writeIcons],
  ['types', () => must('node_modules/typescript/bin/tsc', ['--noEmit', '-p', '.'])],
  [
    'lint',
    () => must('node_modules/oxlint/bin/oxlint', [...lint, ...(fix ? ['--fix'] : []), ...CODE]),
  ],
  [
    'format',
    () =>
      must('node_modules/oxfmt/bin/oxfmt', [
        ...format,
        fix ? '--write' : '--list-different',
        ...FORMATTED,
      ]),
  ],
  ['unused code', () => must('node_modules/knip/bin/knip.js', ['--no-progress'])],
];

endWithChildren();
let failed = 0;
for (const [name, work] of steps) if (!(await step(name, work))) failed += 1;
process.exitCode = failed === 0 ? 0 : 1;
