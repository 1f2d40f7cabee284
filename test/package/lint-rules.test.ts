import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A rule whose glob is mistyped says nothing, so each is fed one bad line that it must catch. */

const ROOT = join(import.meta.dirname, '../..');

/** File below `src` → bad lines, each with what must be said of it. */
const FORBIDDEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'protocol/bad.ts': {
    "import '../core/state.ts';": 'protocol may not import core',
    "import '../server/clock.ts';": 'protocol may not import server',
    "import '../../demo/start.ts';": 'may not import what is outside of src',
    "import 'lit';": 'protocol may not import lit',
    "import 'node:fs';": 'protocol may not import node',
  },
  'core/bad.ts': {
    "import 'lit';": 'core may not import lit',
    "import 'lit/decorators.js';": 'core may not import lit',
    "import 'valibot';": 'core may not import valibot',
    "import { ROUTES } from '../protocol/routes.ts';": 'may import only types of protocol/routes',
    "import '../elements/icons.ts';": 'core may not import elements',
    "import '../controllers/room-context.ts';": 'core may not import controllers',
    "import '../events/map.ts';": 'core may not import events',
    "import '../server/clock.ts';": 'core may not import server',
    "import type { Room } from 'livekit-client';": 'core may not import livekit-client',
    "export const load = () => import('livekit-client');": 'core may not import livekit-client',
    "export { Room } from 'livekit-client';": 'core may not import livekit-client',
    "export type Room = import('livekit-client').Room;": 'core may not import livekit-client',
  },
  'core/slices/bad.ts': {
    "import '../../elements/icons.ts';": 'core may not import elements',
    "import 'livekit-client';": 'core may not import livekit-client',
  },
  'core/livekit/bad.ts': {
    "import 'lit';": 'core/livekit may not import lit',
    "import 'livekit-server-sdk';": 'core/livekit may not import livekit-server-sdk',
  },
  'events/bad.ts': {
    "import '../core/state.ts';": 'events may not import core',
    "import '../elements/icons.ts';": 'events may not import elements',
  },
  'locales/bad.ts': { "import '../core/state.ts';": 'locales may not import core' },
  'controllers/bad.ts': {
    "import '../elements/icons.ts';": 'controllers may not import elements',
    "import '../core/api/client.ts';": 'controllers may not import core/api',
    "import 'livekit-client';": 'controllers may not import livekit-client',
  },
  'elements/leave-menu/bad.ts': {
    "import '../../core/api/client.ts';": 'elements may not import core/api',
    "import '../../core/livekit/load.ts';": 'elements may not import core/livekit',
    "import '../../define/all.ts';": 'elements may not import define',
    "import '../../server/clock.ts';": 'elements may not import server',
    "import 'livekit-client';": 'elements may not import livekit-client',
    "import { cleanName } from '../../protocol/names.ts';":
      'may import only types of protocol/names',
    "import { it } from '../room-settings/room-settings.ts';": 'may import only types',
    "export const open = () => import('../room-settings/room-settings.ts');":
      'may import only types',
  },
  'define/bad.ts': {
    "import 'livekit-client';": 'define may not import livekit-client',
    "import '../server/clock.ts';": 'define may not import server',
  },
  'index.ts': {
    "import './define/all.ts';": 'index may not import define',
    "import './server/clock.ts';": 'index may not import server',
  },
  'server/rules/bad.ts': {
    "import 'lit';": 'server may not import lit',
    "import 'livekit-client';": 'server may not import livekit-client',
    "import 'livekit-server-sdk';": 'server may not import livekit-server-sdk',
    "import '../../core/state.ts';": 'server may not import core',
    "import '../../elements/icons.ts';": 'server may not import elements',
  },
};

/** Lines that break one of the other rules. */
const BAD_CODE: Readonly<Record<string, string>> = {
  "console.log('here');": 'eslint(no-console)',
  'export const value: any = 1;': 'typescript(no-explicit-any)',
  'export const first = (list: string[]) => list[0]!;': 'typescript(no-non-null-assertion)',
  'const later = async () => 1;\nlater();': 'typescript(no-floating-promises)',
  "import { Window } from './types.ts';\nexport let w: Window;":
    'typescript(consistent-type-imports)',
  [`export const long = 1;\n${'//\n'.repeat(300)}`]: 'eslint(max-lines)',
};

const BAD_ELEMENT = `
import { html, LitElement } from 'lit';
export class BadTile extends LitElement {
  override render() { return html\`<p style="color: red"><x-icon /></p>\`; }
}`;

