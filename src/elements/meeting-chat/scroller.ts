/** Closer than this to the end counts as being there, px. */
const NEAR = 24;

/**
 * Keeps a log where its reader is: at the end while they are there, and otherwise with the same line
 * under their eyes, whatever is added above or below.
 */
export class Scroller {
  readonly #box: () => HTMLElement | null;
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #isAtEnd = true;
  /** Where the end was, when it was last gone to, px. */
  #put = -1;
  #line: { element: Element; top: number } | undefined;

  constructor(box: () => HTMLElement | null) {
    this.#box = box;
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** Watches the box, and what is in it, for changes of size. */
  observe(...elements: (Element | null)[]): void {
    for (const element of elements) if (element) this.#sizes.observe(element);
  }

  stop(): void {
    this.#sizes.disconnect();
    this.#isAtEnd = true;
    this.#line = undefined;
  }

  /** The box scrolled: by its reader, unless it is where it was put, and has only grown since. */
  moved(): void {
    const box = this.#box();
    if (!box || (this.#isAtEnd && Math.abs(box.scrollTop - this.#put) < 1)) return;
    this.#isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  /** Before the log changes: remembers the first line that is seen. */
  hold(lines: Iterable<Element>): void {
    const box = this.#box();
    if (!box || this.#isAtEnd) return;
    const { top } = box.getBoundingClientRect();
    for (const element of lines) {
      const { top: at, bottom } = element.getBoundingClientRect();
      if (bottom <= top) continue;
      this.#line = { element, top: at };
      return;
    }
  }

  /** After the log has changed. */
  settle(): void {
    const box = this.#box();
    const line = this.#line;
    this.#line = undefined;
    if (!box) return;
    if (this.#isAtEnd) return this.toEnd();
    if (line?.element.isConnected) {
      box.scrollTop += line.element.getBoundingClientRect().top - line.top;
    }
  }

  toEnd(): void {
    const box = this.#box();
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    this.#put = box.scrollTop;
    this.#isAtEnd = true;
  }

  /** Shows `element` at the start of the box, or as far there as the log reaches. */
  toStart(element: Element, above = 0): void {
    const box = this.#box();
    if (!box) return;
    box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - above;
    this.#put = -1;
    this.moved();
  }

  #resized(): void {
    if (this.#isAtEnd) this.toEnd();
  }
}
