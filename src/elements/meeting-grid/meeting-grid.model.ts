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

/** `grid`: all are equal. `speaker`: whoever speaks is large, and the others are in a strip. */
export type Layout = 'grid' | 'speaker';

/** Who is in the call, who shares a screen, and who is to be large. */
export interface Crowd {
  readonly roster: readonly string[];
  readonly screens: readonly string[];
  readonly isSharing: boolean;
  readonly self?: string | undefined;
  readonly layout: Layout;
  readonly activeSpeaker?: string | undefined;
}

/** A place on the stage, px from its start and top. */
export interface Rect {
  readonly start: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The one tile that is large. */
export interface Large extends Rect {
  readonly identity: string;
}

/** What a grid shows on one of its pages. Sizes in px. */
export interface Visible {
  readonly shown: readonly string[];
  readonly pages: number;
  /** The box of the people, with the bar that turns pages. */
  readonly people: { readonly width: number; readonly height: number };
  /** The box in it of the equal tiles, and what is left free below that. */
  readonly tiles: Rect & { readonly below: number };
  readonly large: Large | undefined;
  readonly alone: boolean;
  /** The others' screens, and whether the people stand beside them. */
  readonly screens: readonly string[];
  readonly isBeside: boolean;
  readonly isOwnShown: boolean;
}

export function see(
  crowd: Crowd,
  size: { readonly width: number; readonly height: number },
  page: number,
): Visible {
  const { roster, screens: all, isSharing, self } = crowd;
  const screens = all.filter((identity) => identity !== self);
  // A strip beside a whiteboard has no room for it; the bar below says the same.
  const isOwnShown = isSharing && size.height >= ROOM_FOR_OWN;
  const box = { width: size.width, height: size.height - (isOwnShown ? OWN_SCREEN : 0) };
  const { isBeside, ...people } = screens.length > 0 ? split(box) : { ...box, isBeside: false };
  const one = screens.length > 0 ? undefined : largeOf(crowd);
  const seen = one === undefined ? seeAll(roster, people, page) : seeOne(one, roster, people, page);
  return { ...seen, people, alone: roster.length === 1, screens, isBeside, isOwnShown };
}

/** Who is large; nobody in a grid, and nobody who is alone. */
function largeOf({ layout, roster, self, activeSpeaker }: Crowd): string | undefined {
  if (layout !== 'speaker' || roster.length < 2) return undefined;
  if (activeSpeaker !== undefined && roster.includes(activeSpeaker)) return activeSpeaker;
  return roster.find((identity) => identity !== self);
}

type Seen = Pick<Visible, 'shown' | 'pages' | 'tiles' | 'large'>;
type Box = Visible['people'];

function seeAll(roster: readonly string[], box: Box, page: number): Seen {
  const { size, pages, height } = paginate(roster.length, box.width, box.height);
  const tiles = { start: 0, top: 0, width: box.width, height, below: 0 };
  return { shown: pageOf(roster, page, pages, size), pages, tiles, large: undefined };
}

/** The large one stays while pages are turned; all keep the order in which they came. */
function seeOne(identity: string, roster: readonly string[], box: Box, page: number): Seen {
  const others = roster.filter((each) => each !== identity);
  let stage = box;
  let strip = split(stage);
  if (pageSize(others.length, strip.width, strip.height) < others.length) {
    stage = { ...box, height: box.height - PAGES_HEIGHT };
    strip = split(stage);
  }
  const size = pageSize(others.length, strip.width, strip.height);
  const pages = Math.ceil(others.length / size);
  const shown = new Set([identity, ...pageOf(others, page, pages, size)]);
  const places = strip.isBeside ? beside(stage, strip) : above(stage, strip, shown.size - 1);
  return {
    shown: roster.filter((each) => shown.has(each)),
    pages,
    tiles: places.tiles,
    large: { identity, ...places.large },
  };
}

type Places = Pick<Visible, 'tiles'> & { readonly large: Rect };

/** The large one in the middle of its part of the stage. */
function beside({ width, height }: Box, strip: Box): Places {
  const start = width - strip.width;
  const large = fit(start - GAP, height);
  const [x, y] = [(start - GAP - large.width) / 2, (height - large.height) / 2];
  return {
    tiles: { start, top: 0, width: strip.width, height, below: 0 },
    large: { start: x, top: y, ...large },
  };
}

/** What is free is above the large one and below the others, and not between them. */
function above({ width, height }: Box, strip: Box, count: number): Places {
  const large = fit(width, height - strip.height - GAP);
  const { rows, tileHeight } = arrange(count, strip.width, strip.height);
  const tiles = rows * (tileHeight + GAP) - GAP;
  const free = Math.max(0, Math.floor((height - large.height - GAP - tiles) / 2));
  return {
    tiles: { start: 0, top: free + large.height + GAP, width, height: tiles, below: free },
    large: { start: (width - large.width) / 2, top: free, ...large },
  };
}

/** The largest tile in a box. */
function fit(boxWidth: number, boxHeight: number): Box {
  const width = Math.max(0, Math.floor(Math.min(boxWidth, boxHeight * RATIO)));
  return { width, height: Math.floor(width / RATIO) };
}

function pageOf(
  all: readonly string[],
  page: number,
  pages: number,
  size: number,
): readonly string[] {
  const start = Math.min(page, pages - 1) * size;
  return all.slice(start, start + size);
}

/** Where the tile at `index` of `count` begins in the arrangement, px from its start and top. */
function place(
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

/** Who stands where: the box of the equal tiles, who is in it, and how they are arranged. */
export interface Standing extends Pick<Visible, 'shown' | 'tiles' | 'large'> {
  readonly arrangement: Arrangement;
}

/** Where somebody stands on the stage; undefined when they don't. */
export function rectOf(
  identity: string,
  { shown, tiles, large, arrangement: of }: Standing,
): Rect | undefined {
  if (identity === large?.identity) return large;
  const equal = shown.filter((each) => each !== large?.identity);
  const index = equal.indexOf(identity);
  if (index < 0) return undefined;
  const { start, top } = place(index, equal.length, of);
  return {
    // They are in the middle of their box.
    start: tiles.start + (tiles.width - of.columns * (of.tileWidth + GAP) + GAP) / 2 + start,
    top: tiles.top + (tiles.height - of.rows * (of.tileHeight + GAP) + GAP) / 2 + top,
    width: of.tileWidth,
    height: of.tileHeight,
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
