import type { ParticipantTile } from '../participant-tile/participant-tile.ts';
import { rectOf, type Standing } from './meeting-grid.model.ts';

/** How long tiles glide to their new places, ms. */
const GLIDE = 200;

/** What puts a tile where it stood before, in lines that go `forward`: 1 to the right, -1 to the left. */
type Move = (forward: 1 | -1) => string;

/** The tiles that stand elsewhere now than before. */
export function movesOf(
  tiles: readonly ParticipantTile[],
  from: Standing,
  to: Standing,
): Map<ParticipantTile, Move> {
  const moves = new Map<ParticipantTile, Move>();
  const same =
    to.shown.length === from.shown.length &&
    to.shown.every((id, i) => id === from.shown[i]) &&
    to.large?.identity === from.large?.identity;
  // A box of another size is another picture: nothing glides there.
  if (same || !isSameBox(from, to)) return moves;
  for (const tile of tiles) {
    const was = rectOf(tile.identity, from);
    const is = rectOf(tile.identity, to);
    if (!was?.width || !is?.width) continue;
    const [x, y] = [was.start - is.start, was.top - is.top];
    const scale = was.width / is.width;
    if (x === 0 && y === 0 && scale === 1) continue;
    moves.set(tile, (forward) => `translate(${x * forward}px, ${y}px) scale(${scale})`);
  }
  return moves;
}

const isSameBox = ({ tiles: from }: Standing, { tiles: to }: Standing): boolean =>
  from.width === to.width &&
  from.height === to.height &&
  from.start === to.start &&
  from.top === to.top;

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
