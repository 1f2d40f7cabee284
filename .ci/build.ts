import {
  access,
  chmod,
  copyFile,
  glob,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { build as viteBuild } from 'vite';
import { writeIcons } from './icons.ts';
import { writeManifest } from './manifest.ts';
import { seedFile } from './seed.ts';
import { endWithChildren, must, root, step, StepError } from './step.ts';
import { squeezeStyles } from './styles.ts';

/** What the package's exports promise; a build without one of them is no build. */
const PROMISED = [
  'dist/index.js',
  'dist/define/all.js',
  'dist/core/index.js',
  'dist/react/index.js',
  'dist/server/index.js',
  'dist/server/cli.js',
  'dist/server/storage/seed.tgz',
  'cdn/meeting-room.js',
  'custom-elements.json',
];

/**
 * Unbundled modules with types and maps: what npm's consumers get. Made beside `dist` and then put
 * in its place, so that a server that runs from it never finds half of it.
 */
async function compile(): Promise<void> {
  const fresh = `.dist-${process.pid}`;
  try {
    const args = ['-p', '.ci/tsconfig.build.json', '--outDir', fresh];
    await must('node_modules/typescript/bin/tsc', args);
    await squeezeStyles(`${root}/${fresh}`);
    await bringPdf(`${root}/${fresh}`);
    await chmod(`${root}/${fresh}/server/cli.js`, 0o755);
    await copyFile(await seedFile(), `${root}/${fresh}/server/storage/seed.tgz`);
    await rm(`${root}/dist`, { recursive: true, force: true });
    await rename(`${root}/${fresh}`, `${root}/dist`);
  } finally {
    await rm(`${root}/${fresh}`, { recursive: true, force: true });
  }
}

/**
 * pdf.js as two files of our own. As a dependency it would bring every consumer 40 MB, and a native
 * canvas for Node, for what is 400 kB in the browser.
 */
async function bringPdf(dist: string): Promise<void> {
  const from = `${root}/node_modules/pdfjs-dist`;
  await mkdir(`${dist}/vendor`);
  for (const name of ['pdf', 'pdf.worker']) {
    await copyFile(`${from}/build/${name}.min.mjs`, `${dist}/vendor/${name}.min.mjs`);
  }
  await copyFile(`${from}/LICENSE`, `${dist}/vendor/LICENSE-pdfjs`);
  const file = `${dist}/elements/meeting-whiteboard/pdf-pages.js`;
  const text = await readFile(file, 'utf8');
  const own = text
    .replace(`'pdfjs-dist/build/pdf.worker.min.mjs'`, `'../../vendor/pdf.worker.min.mjs'`)
    .replace(`'pdfjs-dist'`, `'../../vendor/pdf.min.mjs'`);
  if (own.includes('pdfjs-dist')) throw new StepError('pdf-pages.js still asks for pdfjs-dist.');
  await writeFile(file, own);
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
      rolldownOptions: {
        // What later parts share with the first lies in it, not in chunks of its own: one request.
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, chunkFileNames: '[name]-[hash].js' },
      },
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
  ['database seed', seedFile],
  ['dist', compile],
  ['cdn', bundle],
  ['custom-elements.json', writeManifest],
  ['no decorators left', findDecorators],
  ['complete', keepPromises],
];

endWithChildren();
let failed = 0;
for (const [name, work] of steps) if (!(await step(name, work))) failed += 1;
process.exitCode = failed === 0 ? 0 : 1;
