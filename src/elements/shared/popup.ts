import { placeMenu } from './menu.model.ts';

/** What a popup needs of its element. */
export interface PopupPorts {
  readonly host: HTMLElement;
  button(): HTMLElement | null;
  menu(): HTMLElement | null;
  /** @param focus Whether the focus was in the popup, and goes back to the button. */
  close(focus: boolean): void;
}

/** Shows a popover beside its button, above all else, until Escape or a press elsewhere. */
export class Popup {
  readonly #ports: PopupPorts;
  #shown: AbortController | undefined;

  constructor(ports: PopupPorts) {
    this.#ports = ports;
  }

  get shown(): boolean {
    return this.#shown !== undefined;
  }

  show(): void {
    if (this.#shown) return;
    this.#shown = new AbortController();
    this.#ports.menu()?.showPopover();
    this.#place();
    const { signal } = this.#shown;
    const { ownerDocument } = this.#ports.host;
    ownerDocument.addEventListener('pointerdown', this.#outside, { signal, capture: true });
    ownerDocument.addEventListener('keydown', this.#escape, { signal, capture: true });
    ownerDocument.addEventListener('scroll', this.#scrolled, { signal, capture: true });
    ownerDocument.defaultView?.addEventListener('resize', this.#place, { signal });
  }

  hide(): void {
    this.#shown?.abort();
    this.#shown = undefined;
    const menu = this.#ports.menu();
    if (menu?.matches(':popover-open')) menu.hidePopover();
  }

  readonly #place = (): void => {
    const button = this.#ports.button();
    const menu = this.#ports.menu();
    const view = this.#ports.host.ownerDocument.defaultView;
    if (!button || !menu || !view) return;
    menu.style.removeProperty('--_max');
    const { left, top, maxHeight, side } = placeMenu(
      button.getBoundingClientRect(),
      { width: menu.offsetWidth, height: menu.offsetHeight },
      { width: view.innerWidth, height: view.innerHeight },
    );
    menu.style.setProperty('--_left', `${left}px`);
    menu.style.setProperty('--_top', `${top}px`);
    menu.style.setProperty('--_max', `${maxHeight}px`);
    menu.classList.toggle('below', side === 'below');
  };

  readonly #scrolled = (event: Event): void => {
    if (event.target !== this.#ports.menu()) this.#place();
  };

  readonly #outside = (event: Event): void => {
    if (!event.composedPath().includes(this.#ports.host)) this.#ports.close(false);
  };

  // Also while the focus is elsewhere, as when a pointer hovers.
  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#ports.close(this.#ports.menu()?.matches(':focus-within') === true);
  };
}
