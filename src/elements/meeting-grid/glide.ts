import type { ParticipantTile } from '../participant-tile/participant-tile.ts';
import { GAP, place, type Arrangement } from './meeting-grid.model.ts';

/** How long tiles glide to their new places, ms. */
const GLIDE = 200;

/** Who stands where: the tiles' box, who is in it, and how they are arranged. Sizes in px. */
export interface Standing {
  readonly shown: readonly string[];
  readonly arrangement: Arrangement;
  readonly width: number;
  readonly height: number;
}

/** What puts a tile where it stood before, in lines that go `forward`: 1 to the right, -1 to the left. */
type Move = (forward: 1 | -1) => string;

/** The tiles that stand elsewhere now than before. */
export function movesOf(
  tiles: readonly ParticipantTile[],
  from: Standing,
  to: Standing,
): Map<ParticipantTile, Move> {
  const moves = new Map<ParticipantTile, Move>();
  const stood = from.width === to.width && from.height === to.height;
  const same =
    to.shown.length === from.shown.length && to.shown.every((id, i) => id === from.shown[i]);
  const isEmpty = from.arrangement.tileWidth === 0 || to.arrangement.tileWidth === 0;
  // A box of another size is another picture: nothing glides there.
  if (same || !stood || isEmpty) return moves;
  const [fromBox, toBox] = [corner(from), corner(to)];
  for (const [index, each] of tiles.entries()) {
    const before = from.shown.indexOf(each.identity);
    if (before < 0) continue;
    const was = place(before, from.shown.length, from.arrangement);
    const is = place(index, to.shown.length, to.arrangement);
    const x = fromBox.start + was.start - toBox.start - is.start;
    const y = fromBox.top + was.top - toBox.top - is.top;
    const scale = from.arrangement.tileWidth / to.arrangement.tileWidth;
    moves.set(each, (forward) => `translate(${x * forward}px, ${y}px) scale(${scale})`);
  }
  return moves;
}

/** Where the tiles begin in their box. */
function corner({ arrangement: of, width, height }: Standing): { start: number; top: number } {
  return {
    start: (width - of.columns * (of.tileWidth + GAP) + GAP) / 2,
    top: (height - of.rows * (of.tileHeight + GAP) + GAP) / 2,
  };
}

/** Has each tile come from where it was. Styles are asked for once: each time the browser works them out. */
export function glide(moves: ReadonlyMap<HTMLElement, Move>): void {
  const [first] = moves.keys();
  if (!first || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const forward = getComputedStyle(first).direction === 'rtl' ? -1 : 1;
  const transformOrigin = forward === 1 ? 'top left' : 'top right';
  for (const [tile, move] of moves) {
    const transform = move(forward);
    tile.animate(
      [
        { transform, transformOrigin },
        { transform: 'none', transformOrigin },
      ],
      { duration: GLIDE, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' },
    );
  }
}
