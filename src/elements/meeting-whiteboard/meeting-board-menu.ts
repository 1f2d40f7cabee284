import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { RequestEvent } from '../../events/request-event.ts';
import { WhiteboardClearRequestEvent } from '../../events/whiteboard-clear-request.ts';
import { WhiteboardDeleteRequestEvent } from '../../events/whiteboard-delete-request.ts';
import { WhiteboardLockRequestEvent } from '../../events/whiteboard-lock-request.ts';
import { whiteboard } from '../../locales/en-whiteboard.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { isFocusGone, walkMenu } from '../shared/menu-keys.ts';
import { menu } from '../shared/menu.styles.ts';
import { Popup } from '../shared/popup.ts';
import { tokens } from '../shared/tokens.styles.ts';
import {
  iconDownload,
  iconEllipsis,
  iconEraser,
  iconLock,
  iconLockOpen,
  iconPencil,
  iconTrash2,
} from '../whiteboard-icons.generated.ts';

/** One thing to do with a whiteboard. */
interface Item {
  readonly title: string;
  readonly hint?: string;
  readonly icon: () => TemplateResult;
  readonly danger?: boolean;
  act(): void;
}

/**
 * What there is to do with a whiteboard: export, rename; and for hosts lock, clear, delete.
 *
 * @tag meeting-board-menu
 * @fires {WhiteboardLockRequestEvent} whiteboard-lock-request - A host wants to lock or unlock it.
 * @fires {WhiteboardClearRequestEvent} whiteboard-clear-request - A host wants everything off it.
 * @fires {WhiteboardDeleteRequestEvent} whiteboard-delete-request - A host wants it to be gone.
 * @fires rename - Somebody wants to give it another name.
 * @fires export-png - Somebody wants it as a picture.
 * @fires export-svg - Somebody wants it as a drawing.
 * @csspart menu - The menu.
 * @csspart menu-item - One of its items.
 */
export class MeetingBoardMenu extends LitElement {
  static override styles = [tokens, iconButton, menu];

  /** The room, or its id, for a menu outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Which one. */
  @property({ attribute: false }) whiteboard: Whiteboard | undefined;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({
      isHost: store.explain('whiteboard-lock').allowed,
      me: store.me.value?.person,
      mayDraw: store.explain('whiteboard-update').allowed,
    }),
    { whiteboard },
  );

  @state() private open = false;
  @query('.icon-button') private readonly button!: HTMLElement | null;
  @query('.menu') private readonly menu!: HTMLElement | null;

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

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('open') || !this.open) return;
    this.#popup.show();
    this.#items().at(0)?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#room.value || !this.whiteboard) return nothing;
    const label = this.#room.locale.texts.whiteboard.options(this.whiteboard.name);
    return html`<button
        class="icon-button"
        type="button"
        aria-label=${label}
        title=${label}
        aria-haspopup="menu"
        aria-expanded=${String(this.open)}
        @click=${this.#toggle}
      >
        ${iconEllipsis()}
      </button>
      ${
        this.open
          ? html`<div
              class="menu"
              part="menu"
              role="menu"
              popover="manual"
              aria-label=${label}
              @keydown=${this.#menuKey}
              @focusout=${this.#focusLeft}
            >
              ${this.#choices(this.whiteboard).map((item, index) => this.#renderItem(item, index))}
            </div>`
          : nothing
      }`;
  }

  /** A name is the title alone; what follows describes it. */
  #renderItem({ title, hint, icon, danger, act }: Item, index: number): TemplateResult {
    return html`<button
      class="item ${danger ? 'danger' : ''}"
      part="menu-item"
      role="menuitem"
      type="button"
      tabindex="-1"
      aria-describedby=${hint ? `hint-${index}` : nothing}
      @click=${() => {
        this.#close(true);
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

  #choices(board: Whiteboard): Item[] {
    const { whiteboard: texts } = this.#room.locale.texts;
    const { isHost, me, mayDraw } = this.#room.value ?? {};
    const isMine = 'person' in board.by && board.by.person === me;
    const ask = (event: RequestEvent): void => void this.#room.request(event);
    const tell = (type: string): void => void this.dispatchEvent(new Event(type));
    const items: Item[] = [
      { title: texts.png, icon: iconDownload, act: () => tell('export-png') },
      { title: texts.svg, icon: iconDownload, act: () => tell('export-svg') },
    ];
    if (mayDraw && (isHost || isMine)) {
      items.push({ title: texts.rename, icon: iconPencil, act: () => tell('rename') });
    }
    if (!isHost) return items;
    const { locked } = board;
    return [
      ...items,
      {
        title: locked ? texts.unlock : texts.lock,
        hint: locked ? texts.unlockHint : texts.lockHint,
        icon: locked ? iconLockOpen : iconLock,
        act: () => ask(new WhiteboardLockRequestEvent(board, !locked)),
      },
      {
        title: texts.clear,
        hint: texts.clearHint,
        icon: iconEraser,
        danger: true,
        act: () => ask(new WhiteboardClearRequestEvent(board)),
      },
      {
        title: texts.delete,
        icon: iconTrash2,
        danger: true,
        act: () => ask(new WhiteboardDeleteRequestEvent(board)),
      },
    ];
  }

  #items(): HTMLElement[] {
    return [...(this.menu?.querySelectorAll<HTMLElement>('.item') ?? [])];
  }

  #close(focus = false): void {
    if (!this.open) return;
    this.open = false;
    if (focus) this.button?.focus();
    this.#popup.hide();
  }

  readonly #toggle = (): void => {
    if (this.open) this.#close(true);
    else this.open = true;
  };

  readonly #menuKey = (event: KeyboardEvent): void =>
    walkMenu(event, { items: () => this.#items(), close: (focus) => this.#close(focus) });

  readonly #focusLeft = (event: FocusEvent): void => {
    if (isFocusGone(event, this.menu, this.button)) this.#close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-board-menu': MeetingBoardMenu;
  }
}
