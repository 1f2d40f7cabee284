import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { isFocusGone, walkMenu } from './menu-keys.ts';
import { Popup } from './popup.ts';

/** One thing to do with what a menu is about. */
export interface Option {
  readonly title: string;
  /** What follows, or why it can't be. */
  readonly hint?: string | undefined;
  readonly icon: () => TemplateResult;
  readonly danger?: boolean;
  /** Whether it can't be done now. */
  readonly isOff?: boolean;
  act(): void;
}

/** How the button looks from outside. */
export interface OptionsButton {
  readonly label: string;
  readonly icon: () => TemplateResult;
  readonly part?: string;
  readonly tabIndex?: number;
}

type Host = ReactiveControllerHost &
  HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

/** A button with dots, and the menu of what there is to do that it opens. Styled by `menu` and `iconButton`. */
export class OptionsMenu implements ReactiveController {
  readonly #host: Host;
  readonly #popup: Popup;
  #isOpen = false;

  constructor(host: Host) {
    this.#host = host;
    this.#popup = new Popup({
      host,
      button: () => this.button,
      menu: () => this.#menu,
      close: (focus) => this.close(focus),
    });
    host.addController(this);
  }

  get button(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.options');
  }

  close(focus = false): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (focus) this.button?.focus();
    this.#popup.hide();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.close();
  }

  hostUpdated(): void {
    if (!this.#isOpen || this.#popup.shown) return;
    this.#popup.show();
    this.#items().at(0)?.focus();
  }

  /** @param options Asked for while the menu is open. */
  render(button: OptionsButton, options: () => readonly Option[]): TemplateResult {
    const { label, icon, part, tabIndex } = button;
    return html`<button
        class="icon-button options"
        part=${ifDefined(part)}
        type="button"
        tabindex=${ifDefined(tabIndex)}
        aria-label=${label}
        title=${label}
        aria-haspopup="menu"
        aria-expanded=${String(this.#isOpen)}
        @click=${this.#toggle}
      >
        ${icon()}
      </button>
      ${
        this.#isOpen
          ? html`<div
              class="menu"
              part="menu"
              role="menu"
              popover="manual"
              aria-label=${label}
              @keydown=${this.#key}
              @focusout=${this.#focusLeft}
            >
              ${options().map((option, index) => this.#renderOption(option, index))}
            </div>`
          : nothing
      }`;
  }

  /** A name is the title alone; what follows describes it. */
  #renderOption({ title, hint, icon, danger, isOff, act }: Option, index: number): TemplateResult {
    return html`<button
      class="item ${danger ? 'danger' : ''}"
      part="menu-item"
      role="menuitem"
      type="button"
      tabindex="-1"
      aria-describedby=${hint ? `hint-${index}` : nothing}
      aria-disabled=${isOff ? 'true' : nothing}
      @click=${() => {
        if (isOff) return;
        this.close(true);
        act();
      }}
    >
      ${icon()}
      <span class="words">
        <span class="title">${title}</span>
        ${
          hint
            ? html`<span class="hint" id="hint-${index}" aria-hidden="true">${hint}</span>`
            : nothing
        }
      </span>
    </button>`;
  }

  get #menu(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.menu');
  }

  #items(): HTMLElement[] {
    return [...(this.#menu?.querySelectorAll<HTMLElement>('.item') ?? [])];
  }

  readonly #toggle = (): void => {
    if (this.#isOpen) this.close(true);
    else {
      this.#isOpen = true;
      this.#host.requestUpdate();
    }
  };

  readonly #key = (event: KeyboardEvent): void =>
    walkMenu(event, { items: () => this.#items(), close: (focus) => this.close(focus) });

  readonly #focusLeft = (event: FocusEvent): void => {
    if (isFocusGone(event, this.#menu, this.button)) this.close();
  };
}
