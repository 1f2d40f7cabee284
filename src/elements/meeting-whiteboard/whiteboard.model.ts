import type { BoardItem } from '../../core/board-state.ts';

/** What one draws with, in the order of the toolbar and of the keys 1 to 9 and 0. */
export const TOOLS = [
  'select',
  'pen',
  'marker',
  'eraser',
  'line',
  'arrow',
  'rectangle',
  'ellipse',
  'text',
  'hand',
] as const;
export type Tool = (typeof TOOLS)[number];

/** Those that leave a line where the pointer goes. */
export const INKS: ReadonlySet<Tool> = new Set(['pen', 'marker']);

/** The key of a tool. */
export const keyOf = (tool: Tool): string => String((TOOLS.indexOf(tool) + 1) % 10);

/** The tool of a key, if it is one's. */
export const toolOf = (key: string): Tool | undefined =>
  /^[0-9]$/.test(key) ? TOOLS[(Number(key) + 9) % 10] : undefined;

/** What is drawn with: a colour as `#rrggbb`, and a width in units of the paper. */
export interface Ink {
  readonly color: string;
  readonly width: number;
}

/** Dark enough to be seen on white, by the name that the texts have for each. */
export const COLORS = {
  black: '#1f2430',
  red: '#c8102e',
  orange: '#c2570c',
  green: '#15803d',
  blue: '#1d4ed8',
  purple: '#7e22ce',
} as const;
export type ColorName = keyof typeof COLORS;

export const WIDTHS = { thin: 2, medium: 5, thick: 12 } as const;
export type WidthName = keyof typeof WIDTHS;

/** A marker is so many times as wide as a pen. */
export const MARKER_WIDTH = 5;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Around what is drawn, when it is shown whole or exported. */
export const MARGIN = 24;

const KINDS: ReadonlySet<unknown> = new Set(['stroke', 'text', 'image-component']);
/** Pictures lie in the item itself: one from elsewhere would tell there who looks. */
const PICTURE = /^data:image\/(png|jpeg|webp);base64,[a-z0-9+/=]+$/i;

/** Whether an item may be given to what draws it: others may have made it by other means than ours. */
export function isSafe({ name, data }: BoardItem): boolean {
  if (!KINDS.has(name)) return false;
  if (name !== 'image-component') return true;
  const { src } = (data ?? {}) as { src?: unknown };
  return typeof src === 'string' && PICTURE.test(src);
}

/** Sides that differ by less than this part are meant to be the same. */
const ALMOST_ROUND = 0.1;
/** Cubic curves are a quarter of a circle with their control points this far out, of its radius. */
const ROUND = 0.5523;

/** Two control points, and where it ends. */
type Curve = readonly [Point, Point, Point];

/** The ellipse that fills the box between two corners; a circle, where that is almost a square. */
export function ellipseIn(
  from: Point,
  to: Point,
): { readonly start: Point; readonly curves: readonly Curve[] } {
  const [width, height] = [to.x - from.x, to.y - from.y];
  const longer = Math.max(Math.abs(width), Math.abs(height));
  const isRound = Math.abs(Math.abs(width) - Math.abs(height)) < ALMOST_ROUND * longer;
  const rx = ((isRound ? longer : Math.abs(width)) / 2) * (Math.sign(width) || 1);
  const ry = ((isRound ? longer : Math.abs(height)) / 2) * (Math.sign(height) || 1);
  const at = (x: number, y: number): Point => ({
    x: from.x + rx + x * rx,
    y: from.y + ry + y * ry,
  });
  return {
    start: at(1, 0),
    curves: [
      [at(1, ROUND), at(ROUND, 1), at(0, 1)],
      [at(-ROUND, 1), at(-1, ROUND), at(-1, 0)],
      [at(-1, -ROUND), at(-ROUND, -1), at(0, -1)],
      [at(ROUND, -1), at(1, -ROUND), at(1, 0)],
    ],
  };
}

/** So many points of a stroke in progress are told at a time. */
const HINT_POINTS = 48;

/** A stroke in few enough points, its end included; as `[x, y, x, y …]` in tenths. */
export function thinned(points: readonly Point[]): number[] {
  const step = Math.max(1, Math.ceil(points.length / HINT_POINTS));
  const some = points.filter((_, index) => index % step === 0 || index === points.length - 1);
  return some.flatMap(({ x, y }) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
}

/** How far an arrow key moves the paper, in pixels. */
const STEP = 60;

/** Where an arrow key leads. */
export function stepOf(key: string): Point | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { x: -STEP, y: 0 };
    case 'ArrowRight':
      return { x: STEP, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -STEP };
    case 'ArrowDown':
      return { x: 0, y: STEP };
    default:
      return undefined;
  }
}

/** A name that no other board has. */
export function freeName(base: (count: number) => string, taken: readonly string[]): string {
  for (let count = taken.length + 1; ; count += 1) {
    const name = base(count);
    if (!taken.includes(name)) return name;
  }
}

/** A name for the file of a board that every disk takes. */
export const fileName = (name: string, ending: string): string =>
  `${name.replaceAll(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'whiteboard'}.${ending}`;
