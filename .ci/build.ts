import { access, chmod, copyFile, glob, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { build as viteBuild } from 'vite';
import { writeIcons } from './icons.ts';
import { writeManifest } from './manifest.ts';
import { seedFile } from './seed.ts';
import { endWithChildren, must, root, step, StepError } from './step.ts';

/** What the package's exports promise; a build without one of them is no build. */
const PROMISED = [
  'dist/index.js',
  'dist/define/all.js',
  'dist/core/index.js',
  'dist/server/index.js',
  'dist/server/cli.js',
  'dist/server/storage/seed.tgz',
  'cdn/meeting-room.js',
  'custom-elements.json',
];

/** Unbundled modules with types and maps: what npm's consumers get. */
async function compile(): Promise<void> {
  await rm(`${root}/dist`, { recursive: true, force: true });
  await must('node_modules/typescript/bin/tsc', ['-p', '.ci/tsconfig.build.json']);
  await chmod(`${root}/dist/server/cli.js`, 0o755);
}

/** A decorator that nobody lowered is a syntax error in every browser, and no tool warns of it. */
async function findDecorators(): Promise<void> {
  for await (const file of glob(['dist/**/*.js', 'cdn/*.js'], { cwd: root })) {
    const text = await readFile(`${root}/${file}`, 'utf8');
    // `@media (…)` in styles has a space there.
    if (/^\s*@[a-z]\w*\(/im.test(text)) {
      throw new StepError(`${file} still has a decorator in it.`);
    }
  }
}

async function copySeed(): Promise<void> {
  const seed = await seedFile();
  await mkdir(`${root}/dist/server/storage`, { recursive: true });
  await copyFile(seed, `${root}/dist/server/storage/seed.tgz`);
}

/**
 * One module for a `<script type="module">`, with everything in it; the heavy parts load later.
 * Made from `dist`, as a consumer would, so that `sideEffects` holds for it too.
 */
async function bundle(): Promise<void> {
  const entry = `${root}/dist/define/all.js`;
  await access(entry).catch(() => {
    throw new StepError('dist/define/all.js is missing: nothing to bundle.');
  });
  await viteBuild({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'cdn',
      target: 'es2022',
      minify: true,
      modulePreload: false,
      reportCompressedSize: false,
      lib: { entry, formats: ['es'], fileName: () => 'meeting-room.js' },
      rolldownOptions: { output: { chunkFileNames: '[name]-[hash].js' } },
    },
  });
}

async function keepPromises(): Promise<void> {
  const missing: string[] = [];
  for (const file of PROMISED) {
    const found = await stat(`${root}/${file}`).catch(() => undefined);
    if (!found) missing.push(file);
  }
  if (missing.length > 0) throw new StepError(`The build has no ${missing.join(', ')}.`);
}

/** Builds the package: `dist/`, `cdn/` and custom-elements.json. */
const steps: readonly [string, () => Promise<unknown>][] = [
  ['icons', writeIcons],
  ['dist', compile],
  ['database seed', copySeed],
  ['cdn', bundle],
  ['custom-elements.json', writeManifest],
  ['no decorators left', findDecorators],
  ['complete', keepPromises],
];

endWithChildren();
let failed = 0;
for (const [name, work] of steps) if (!(await step(name, work))) failed += 1;
process.exitCode = failed === 0 ? 0 : 1;
