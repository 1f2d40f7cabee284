import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEntries, pack, ROOT, type Packed } from './packed.ts';

interface Described {
  tagName?: string;
  attributes?: { name: string }[];
  events?: { name: string }[];
  slots?: { name: string }[];
  cssParts?: { name: string }[];
  cssProperties?: { name: string }[];
}

/** custom-elements.json, as far as it is read here. */
interface Manifest {
  modules: { path: string; declarations: Described[] }[];
}

const execute = promisify(execFile);

let packed: Packed;

beforeAll(async () => {
  packed = await pack();
});

afterAll(() => packed.remove());

/** What a bundler makes of one line of a consumer's code. */
async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: packed.project },
    bundle: true,
    write: false,
    splitting: true,
    format: 'esm',
    outdir: packed.project,
    treeShaking: true,
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('\n');
}

/** Runs `code` in Node with stand-ins for registry and page; resolves to the tags defined, sorted. */
async function tagsAfter(code: string): Promise<string[]> {
  const registry = `
    const tags = new Map();
    globalThis.HTMLElement = class {};
    globalThis.document = {
      readyState: 'complete',
      querySelector: () => null,
      createTreeWalker: () => ({}),
    };
    globalThis.customElements = {
      get: (tag) => tags.get(tag),
      define: (tag, type) => void tags.set(tag, type),
    };
    ${code}
    console.log(JSON.stringify([...tags.keys()].sort()));`;
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', registry], {
    cwd: packed.project,
  });
  return JSON.parse(stdout) as string[];
}

/** The tags that the package describes, sorted. */
async function ownTags(): Promise<string[]> {
  const text = await readFile(join(packed.folder, 'custom-elements.json'), 'utf8');
  const { modules } = JSON.parse(text) as Manifest;
  const tags = modules.flatMap(({ declarations }) => declarations.map(({ tagName }) => tagName));
  return tags.filter((tag) => tag !== undefined).sort();
}

describe('the package', () => {
  it('has nothing that publint minds', async () => {
    const { messages, pkg } = await publint({ pkgDir: packed.folder, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that resolve for every entry', async () => {
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const entries = await listEntries(packed.files);
    const included = entries.map((entry) => entry.replace('livekit-meeting-room', '.'));
    const args = ['--profile', 'esm-only', '--no-color', '--include-entrypoints', ...included];
    const { code, stdout } = await execute(process.execPath, [attw, packed.tarball, ...args]).then(
      (done) => ({ ...done, code: 0 }),
      (error: { code: number; stdout: string }) => error,
    );
    expect(code, stdout).toBe(0);
  });

  it('holds what it runs on, and none of our tests and tools', () => {
    const strays = packed.files.filter((path) => !/^(?:dist|cdn|src)\//.test(path));
    expect(strays).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'custom-elements.json',
      'package.json',
    ]);
    expect(packed.files).toContain('dist/server/storage/seed.tgz');
    expect(packed.files.filter((path) => path.includes('.test.'))).toEqual([]);
  });

  it('has every file that its source maps point to', async () => {
    const maps = packed.files.filter((path) => path.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(0);
    const missing: string[] = [];
    for (const map of maps) {
      const text = await readFile(join(packed.folder, map), 'utf8');
      const { sources } = JSON.parse(text) as { sources: string[] };
      const paths = sources.map((source) => join(map, '..', source));
      missing.push(...paths.filter((path) => !packed.files.includes(path)));
    }
    expect(missing).toEqual([]);
  });

  it('describes its elements by the paths that consumers have', async () => {
    const text = await readFile(join(packed.folder, 'custom-elements.json'), 'utf8');
    const { modules } = JSON.parse(text) as Manifest;
    expect(modules.filter(({ path }) => !packed.files.includes(path))).toEqual([]);
    expect(await ownTags()).toContain('meeting-room');
    expect(text).not.toContain('"#');
  });
});

describe('README', () => {
  it('names everything that a page may use of the shell, and nothing else', async () => {
    const text = await readFile(join(packed.folder, 'custom-elements.json'), 'utf8');
    const { modules } = JSON.parse(text) as Manifest;
    const all = modules.flatMap(({ declarations }) => declarations);
    const shell = all.find(({ tagName }) => tagName === 'meeting-room');
    if (!shell) throw new Error('There is no <meeting-room>.');
    const readme = await readFile(join(packed.folder, 'README.md'), 'utf8');
    const names = (list: readonly { name: string }[] = []): string[] =>
      list.map(({ name }) => name);
    const missing = [
      ...names(shell.attributes),
      ...names(shell.events),
      ...names(shell.cssProperties),
      ...names(shell.slots),
    ].filter((name) => !readme.includes(`\`${name}\``));
    expect(missing).toEqual([]);
    const [, parts = ''] = /Parts: (.+?)\. Each /.exec(readme) ?? [];
    const told = [...parts.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
    expect(told.toSorted()).toEqual(names(shell.cssParts));
  });
});

describe('registration', () => {
  it('does not happen by importing the classes', async () => {
    expect(await tagsAfter("await import('livekit-meeting-room');")).toEqual([]);
  });

  it('has an entry for each element', async () => {
    const entries = (await ownTags()).map((tag) => `dist/define/${tag}.js`);
    expect(entries.filter((entry) => !packed.files.includes(entry))).toEqual([]);
  });

  it('happens for the shell at once, and for every element when stage, panels, screens and recordings are there', async () => {
    const shell = await tagsAfter("await import('livekit-meeting-room/define');");
    expect(shell).toContain('meeting-room');
    const all = await tagsAfter(`
      await import('livekit-meeting-room/define');
      const { MeetingRoom, MeetingGrid, MeetingRecordingBadge, RoomSettings } = await import('livekit-meeting-room');
      await MeetingRoom.loadStage();
      await MeetingGrid.loadScreen();
      for (const load of Object.values(MeetingRoom.panels)) await load();
      await MeetingRecordingBadge.loadAsk();
      await RoomSettings.loadRecordings();`);
    expect(all).toEqual(await ownTags());
  });

  it('survives a bundler', async () => {
    const bundled = await bundle("import 'livekit-meeting-room/define/meeting-room.js';");
    expect(bundled).toContain('meeting-room');
    expect(bundled).toContain('customElements');
  });

  it('is in the script for a page, for every element', async () => {
    const files = packed.files.filter((path) => path.startsWith('cdn/'));
    const texts = files.map((path) => readFile(join(packed.folder, path), 'utf8'));
    const script = (await Promise.all(texts)).join('\n');
    expect(script).toContain('customElements');
    expect((await ownTags()).filter((tag) => !script.includes(tag))).toEqual([]);
  });

  it('costs nothing for who imports a class and does not use it', async () => {
    const bundled = await bundle("import { MeetingRoom } from 'livekit-meeting-room';");
    expect(bundled).not.toContain('MeetingRoom');
  });
});

describe('the server half', () => {
  it('is out of reach from the browser entries', async () => {
    const reached = await bundle("import * as all from 'livekit-meeting-room'; console.log(all);");
    expect(reached).not.toContain('pglite');
    // As what is imported; in code it may name a field.
    expect(reached).not.toMatch(/["'`]node:/);
  });

  it('has a command that starts as a program', async () => {
    const cli = join(packed.folder, 'dist/server/cli.js');
    const { stdout, stderr } = await execute(process.execPath, [cli, '--help']);
    expect(stdout + stderr).toContain('livekit-meeting-room serve');
    expect(await readFile(cli, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
