import * as v from 'valibot';
import { MAX_HINT_NUMBERS } from './limits.ts';
import { Actor } from './participant.ts';

/** One whiteboard of a room. What is on it is had by `whiteboard-read`. */
export const Whiteboard = v.object({
  /** `w_` and random; made by the page that creates it, so that creating again doubles nothing. */
  id: v.string(),
  name: v.string(),
  /** Whether hosts alone draw on it. */
  locked: v.boolean(),
  /** ms since the epoch, the server's clock. */
  at: v.number(),
  /** Who made it, as they were called then. */
  by: Actor,
  /** Its generation: another one begins when a host clears it. */
  gen: v.number(),
});
export type Whiteboard = v.InferOutput<typeof Whiteboard>;

const coordinate = v.pipe(v.number(), v.minValue(-1e9), v.maxValue(1e9));

/** A stroke in progress, as others may see it until it is there. */
export const WhiteboardStroke = v.strictObject({
  color: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i)),
  width: v.pipe(v.number(), v.minValue(0), v.maxValue(10_000)),
  /** `x, y, x, y …` */
  points: v.pipe(v.array(coordinate), v.maxLength(MAX_HINT_NUMBERS)),
});
export type WhiteboardStroke = v.InferOutput<typeof WhiteboardStroke>;

/** Where somebody points. */
export const whiteboardHint = {
  x: coordinate,
  y: coordinate,
  stroke: v.optional(WhiteboardStroke),
};
