import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { PanelRequestEvent } from '../../events/panel-request.ts';
import { iconEllipsis } from '../icons.generated.ts';
import { PANELS, type Panel } from '../shared/panels.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { isFocusGone, walkMenu } from '../shared/menu-keys.ts';
import { menu } from '../shared/menu.styles.ts';
import { Popup } from '../shared/popup.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { Typeahead } from '../shared/typeahead.ts';
import { controlsView } from './meeting-controls.model.ts';
import { canShare, renderShareItem, toggleShare } from './share-button.ts';
import { styles } from './meeting-more.styles.ts';

/**
 * The menu of what has no room in a narrow bar, under the same names.
 *
 * @tag meeting-more
 * @fires {PanelRequestEvent} panel-request - Somebody wants to see a panel, or no longer.
 * @csspart menu - The menu.
 * @csspart menu-item - One of its items.
 */
export class MeetingMore extends LitElement {
  static override styles = [tokens, deviceButton, menu, styles];
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };

  /** The room, or its id, for a menu outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Whether the Tab key stops here. */
  @property({ attribute: false }) tabbable = true;
  /** Leaves out what shares the screen. */
  @property({ attribute: false }) withoutScreenShare = false;

  readonly #room = new RoomController(this, controlsView);

  @state() private open = false;
  @query('.device') private readonly button!: HTMLElement | null;
  @query('.menu') private readonly menu!: HTMLElement | null;

  readonly #typeahead = new Typeahead();
  readonly #popup = new Popup({
    host: this,
    button: () => this.button,
    menu: () => this.menu,
    close: (focus) => this.#close(focus),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override render(): TemplateResult {
    const { panels } = this.#room.locale.texts;
    return html`<button
        class="device on"
        type="button"
        tabindex=${this.tabbable ? 0 : -1}
        aria-label=${panels.more}
        aria-haspopup="menu"
        aria-expanded=${String(this.open)}
        data-tip=${panels.more}
        @click=${() => (this.open ? this.#close(true) : this.#show(0))}
        @keydown=${this.#buttonKey}
      >
        ${iconEllipsis()}
      </button>
      <div
        class="menu"
        part="menu"
        role="menu"
        popover="manual"
        aria-label=${panels.more}
        @keydown=${this.#menuKey}
        @focusout=${this.#focusLeft}
      >
        ${this.#renderShare()} ${this.#panels().map((panel) => this.#renderItem(panel))}
      </div>`;
  }

  #renderShare(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view || this.withoutScreenShare || !canShare()) return nothing;
    return renderShareItem(view, this.#room.locale.texts, () => {
      if (!view.whyNot) this.#close(true);
      toggleShare(view);
    });
  }

  #renderItem(panel: Panel): TemplateResult {
    const { texts } = this.#room.locale;
    const count = this.#room.value?.[`${panel.name}:`] ?? 0;
    return html`<button
      class="item ${panel.inBar ? 'in-bar' : ''}"
      part="menu-item"
      role="menuitem"
      type="button"
      tabindex="-1"
      aria-label=${panel.title(texts)}
      aria-description=${(count > 0 && panel.counted?.(texts, count)) || nothing}
      data-count=${count || nothing}
      @click=${() => this.#choose(panel.name)}
    >
      ${panel.icon()}<span class="title">${panel.title(texts)}</span>
    </button>`;
  }

  #panels(): Panel[] {
    const { offered = [] } = this.#room.value ?? {};
    return PANELS.filter(({ name }) => offered.includes(name));
  }

  #items(): HTMLElement[] {
    const all = this.menu?.querySelectorAll<HTMLElement>('.item') ?? [];
    return [...all].filter((item) => item.checkVisibility());
  }

  #show(at: number): void {
    this.open = true;
    this.#popup.show();
    this.#items().at(at)?.focus();
  }

  #close(focus = false): void {
    if (!this.open) return;
    this.open = false;
    if (focus) this.button?.focus();
    this.#popup.hide();
  }

  #choose(name: string): void {
    this.#close(true);
    const isOpen = this.#room.value?.open === name;
    this.#room.request(new PanelRequestEvent(isOpen ? null : name));
  }

  readonly #buttonKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowUp') this.#show(-1);
    else if (event.key === 'ArrowDown') this.#show(0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #menuKey = (event: KeyboardEvent): void =>
    walkMenu(event, {
      items: () => this.#items(),
      close: (focus) => this.#close(focus),
      find: (key, at, items) =>
        this.#typeahead.type(
          key,
          at,
          items.map((item) => item.ariaLabel ?? ''),
        ),
    });

  readonly #focusLeft = (event: FocusEvent): void => {
    if (isFocusGone(event, this.menu, this.button)) this.#close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-more': MeetingMore;
  }
}
