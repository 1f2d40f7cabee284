/** A box in the viewport, px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Between button and menu, px. */
const GAP = 8;
/** Between menu and the edge of the viewport, px. */
const MARGIN = 8;

/** Where a menu goes, and how high it may be. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly maxHeight: number;
  readonly side: 'above' | 'below';
}

/** Above the button and centred on it; below when there is more room; always inside the viewport. */
export function placeMenu(
  anchor: Box,
  menu: { width: number; height: number },
  viewport: { width: number; height: number },
): Placement {
  const above = anchor.top - GAP - MARGIN;
  const below = viewport.height - anchor.top - anchor.height - GAP - MARGIN;
  const side = menu.height <= above || above >= below ? 'above' : 'below';
  const maxHeight = Math.max(0, side === 'above' ? above : below);
  const height = Math.min(menu.height, maxHeight);
  const wish = anchor.left + anchor.width / 2 - menu.width / 2;
  const left = Math.max(MARGIN, Math.min(wish, viewport.width - menu.width - MARGIN));
  const top = side === 'above' ? anchor.top - GAP - height : anchor.top + anchor.height + GAP;
  return { left: Math.round(left), top: Math.round(top), maxHeight: Math.floor(maxHeight), side };
}

export const isIn = ({ x, y }: Point, box: Box): boolean =>
  x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height;

/**
 * Whether a pointer is on its way to the menu: inside the triangle between where it left the button
 * and the menu's nearer edge.
 */
export function isHeadingFor(menu: Box, from: Point, at: Point): boolean {
  const bottom = menu.top + menu.height;
  const y = from.y >= bottom ? bottom : menu.top;
  return isInTriangle(at, from, { x: menu.left, y }, { x: menu.left + menu.width, y });
}

function isInTriangle(at: Point, a: Point, b: Point, c: Point): boolean {
  const side = (from: Point, to: Point): number =>
    (at.x - to.x) * (from.y - to.y) - (from.x - to.x) * (at.y - to.y);
  const sides = [side(a, b), side(b, c), side(c, a)];
  return sides.every((each) => each >= 0) || sides.every((each) => each <= 0);
}

/** The item that a key leads to, of `count`; undefined for a key that doesn't move. */
export function walk(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return at <= 0 ? count - 1 : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** The next item after `at` that begins with what was typed; one letter again goes on to the next. */
export function find(typed: string, at: number, titles: readonly string[]): number | undefined {
  const letters = [...typed.toLocaleLowerCase()];
  const same = letters.every((letter) => letter === letters[0]);
  const wanted = same ? (letters[0] ?? '') : letters.join('');
  // A longer word may still be the item one is on.
  const start = same ? at + 1 : Math.max(0, at);
  for (let step = 0; step < titles.length; step += 1) {
    const index = (start + step) % titles.length;
    if (titles[index]?.toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}
