import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

const root = resolve(import.meta.dirname, '..', '..');

/** What a page loads for one import, in bytes of gzip. */
export interface Weight {
  name: string;
  /** What is there before the page's own script runs: everything imported statically. */
  first: number;
  /** With everything that is loaded later, on demand. */
  all: number;
}

/** What can be imported into a page, and what it stands beside. */
const ENTRIES: readonly [name: string, code: string][] = [
  [
    'lit, one element (floor)',
    `import { LitElement, html } from 'lit'; customElements.define('x-a', class extends LitElement { render() { return html\`a\`; } });`,
  ],
  ['livekit-client (floor of the engine)', `export { Room } from 'livekit-client';`],
  ['livekit-meeting-room', `export * from 'livekit-meeting-room';`],
  ['livekit-meeting-room/define', `import 'livekit-meeting-room/define';`],
  [
    'livekit-meeting-room/define/meeting-room.js',
    `import 'livekit-meeting-room/define/meeting-room.js';`,
  ],
  ['livekit-meeting-room/core', `export * from 'livekit-meeting-room/core';`],
];

/** `from"./x.js"` and `import"./x.js"`, but not `import("./x.js")`, in minified code. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g;

/** Weighs each entry as a bundler would ship it, and the CDN bundle as it lies there. */
export async function weighEntries(): Promise<Weight[]> {
  const weights: Weight[] = [];
  for (const [name, code] of ENTRIES) weights.push(await weigh(name, code));
  weights.push(await weighCdn());
  return weights;
}

async function weigh(name: string, contents: string): Promise<Weight> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    splitting: true,
    write: false,
    metafile: true,
    outdir: join(root, 'bench'),
    absWorkingDir: root,
    // Our own paths lead to the sources; a customer's bundler gets what is built.
    tsconfigRaw: {},
    logLevel: 'error',
  });
  const sizes = new Map(
    outputFiles.map((file) => [file.path, gzipSync(file.contents, { level: 9 }).length]),
  );
  const size = (output: string): number => sizes.get(join(root, output)) ?? 0;
  const outputs = metafile.outputs;
  const entry = Object.keys(outputs).find((output) => outputs[output]?.entryPoint === '<stdin>');
  return {
    name,
    first: sum([...staticGraph(outputs, entry ?? '')].map(size)),
    all: sum(Object.keys(outputs).map(size)),
  };
}

async function weighCdn(): Promise<Weight> {
  const folder = join(root, 'cdn');
  const entries = await readdir(folder, { recursive: true });
  const sizes = new Map<string, number>();
  const texts = new Map<string, string>();
  for (const file of entries.filter((one) => one.endsWith('.js'))) {
    const text = await readFile(join(folder, file), 'utf8');
    texts.set(file, text);
    sizes.set(file, gzipSync(text, { level: 9 }).length);
  }
  const first = new Set<string>();
  const visit = (file: string): void => {
    if (first.has(file) || !texts.has(file)) return;
    first.add(file);
    for (const [, path = ''] of (texts.get(file) ?? '').matchAll(STATIC_IMPORT)) {
      visit(join(file, '..', path));
    }
  };
  visit('meeting-room.js');
  return {
    name: 'cdn/meeting-room.js',
    first: sum([...first].map((file) => sizes.get(file) ?? 0)),
    all: sum([...sizes.values()]),
  };
}

function staticGraph(
  outputs: Metafile['outputs'],
  entry: string,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const { path, kind } of outputs[entry]?.imports ?? []) {
    if (kind === 'import-statement') staticGraph(outputs, path, seen);
  }
  return seen;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
