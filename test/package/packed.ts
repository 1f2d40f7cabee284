import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export const ROOT = join(import.meta.dirname, '../..');

/** The package as npm would publish it, in the node_modules of a consumer's project. */
export interface Packed {
  /** The consumer's project; `import 'livekit-meeting-room'` works there. */
  readonly project: string;
  /** The package's folder in it. */
  readonly folder: string;
  readonly tarball: string;
  /** Paths in the package, sorted. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/** Packs what was built last, and unpacks it beside our dependencies. */
export async function pack(): Promise<Packed> {
  const project = await mkdtemp(join(tmpdir(), 'meeting-pack-'));
  const { stdout } = await execute(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', project],
    { cwd: ROOT, maxBuffer: 2 ** 26 },
  );
  const answer = JSON.parse(stdout) as unknown;
  const [packed] = Object.values(answer as Record<string, unknown>) as [
    { filename: string; files: { path: string }[] },
  ];
  const tarball = join(project, packed.filename);
  const modules = join(project, 'node_modules');
  const folder = join(modules, 'livekit-meeting-room');
  await mkdir(folder, { recursive: true });
  await execute('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
  // The package's own imports are looked up from where it lies, upwards.
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const files = packed.files.map(({ path }) => path).sort();
  return {
    project,
    folder,
    tarball,
    files,
    remove: () => rm(project, { recursive: true, force: true }),
  };
}

/** Every module that the exports map offers, as `livekit-meeting-room/…`, patterns filled in. */
export async function listEntries(files: readonly string[]): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default: string }>;
  };
  const entries = Object.entries(manifest.exports).flatMap(([entry, target]) => {
    const file = typeof target === 'string' ? target : target.default;
    if (!file.endsWith('.js')) return [];
    const [before = '', after] = file.replace(/^\.\//, '').split('*');
    if (after === undefined) return [entry];
    return files
      .filter((path) => path.startsWith(before) && path.endsWith(after))
      .map((path) => path.slice(before.length, path.length - after.length))
      .filter((name) => !name.includes('/'))
      .map((name) => entry.replace('*', name));
  });
  return [...new Set(entries)].map((entry) => entry.replace(/^\./, 'livekit-meeting-room'));
}
