import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as lucide from 'lucide';
import { root } from './step.ts';

/** Lucide's names of the icons that elements may use. Run `npm run build` after a change. */
const STAGE_ICONS = [
  'check',
  'chevron-left',
  'chevron-right',
  'chevron-up',
  'circle-alert',
  'clock',
  'copy',
  'crown',
  'door-open',
  'download',
  'ellipsis',
  'ellipsis-vertical',
  'file',
  'file-archive',
  'file-text',
  'files',
  'film',
  'image',
  'link',
  'loader-circle',
  'lock',
  'lock-open',
  'log-out',
  'message-square',
  'phone-off',
  'monitor',
  'music',
  'pin',
  'play',
  'presentation',
  'refresh-cw',
  'screen-share',
  'settings',
  'server-off',
  'shield',
  'signal-low',
  'trash-2',
  'undo-2',
  'upload',
  'user',
  'user-x',
  'users',
  'volume-2',
  'volume-x',
  'wifi',
  'wifi-off',
  'x',
] as const;

/** Those that the join screen needs too: in a module of their own, so that it loads no others. */
const DEVICE_ICONS = ['mic', 'mic-off', 'video', 'video-off'] as const;

/** Those of the chat alone, fetched with it. */
const CHAT_ICONS = [
  'arrow-down',
  'lock',
  'paperclip',
  'pencil',
  'reply',
  'send-horizontal',
  'trash-2',
  'x',
] as const;

/** Those of a shared screen alone, fetched with the first one. */
const SCREEN_ICONS = ['maximize', 'minimize'] as const;

/** Those of the whiteboards alone, fetched with them. */
const WHITEBOARD_ICONS = [
  'circle',
  'download',
  'ellipsis',
  'eraser',
  'eye',
  'file-minus',
  'file-text',
  'hand',
  'highlighter',
  'image-plus',
  'lock',
  'lock-open',
  'maximize',
  'mouse-pointer-2',
  'move-up-right',
  'pencil',
  'plus',
  'presentation',
  'redo-2',
  'slash',
  'square',
  'trash-2',
  'type',
  'undo-2',
  'x',
  'zoom-in',
  'zoom-out',
] as const;

type Shape = readonly [tag: string, attributes: Record<string, string | number>];

const HEAD = `// Made by .ci/icons.ts from Lucide (ISC licence). Do not edit.
import { html, type TemplateResult } from 'lit';

const icon = (d: string): TemplateResult =>
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
  ><path d=\${d}></path></svg>\`;
`;

const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const arcs = (cx: number, cy: number, rx: number, ry: number): string =>
  `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;

function box(x: number, y: number, width: number, height: number, r: number): string {
  const corner = (dx: number, dy: number): string => (r ? `a${r} ${r} 0 0 1 ${dx} ${dy}` : '');
  const w = width - 2 * r;
  const h = height - 2 * r;
  return `M${x + r} ${y}h${w}${corner(r, r)}v${h}${corner(-r, r)}h${-w}${corner(-r, -r)}v${-h}${corner(r, -r)}z`;
}

/** One shape as path data: an icon of one path is two elements, and a tile may have eight in all. */
function toPath([tag, attributes]: Shape): string {
  const n = (name: string): number => Number(attributes[name] ?? 0);
  switch (tag) {
    case 'path':
      // A relative first move would start where the shape before it ends.
      return String(attributes.d).replace(/^m/, 'M0 0m');
    case 'line':
      return `M${n('x1')} ${n('y1')}L${n('x2')} ${n('y2')}`;
    case 'circle':
      return arcs(n('cx'), n('cy'), n('r'), n('r'));
    case 'ellipse':
      return arcs(n('cx'), n('cy'), n('rx'), n('ry'));
    case 'rect':
      return box(n('x'), n('y'), n('width'), n('height'), n('rx') || n('ry'));
    case 'polyline':
    case 'polygon':
      return `M${String(attributes.points)}${tag === 'polygon' ? 'z' : ''}`;
    default:
      throw new Error(`An icon uses <${tag}>, which is not drawn yet.`);
  }
}

function iconFunction(name: string): string {
  const shapes = (lucide as Record<string, unknown>)[pascal(name)] as readonly Shape[] | undefined;
  if (!shapes) throw new Error(`Lucide has no icon '${name}'.`);
  return `/** Lucide's \`${name}\`. */
export const icon${pascal(name)} = (): TemplateResult =>
  icon('${shapes.map(toPath).join('')}');
`;
}

async function writeModule(name: string, icons: readonly string[]): Promise<void> {
  const file = `${root}/src/elements/${name}.generated.ts`;
  const text = [HEAD, ...icons.map(iconFunction)].join('\n');
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  await mkdir(`${root}/src/elements`, { recursive: true });
  await writeFile(file, text);
}

/**
 * Writes `src/elements/*.generated.ts`: one function per icon, so that bundlers keep only those in
 * use. 20 px unless CSS says otherwise, in the colour of the text, hidden from screen readers.
 */
export async function writeIcons(): Promise<void> {
  await writeModule('icons', STAGE_ICONS);
  await writeModule('device-icons', DEVICE_ICONS);
  await writeModule('chat-icons', CHAT_ICONS);
  await writeModule('screen-icons', SCREEN_ICONS);
  await writeModule('whiteboard-icons', WHITEBOARD_ICONS);
}
