/** A box in the viewport, px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
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
