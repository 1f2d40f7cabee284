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

/** The line above the people that says that one's own screen is shared, with the gap, px. */
const OWN_SCREEN = 64;
/** The least height of a stage with that line, px. */
const ROOM_FOR_OWN = 240;

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

/** Beside a screen, the people keep this much of the box's width, px. */
const STRIP = { least: 132, most: 240, share: 0.18 };
/** Above the people, a screen takes no more than this of the box's height. */
const SCREEN_MOST = 0.6;

/** The box that is left for the tiles when screens are shown, and whether they stand beside it. */
export function split({ width, height }: { width: number; height: number }): {
  width: number;
  height: number;
  isBeside: boolean;
} {
  const isBeside = width > height * 1.2 && (width >= 560 || height < 240);
  if (isBeside) {
    const strip = Math.min(STRIP.most, Math.max(STRIP.least, Math.round(width * STRIP.share)));
    const screen = Math.min(width - strip - GAP, Math.ceil(height * RATIO));
    return { width: width - screen - GAP, height, isBeside };
  }
  const screen = Math.round(Math.min(width / RATIO, height * SCREEN_MOST));
  return { width, height: height - screen - GAP, isBeside };
}

/** Who is in the call, and who shares a screen. */
export interface Crowd {
  readonly roster: readonly string[];
  readonly screens: readonly string[];
  readonly isSharing: boolean;
  readonly self: string | undefined;
}

/** What a grid shows on one of its pages. Sizes in px. */
export interface Visible {
  readonly shown: readonly string[];
  readonly pages: number;
  /** The box of the people; `height` is without the bar that turns pages. */
  readonly people: { readonly width: number; readonly height: number };
  readonly height: number;
  readonly alone: boolean;
  /** The others' screens, and whether the people stand beside them. */
  readonly screens: readonly string[];
  readonly isBeside: boolean;
  readonly isOwnShown: boolean;
}

export function see(
  { roster, screens: all, isSharing, self }: Crowd,
  size: { readonly width: number; readonly height: number },
  page: number,
): Visible {
  const screens = all.filter((identity) => identity !== self);
  // A strip beside a whiteboard has no room for it; the bar below says the same.
  const isOwnShown = isSharing && size.height >= ROOM_FOR_OWN;
  const box = { width: size.width, height: size.height - (isOwnShown ? OWN_SCREEN : 0) };
  const { isBeside, ...people } = screens.length > 0 ? split(box) : { ...box, isBeside: false };
  const { size: most, pages, height } = paginate(roster.length, people.width, people.height);
  const start = Math.min(page, pages - 1) * most;
  const shown = roster.slice(start, start + most);
  const alone = roster.length === 1;
  return { shown, pages, people, height, alone, screens, isBeside, isOwnShown };
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
