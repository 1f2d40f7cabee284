import { glob, readFile, writeFile } from 'node:fs/promises';
import * as analyzer from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { root, StepError } from './step.ts';

/** What of the analyzer's answer is changed here; the rest goes through as it is. */
interface Declaration {
  kind: string;
  name: string;
  tagName?: string;
  events?: EventEntry[];
  cssParts?: Part[];
  superclass?: { name: string };
  members?: { name: string; privacy?: string }[];
  attributes?: { fieldName?: string }[];
}
interface Part {
  name: string;
  description?: string;
}
interface EventEntry {
  name: string;
  type: { text: string };
  description: string;
}
interface Module {
  path: string;
  declarations?: Declaration[];
  exports?: { declaration?: { module?: string } }[];
}
interface Manifest {
  modules: Module[];
}

/** What the analyzer exports; its own types leave this out. */
interface Analyzer {
  readonly ts: {
    readonly ScriptTarget: { readonly ES2022: number };
    createSourceFile(file: string, text: string, target: number, setParents: boolean): unknown;
  };
  create(options: { modules: unknown[]; plugins: unknown[] }): Manifest;
}

/** The file that consumers have, for a file of ours. */
const published = (path: string): string => path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');

/** Members that consumers may use: no `#private` ones, which the analyzer lists too. */
const isPublic = ({ name, privacy }: { name: string; privacy?: string }): boolean =>
  !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected';

function publish(module: Module): void {
  module.path = published(module.path);
  for (const { declaration } of module.exports ?? []) {
    if (declaration?.module) declaration.module = published(declaration.module);
  }
  for (const declaration of module.declarations ?? []) {
    if (declaration.members) declaration.members = declaration.members.filter(isPublic);
    if (declaration.superclass?.name === 'LitElement' && !declaration.tagName) {
      throw new StepError(`${module.path}: ${declaration.name} has no @tag in its JSDoc.`);
    }
  }
}

/** What a page hears at the shell: the map of its events, each described where its class is. */
async function eventsOfShell(): Promise<EventEntry[]> {
  const map = await readFile(`${root}/src/events/map.ts`, 'utf8');
  const entries = [...map.matchAll(/^  '([\w-]+)': (\w+);$/gm)];
  return Promise.all(
    entries.map(async ([, name = '', type = '']) => {
      const text = await readFile(`${root}/src/events/${name}.ts`, 'utf8');
      const doc = /\/\*\*((?:(?!\*\/).)*)\*\/\nexport class/s.exec(text)?.[1];
      if (!doc) throw new StepError(`src/events/${name}.ts: ${type} has no JSDoc.`);
      const description = doc
        .replace(/^ *\* ?/gm, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      return { name, type: { text: type }, description };
    }),
  );
}

/** The parts of the elements in the shell that it exports, as those elements describe them. */
async function partsOfShell(elements: readonly Declaration[]): Promise<Part[]> {
  const names = new Set<string>();
  for await (const file of glob('src/elements/meeting-room/*.template.ts', { cwd: root })) {
    const text = await readFile(`${root}/${file}`, 'utf8');
    for (const [, list = ''] of text.matchAll(/(?:exportparts="|PARTS =\s+')([^"'$]+)["']/g)) {
      for (const name of list.split(',')) names.add(name.trim());
    }
  }
  const described = new Map(
    elements.flatMap(({ cssParts = [] }) => cssParts.map((p) => [p.name, p])),
  );
  return [...names].sort().map((name) => {
    const part = described.get(name);
    if (!part) throw new StepError(`The shell exports a part ${name}, which no element describes.`);
    return part;
  });
}

/**
 * Writes custom-elements.json from the elements' JSDoc, with the paths of the published files.
 * @returns how many elements it describes.
 */
export async function writeManifest(): Promise<number> {
  const { create, ts } = analyzer as unknown as Analyzer;
  const modules: unknown[] = [];
  for await (const file of glob('src/elements/*/*.ts', { cwd: root })) {
    const text = await readFile(`${root}/${file}`, 'utf8');
    modules.push(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  }
  const manifest = create({ modules, plugins: litPlugin() });
  manifest.modules = manifest.modules.filter(({ declarations }) =>
    declarations?.some(({ kind, superclass }) => kind === 'class' && superclass),
  );
  manifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1)).forEach(publish);
  const elements = manifest.modules.flatMap(({ declarations = [] }) => declarations);
  const shell = elements.find(({ tagName }) => tagName === 'meeting-room');
  if (!shell) throw new StepError('There is no <meeting-room>.');
  shell.events = await eventsOfShell();
  shell.cssParts = await partsOfShell(elements);
  await writeFile(`${root}/custom-elements.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  return elements.length;
}
