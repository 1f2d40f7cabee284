import { glob, readFile, writeFile } from 'node:fs/promises';
import * as analyzer from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { root, StepError } from './step.ts';

/** What of the analyzer's answer is changed here; the rest goes through as it is. */
interface Declaration {
  kind: string;
  name: string;
  tagName?: string;
  superclass?: { name: string };
  members?: { name: string; privacy?: string }[];
  attributes?: { fieldName?: string }[];
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
  await writeFile(`${root}/custom-elements.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest.modules.flatMap(({ declarations }) => declarations ?? []).length;
}
