import type { Rect2 } from 'js-draw';
import {
  type AbstractRenderer,
  Color4,
  type ComponentBuilder,
  type ComponentBuilderFactory,
  Path,
  type PathCommand,
  PathCommandType,
  pathToRenderable,
  Stroke,
  type StrokeDataPoint,
  Vec2,
  Viewport,
} from 'js-draw';
import { ellipseIn, type Point } from './whiteboard.model.ts';

/** Draws an ellipse into the box between where one pressed and where one is. */
export const makeEllipseBuilder: ComponentBuilderFactory = (start, viewport) =>
  new EllipseBuilder(start, viewport);

class EllipseBuilder implements ComponentBuilder {
  readonly #start: StrokeDataPoint;
  readonly #viewport: Viewport;
  #end: StrokeDataPoint;

  constructor(start: StrokeDataPoint, viewport: Viewport) {
    this.#start = start;
    this.#end = start;
    this.#viewport = viewport;
  }

  addPoint(point: StrokeDataPoint): void {
    this.#end = point;
  }

  build(): Stroke {
    const { color, width } = this.#end;
    const scale = this.#viewport.getScaleFactor();
    // As js-draw's own shapes: no decimals that nobody sees.
    const thickness = Viewport.roundPoint(width, 5 / scale);
    const stroke = { color, width: thickness };
    return new Stroke([pathToRenderable(this.#path(), { fill: Color4.transparent, stroke })]);
  }

  preview(renderer: AbstractRenderer): void {
    this.build().render(renderer);
  }

  getBBox(): Rect2 {
    return this.build().getBBox();
  }

  #path(): Path {
    const at = ({ x, y }: Point) => Vec2.of(x, y);
    const { start, curves } = ellipseIn(this.#start.pos, this.#end.pos);
    const commands = curves.map(([controlPoint1, controlPoint2, endPoint]): PathCommand => ({
      kind: PathCommandType.CubicBezierTo,
      controlPoint1: at(controlPoint1),
      controlPoint2: at(controlPoint2),
      endPoint: at(endPoint),
    }));
    return new Path(at(start), commands).mapPoints((point) => this.#viewport.roundPoint(point));
  }
}
