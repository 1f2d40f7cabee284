import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as lucide from 'lucide';
import { root } from './step.ts';

/** Lucide's names of the icons that elements may use. Run `npm run build` after a change. */
const ICONS = [
  'check',
  'chevron-up',
  'circle-alert',
  'copy',
  'crown',
  'door-open',
  'ellipsis',
  'ellipsis-vertical',
  'link',
  'loader-circle',
  'lock',
  'lock-open',
  'log-out',
  'mic',
  'mic-off',
  'phone-off',
  'pin',
  'refresh-cw',
  'settings',
  'shield',
  'signal-low',
  'undo-2',
  'user',
  'user-x',
  'users',
  'video',
  'video-off',
  'volume-2',
  'volume-x',
  'wifi',
  'wifi-off',
  'x',
] as const;

type Shape = readonly [tag: string, attributes: Record<string, string | number>];

const HEAD = `// Made by .ci/icons.ts from Lucide (ISC licence). Do not edit.
import { html, svg, type TemplateResult } from 'lit';

const icon = (shapes: TemplateResult<2>): TemplateResult =>
  html\`<svg
    class="icon"
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >\${shapes}</svg>\`;
`;

const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const draw = ([tag, attributes]: Shape): string =>
  `<${tag} ${Object.entries(attributes)
    .map(([key, value]) => `${key}="${value}"`)
    .join(' ')}></${tag}>`;

function iconFunction(name: string): string {
  const shapes = (lucide as Record<string, unknown>)[pascal(name)] as readonly Shape[] | undefined;
  if (!shapes) throw new Error(`Lucide has no icon '${name}'.`);
  return `/** Lucide's \`${name}\`. */
export const icon${pascal(name)} = (): TemplateResult =>
  icon(svg\`${shapes.map(draw).join('')}\`);
`;
}

/**
 * Writes `src/elements/icons.generated.ts`: one function per icon, so that bundlers keep only those
 * in use. 20 px unless CSS says otherwise, in the colour of the text, hidden from screen readers.
 */
export async function writeIcons(): Promise<void> {
  const file = `${root}/src/elements/icons.generated.ts`;
  const text = [HEAD, ...ICONS.map(iconFunction)].join('\n');
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  await mkdir(`${root}/src/elements`, { recursive: true });
  await writeFile(file, text);
}
