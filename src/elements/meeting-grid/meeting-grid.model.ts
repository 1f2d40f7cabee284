/** Between tiles, px. */
export const GAP = 8;
/** A tile's width by its height. */
const RATIO = 16 / 9;
/** No page has more tiles than this: faces would be too small, and each costs a video. */
const MOST_TILES = 25;
/** A tile is not narrower than this as long as fewer can be shown, px. */
const LEAST_WIDTH = 132;

/** The bar that turns pages, px. */
export const PAGES_HEIGHT = 44;

/** Equal tiles in rows, the last row centred. Sizes in px. */
export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** In a landscape box, more columns are worth this much of a tile's width. */
const COLUMNS_WORTH = 0.92;

/** The largest equal tiles for `count` people in a box; every size is 0 when there is no room. */
export function arrange(count: number, width: number, height: number): Arrangement {
  let best: Arrangement = { columns: 1, rows: Math.max(count, 1), tileWidth: 0, tileHeight: 0 };
  const worth = width > height ? COLUMNS_WORTH : 1;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const widest = (width - GAP * (columns - 1)) / columns;
    const highest = (height - GAP * (rows - 1)) / rows;
    const tileWidth = Math.floor(Math.min(widest, highest * RATIO));
    if (tileWidth > 0 && tileWidth >= best.tileWidth * worth) {
      best = { columns, rows, tileWidth, tileHeight: Math.floor(tileWidth / RATIO) };
    }
  }
  return best;
}

/** What one page of the stage holds, and how much of the box is for its tiles, px. */
export interface Page {
  readonly size: number;
  readonly pages: number;
  readonly height: number;
}

/** How `count` people are shown in a box: all, or by pages with a bar below. */
export function paginate(count: number, width: number, height: number): Page {
  if (pageSize(count, width, height) >= count)
    return { size: Math.max(count, 1), pages: 1, height };
  const left = height - PAGES_HEIGHT;
  const size = pageSize(count, width, left);
  return { size, pages: Math.ceil(count / size), height: left };
}

/** How many of `count` people one page shows in a box. */
export function pageSize(count: number, width: number, height: number): number {
  let size = Math.min(count, MOST_TILES);
  while (size > 1 && arrange(size, width, height).tileWidth < LEAST_WIDTH) size -= 1;
  return size;
}

/** Where the tile at `index` of `count` begins in the arrangement, px from its start and top. */
export function place(
  index: number,
  count: number,
  { columns, tileWidth, tileHeight }: Arrangement,
): { start: number; top: number } {
  const row = Math.floor(index / columns);
  const inRow = Math.min(columns, count - row * columns);
  const indent = ((columns - inRow) * (tileWidth + GAP)) / 2;
  return {
    start: indent + (index - row * columns) * (tileWidth + GAP),
    top: row * (tileHeight + GAP),
  };
}

/** The index that a key moves to from `index`; undefined when the key does not move. */
export function move(
  key: string,
  index: number,
  count: number,
  columns: number,
  dir: 'ltr' | 'rtl',
): number | undefined {
  const forward = dir === 'ltr' ? 1 : -1;
  const steps: Record<string, number> = {
    ArrowRight: index + forward,
    ArrowLeft: index - forward,
    ArrowDown: index + columns,
    ArrowUp: index - columns,
    Home: 0,
    End: count - 1,
  };
  const target = steps[key];
  if (target === undefined) return undefined;
  if (target >= 0 && target < count) return target;
  // Down into a last row that is not full.
  const lastRow = Math.floor((count - 1) / columns);
  const below = key === 'ArrowDown' && Math.floor(index / columns) < lastRow;
  return below ? count - 1 : index;
}
