import type { BoardHint } from '../../core/board-state.ts';
import type { Point } from './whiteboard.model.ts';

/** Who says nothing for so long points no more, in ms. */
const SILENCE = 5_000;
/** A stroke that did not arrive by then was given up, in ms. */
const STROKE_SILENCE = 2_000;

export interface PointersPorts {
  /** What somebody is called, and their hue; undefined when they are gone. */
  who(identity: string): { name: string; hue: number } | undefined;
  toScreen(point: Point): Point;
  scale(): number;
}

interface Pointed {
  hint: BoardHint;
  readonly mark: HTMLElement;
  strokeUntil: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Where the others point, and what they draw just now; above the paper, and in no file. */
export class Pointers {
  readonly #host: HTMLElement;
  readonly #ports: PointersPorts;
  readonly #ink: HTMLCanvasElement;
  readonly #shown = new Map<string, Pointed>();
  #frame: number | undefined;

  /** @param host Lies over the paper. */
  constructor(host: HTMLElement, ports: PointersPorts) {
    this.#host = host;
    this.#ports = ports;
    this.#ink = host.ownerDocument.createElement('canvas');
    host.append(this.#ink);
  }

  hear(identity: string, hint: BoardHint): void {
    const who = this.#ports.who(identity);
    if (!who) return;
    const known = this.#shown.get(identity) ?? this.#begin(identity, who.hue);
    known.hint = hint;
    known.mark.lastElementChild?.replaceChildren(who.name);
    if (hint.stroke) known.strokeUntil = performance.now() + STROKE_SILENCE;
    clearTimeout(known.timer);
    known.timer = setTimeout(() => this.#end(identity), SILENCE);
    this.draw();
  }

  /** What somebody drew has arrived: it is on the paper now. */
  arrived(identity: string): void {
    const known = this.#shown.get(identity);
    if (known) known.strokeUntil = 0;
    this.draw();
  }

  /** Places everything anew, before the next frame. */
  draw(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  clear(): void {
    for (const identity of [...this.#shown.keys()]) this.#end(identity);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #begin(identity: string, hue: number): Pointed {
    const { ownerDocument } = this.#host;
    const mark = ownerDocument.createElement('div');
    mark.className = 'pointer';
    mark.style.setProperty('--_hue', String(hue));
    const tip = ownerDocument.createElement('i');
    const name = ownerDocument.createElement('span');
    name.dir = 'auto';
    mark.append(tip, name);
    this.#host.append(mark);
    const pointed: Pointed = { hint: { x: 0, y: 0 }, mark, strokeUntil: 0, timer: undefined };
    this.#shown.set(identity, pointed);
    return pointed;
  }

  #end(identity: string): void {
    const known = this.#shown.get(identity);
    clearTimeout(known?.timer);
    known?.mark.remove();
    this.#shown.delete(identity);
    this.draw();
  }

  #draw(): void {
    const { toScreen } = this.#ports;
    const context = this.#context();
    const now = performance.now();
    for (const { hint, mark, strokeUntil } of this.#shown.values()) {
      const { x, y } = toScreen(hint);
      mark.style.setProperty('--_x', `${x}px`);
      mark.style.setProperty('--_y', `${y}px`);
      if (context && hint.stroke && strokeUntil > now) this.#stroke(context, hint.stroke);
    }
  }

  #context(): CanvasRenderingContext2D | null {
    const { clientWidth: width, clientHeight: height } = this.#host;
    const context = this.#ink.getContext('2d');
    const ratio = devicePixelRatio;
    // Setting the size also wipes it.
    this.#ink.width = Math.round(width * ratio);
    this.#ink.height = Math.round(height * ratio);
    context?.scale(ratio, ratio);
    return context;
  }

  #stroke(
    context: CanvasRenderingContext2D,
    { color, width, points }: NonNullable<BoardHint['stroke']>,
  ): void {
    context.strokeStyle = color;
    context.lineWidth = Math.max(1, width * this.#ports.scale());
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.beginPath();
    for (let at = 0; at + 1 < points.length; at += 2) {
      const { x, y } = this.#ports.toScreen({ x: points[at] ?? 0, y: points[at + 1] ?? 0 });
      if (at === 0) context.moveTo(x, y);
      context.lineTo(x, y);
    }
    context.stroke();
  }
}
