import type { Box } from '../shared/menu.model.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
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