const GOOD: Readonly<Record<string, string>> = {
  'protocol/names.ts': "import * as v from 'valibot';\nexport const Name = v.string();",
  'protocol/limits.ts': 'export const MAX = 1;',
  'protocol/room.ts': "import { Name } from './names.ts';\nexport const Room = Name;",
  'core/room.ts':
    "import { signal } from '@preact/signals-core';\nimport { MAX } from '../protocol/limits.ts';\nimport type { Room } from '../protocol/room.ts';\nexport const name = signal(MAX);\nexport const isRoom = (value: typeof Room) => value !== undefined;",
  'core/livekit/load.ts': "export const load = () => import('livekit-client');",
  'controllers/room.ts':
    "import { createContext } from '@lit/context';\nimport { name } from '../core/room.ts';\nexport const context = createContext(name);",
  'elements/leave-menu/leave-menu.ts':
    "import { LitElement } from 'lit';\nimport { context } from '../../controllers/room.ts';\nexport class LeaveMenu extends LitElement {\n  readonly context = context;\n}",
  'elements/room-shell/room-shell.ts':
    "import type { LeaveMenu } from '../leave-menu/leave-menu.ts';\nexport type Menu = LeaveMenu;",
  'server/sfu.ts':
    "import { AccessToken } from 'livekit-server-sdk';\nexport const token = AccessToken;",
  'server/rules/enter.ts':
    "import { randomUUID } from 'node:crypto';\nimport { Name } from '../../protocol/names.ts';\nexport const enter = [Name, randomUUID];",
};

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly filename: string;
}

let folder: string;
let said: Diagnostic[];

/** Each bad line gets a folder of its own, `<n>/src/…`; one run of the linter sees them all. */
const cases = [
  ...Object.entries(FORBIDDEN).flatMap(([file, lines]) =>
    Object.entries(lines).map(([code, expected]) => ({ file, code, expected })),
  ),
  ...Object.entries(BAD_CODE).map(([code, expected]) => ({ file: 'core/bad.ts', code, expected })),
  { file: 'elements/bad-tile/bad-tile.ts', code: BAD_ELEMENT, expected: 'lit(no-invalid-html)' },
  { file: 'elements/bad-tile/bad-tile.ts', code: BAD_ELEMENT, expected: 'lit(ban-attributes)' },
].map((row, index) => ({ ...row, index, path: `case-${index}/src/${row.file}` }));

const CYCLE: Readonly<Record<string, string>> = {
  'cycle/src/core/one.ts': "import { two } from './two.ts';\nexport const one = () => two;",
  'cycle/src/core/two.ts': "import { one } from './one.ts';\nexport const two = () => one;",
};

async function write(path: string, code: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${code}\n`);
}

function lint(): Promise<Diagnostic[]> {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const tsconfig = join(folder, 'tsconfig.json');
  const args = [oxlint, '-c', '.ci/oxlint.json', '--type-aware', '--tsconfig', tsconfig];
  return new Promise((resolve, reject) => {
    // The linter ends with 1 when it finds faults, so only an unreadable answer is an error.
    execFile(
      process.execPath,
      [...args, '--format=json', folder],
      { cwd: ROOT, maxBuffer: 2 ** 26 },
      (_, stdout, stderr) => {
        try {
          resolve((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics);
        } catch (cause) {
          reject(new Error(`The linter said: ${stdout.slice(0, 500)}${stderr}`, { cause }));
        }
      },
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meeting-lint-'));
  const options = {
    module: 'nodenext',
    strict: true,
    noEmit: true,
    types: [],
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
  };
  await write('tsconfig.json', JSON.stringify({ compilerOptions: options }));
  for (const { path, code } of cases) await write(path, code);
  for (const [path, code] of Object.entries(CYCLE)) await write(path, code);
  for (const [file, code] of Object.entries(GOOD)) await write(`good/src/${file}`, code);
  said = await lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const saidOf = (path: string): string[] =>
  said
    .filter(({ filename }) => filename.endsWith(path))
    .map(({ code, message }) => `${code} ${message}`);

describe('the linter', () => {
  it.each(cases)('says "$expected" of case $index, a bad $file', ({ path, expected }) => {
    expect(saidOf(path).join('\n')).toContain(expected);
  });

  it('refuses a cycle', () => {
    expect(saidOf('cycle/src/core/one.ts').join('\n')).toContain('import(no-cycle)');
  });

  it.each(Object.keys(GOOD))('lets a good %s pass', (file) => {
    expect(saidOf(`good/src/${file}`)).toEqual([]);
  });
});
