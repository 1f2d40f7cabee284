import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEntries, pack, type Packed } from './packed.ts';

/** A page's bundler, a server-side renderer and a backend all import our modules in plain Node. */

const execute = promisify(execFile);

/** Imports each entry in a thread of its own, and prints `{entry: what it said}` of those at fault. */
const IMPORT_ALL = `
import { Worker } from 'node:worker_threads';
const faults = {};
for (const entry of JSON.parse(process.argv[1])) {
  const code = 'import(' + JSON.stringify(entry) + ').then(() => process.exit(0))';
  const thread = new Worker(code, { eval: true, stdout: true, stderr: true });
  let said = '';
  for (const stream of [thread.stdout, thread.stderr]) stream.on('data', (text) => (said += text));
  thread.on('error', (error) => (said += error.stack));
  await new Promise((resolve) => thread.on('exit', resolve));
  if (said !== '') faults[entry] = said;
}
console.log(JSON.stringify(faults));`;

let packed: Packed;
let entries: string[];

/** The machine's own Node: the first on PATH that no package brought. */
async function machineNode(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const folder of folders) {
    if (folder === '' || folder.includes('node_modules')) continue;
    const file = join(folder, 'node');
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

async function importAll(node: string): Promise<{ version: string; faults: unknown }> {
  const version = await execute(node, ['--version']);
  const { stdout } = await execute(
    node,
    ['--input-type=module', '--eval', IMPORT_ALL, JSON.stringify(entries)],
    { cwd: packed.project },
  );
  return { version: version.stdout.trim(), faults: JSON.parse(stdout) };
}

beforeAll(async () => {
  packed = await pack();
  // The script for a page holds Lit's browser build: no server has a use for it.
  const page = 'livekit-meeting-room/cdn';
  entries = (await listEntries(packed.files)).filter((entry) => entry !== page);
});

afterAll(() => packed.remove());

describe('every entry of the package', () => {
  it('is known to this test', () => {
    expect(entries).toContain('livekit-meeting-room');
    expect(entries).toContain('livekit-meeting-room/define');
    expect(entries).toContain('livekit-meeting-room/define/meeting-room.js');
    expect(entries).toContain('livekit-meeting-room/core');
    expect(entries).toContain('livekit-meeting-room/server');
    expect(entries).toContain('livekit-meeting-room/locales/en.js');
  });

  it('imports without a word in the Node we develop on', async () => {
    const { faults } = await importAll(process.execPath);
    expect(faults).toEqual({});
  });

  it("imports without a word in the machine's own Node", async () => {
    const node = (await machineNode()) ?? process.execPath;
    const { version, faults } = await importAll(node);
    console.log(`Imported ${entries.length} entries with Node ${version} too.`);
    expect(faults).toEqual({});
  });
});
