import type { Board, BoardChange } from '../../core/board-state.ts';
import { type BoardKeysPorts, pressOnPaper, ZOOM_STEP } from './board-keys.ts';
import type { Drawing } from './drawing.ts';
import type { Picture } from './pictures.ts';
import { Pointers, type PointersPorts } from './pointers.ts';
import {
  type Ink,
  INKS,
  MARKER_WIDTH,
  type Point,
  thinned,
  type Tool,
} from './whiteboard.model.ts';

export interface PaperPorts {
  who: PointersPorts['who'];
  /** A key chose a tool. */
  chose(tool: Tool): void;
  /** How many items there are is another number than before. */
  counted(): void;
  /** What somebody drew is on the paper. */
  drew(identity: string): void;
}

/** A board on screen: the drawing, where the others point, and what pointers and keys do. */
export class Paper implements BoardKeysPorts {
  readonly #drawing: Drawing;
  readonly #pointers: Pointers;
  readonly #ports: PaperPorts;
  readonly #life = new AbortController();
  #board: Board | undefined;
  #opened = new AbortController();
  #tool: Tool = 'pen';
  #ink: Ink = { color: '#000000', width: 1 };
  #isReadOnly = false;
  /** What is drawn between pressing and letting go; undefined when nothing is. */
  #stroke: Point[] | undefined;
  #shown = new Set<string>();

  /**
   * @param module What draws, fetched by whoever makes this.
   * @param box Where the drawing goes. @param over What lies above it.
   */
  constructor(
    module: { Drawing: typeof Drawing },
    { box, over, label }: { box: HTMLElement; over: HTMLElement; label: string },
    ports: PaperPorts,
  ) {
    this.#ports = ports;
    this.#drawing = new module.Drawing(box, label, {
      edited: (changes) => this.#edited(changes),
      moved: () => this.#pointers.draw(),
    });
    this.#pointers = new Pointers(over, {
      who: ports.who,
      toScreen: (point) => this.#drawing.toScreen(point),
      scale: () => this.#drawing.scale,
    });
    const { signal } = this.#life;
    const early = { signal, capture: true };
    box.addEventListener('keydown', this.#key, early);
    box.addEventListener('pointerdown', this.#down, early);
    box.addEventListener('pointermove', this.#move, { signal, passive: true });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      box.addEventListener(end, () => (this.#stroke = undefined), { signal });
    }
  }

  /** Shows another board. */
  open(board: Board): void {
    this.close();
    this.#board = board;
    this.#opened = new AbortController();
    board.listen(
      {
        changed: (changes) => this.#show(changes),
        hinted: (identity, hint) => this.#pointers.hear(identity, hint),
        drew: (identity) => {
          this.#pointers.arrived(identity);
          this.#ports.drew(identity);
        },
      },
      this.#opened.signal,
    );
    this.#show([...board.items()].map(([id, item]) => ({ id, item })));
    this.fit();
  }

  /** Shows none. */
  close(): void {
    this.#opened.abort();
    this.#board = undefined;
    this.#pointers.clear();
    this.#show([...this.#shown].map((id) => ({ id })));
  }

  dispose(): void {
    this.close();
    this.#life.abort();
    this.#drawing.dispose();
  }

  get area(): HTMLElement | null {
    return this.#drawing.area;
  }

  get hasSelection(): boolean {
    return this.#drawing.hasSelection;
  }

  get count(): number {
    return this.#shown.size;
  }

  use(tool: Tool, ink: Ink): void {
    this.#tool = tool;
    this.#ink = ink;
    this.#drawing.use(this.#isReadOnly ? 'hand' : tool, ink);
  }

  setReadOnly(isReadOnly: boolean): void {
    if (isReadOnly === this.#isReadOnly) return;
    this.#isReadOnly = isReadOnly;
    this.#drawing.deselect();
    this.#drawing.setReadOnly(isReadOnly);
    this.use(this.#tool, this.#ink);
  }

  tool(tool: Tool): void {
    this.#ports.chose(tool);
  }

  undo(): void {
    if (this.#isReadOnly) return;
    this.#drawing.deselect();
    this.#board?.undo();
  }

  redo(): void {
    if (this.#isReadOnly) return;
    this.#drawing.deselect();
    this.#board?.redo();
  }

  pan(by: Point): void {
    this.#drawing.pan(by);
  }

  zoom(factor: number): void {
    this.#drawing.zoom(factor);
  }

  zoomIn(): void {
    this.zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.zoom(1 / ZOOM_STEP);
  }

  fit(): void {
    this.#drawing.fit();
  }

  removeSelection(): void {
    if (!this.#isReadOnly) this.#drawing.removeSelection();
  }

  deselect(): void {
    this.#drawing.deselect();
  }

  async addPictures(pictures: readonly Picture[], isFixed = false): Promise<void> {
    if (this.#isReadOnly || pictures.length === 0) return;
    await this.#drawing.addPictures(pictures, isFixed);
    if (pictures.length > 1) this.fit();
  }

  get hasFixed(): boolean {
    return this.#drawing.hasFixed;
  }

  removeFixed(): void {
    if (!this.#isReadOnly) this.#drawing.removeFixed();
  }

  png(): Promise<Blob> {
    return this.#drawing.png();
  }

  svg(): Blob {
    return new Blob([this.#drawing.svg()], { type: 'image/svg+xml' });
  }

  #edited(changes: readonly BoardChange[]): void {
    this.#board?.change(changes);
    this.#count(changes);
  }

  #show(changes: readonly BoardChange[]): void {
    const wasEmpty = this.#shown.size === 0;
    this.#drawing.apply(changes);
    this.#count(changes);
    // What is there when one comes is all in sight; later nobody moves one's paper.
    if (wasEmpty && this.#board?.state.peek().phase === 'loading') this.fit();
  }

  #count(changes: readonly BoardChange[]): void {
    for (const { id, item } of changes) {
      if (item) this.#shown.add(id);
      else this.#shown.delete(id);
    }
    this.#ports.counted();
  }

  readonly #key = (event: KeyboardEvent): void => {
    // In the box of the text tool, keys write, and are no shortcuts of the room.
    const [target] = event.composedPath();
    if (target instanceof Element && target.closest('.anchored-element-overlay')) return;
    if (!pressOnPaper(event, this)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #down = (event: PointerEvent): void => {
    if (event.pointerType === 'pen') this.#drawing.fingersPan();
    const isInk = event.isPrimary && event.button === 0 && INKS.has(this.#tool);
    this.#stroke = isInk && !this.#isReadOnly ? [this.#at(event)] : undefined;
  };

  readonly #move = (event: PointerEvent): void => {
    const at = this.#at(event);
    this.#stroke?.push(at);
    const { color, width } = this.#ink;
    const points = this.#stroke && thinned(this.#stroke);
    const wide = this.#tool === 'marker' ? width * MARKER_WIDTH : width;
    this.#board?.hint({ ...at, ...(points && { stroke: { color, width: wide, points } }) });
  };

  #at({ clientX, clientY }: PointerEvent): Point {
    const box = this.area?.getBoundingClientRect();
    const { x, y } = this.#drawing.toPaper({
      x: clientX - (box?.left ?? 0),
      y: clientY - (box?.top ?? 0),
    });
    return { x, y };
  }
}
