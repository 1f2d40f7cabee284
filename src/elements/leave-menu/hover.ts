import type { Box } from '../shared/menu.model.ts';
import { isHeadingFor, isIn, type Point } from './leave-menu.model.ts';

/** How long a pointer rests on the button until the menu opens, ms. */
const OPEN_AFTER = 120;
/** How long the menu stays after the pointer left, ms. */
const CLOSE_AFTER = 300;

/** What a hover needs of its menu. */
export interface HoverPorts {
  /** Where button and menu are; no menu while it is closed. */
  boxes(): { button: Box; menu: Box | undefined };
  open(): void;
  close(): void;
}

/** Opens a menu for a pointer that rests on the button, and keeps it while the pointer travels. */
export class Hover {
  readonly #ports: HoverPorts;
  readonly #document: Document;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #closing: ReturnType<typeof setTimeout> | undefined;
  #watching: AbortController | undefined;
  #from: Point | undefined;
  /** It has opened for this stay of the pointer on the button, or something else took over. */
  #spent = false;

  constructor(document: Document, ports: HoverPorts) {
    this.#document = document;
    this.#ports = ports;
  }

  /** The pointer comes onto the button, or the button under the pointer. */
  enter(): void {
    this.#spent = false;
  }

  /**
   * The pointer moves on the button. A button that comes under a pointer which stands still, as when
   * a panel opens and the bar makes room, is not hovered.
   */
  over(event: PointerEvent): void {
    if (event.pointerType === 'touch' || this.#spent) return;
    this.#from = { x: event.clientX, y: event.clientY };
    this.#opening ??= setTimeout(() => {
      this.#opening = undefined;
      this.#spent = true;
      this.#ports.open();
      this.#watch();
    }, OPEN_AFTER);
  }

  /** The pointer is off the button again. */
  leave(): void {
    clearTimeout(this.#opening);
    this.#opening = undefined;
  }

  /** Forgets about the pointer, as when keys or a click have taken over. */
  stop(): void {
    clearTimeout(this.#opening);
    this.#opening = undefined;
    this.#spent = true;
    clearTimeout(this.#closing);
    this.#closing = undefined;
    this.#watching?.abort();
    this.#watching = undefined;
  }

  #watch(): void {
    this.#watching?.abort();
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    this.#document.addEventListener('pointermove', this.#moved, { signal, capture: true });
    // Out of the window, nothing moves any more.
    this.#document.documentElement.addEventListener('pointerleave', this.#gone, { signal });
  }

  readonly #moved = (event: PointerEvent): void => {
    const at = { x: event.clientX, y: event.clientY };
    const { button, menu } = this.#ports.boxes();
    if (!menu) return this.stop();
    const onButton = isIn(at, button);
    if (onButton) this.#from = at;
    if (onButton || isIn(at, menu)) {
      clearTimeout(this.#closing);
      this.#closing = undefined;
    } else if (this.#from && isHeadingFor(menu, this.#from, at)) {
      // Still travelling: the time begins anew with each step.
      this.#closeLater();
    } else if (this.#closing === undefined) this.#closeLater();
  };

  readonly #gone = (): void => this.#closeLater();

  #closeLater(): void {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => {
      this.stop();
      this.#ports.close();
    }, CLOSE_AFTER);
  }
}
