import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { CallEndRequestEvent } from '../../events/call-end-request.ts';
import { CallLeaveRequestEvent } from '../../events/call-leave-request.ts';
import { iconLogOut } from '../icons.generated.ts';
import { longPress } from '../shared/long-press.ts';
import { isFocusGone, walkMenu } from '../shared/menu-keys.ts';
import { menu } from '../shared/menu.styles.ts';
import { Popup } from '../shared/popup.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { Typeahead } from '../shared/typeahead.ts';
import { Hover } from './hover.ts';
import { styles } from './leave-menu.styles.ts';
import { hintOf, ICONS, leaveView, type Way, WAYS } from './ways.ts';

/**
 * The way out of the call: one red button, and for hosts a menu of the ways to end it. Shows nothing
 * while one is not in a call.
 *
 * Click, Enter and Space leave. For hosts, hover, ArrowUp, a long press, a tap and Ctrl/⌘+Shift+L
 * open the menu; focus alone does not.
 *
 * @tag leave-menu
 * @fires {CallLeaveRequestEvent} call-leave-request - Somebody wants to leave.
 * @fires {CallEndRequestEvent} call-end-request - A host wants to end the call.
 * @csspart leave-button - The button.
 * @csspart menu - The menu.
 * @csspart menu-item - One way to leave.
 * @cssstate open - While the menu is open.
 */
export class LeaveMenu extends LitElement {
  static override styles = [tokens, menu, styles];
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };

  /** The room, or its id, for a button outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Turns Ctrl/⌘+Shift+L off. */
  @property({ type: Boolean, attribute: 'without-shortcuts' }) withoutShortcuts = false;

  readonly #room = new RoomController(this, leaveView);
  readonly #internals = this.attachInternals();

  @state() private open = false;
  @query('.leave') private readonly button!: HTMLElement | null;
  @query('.menu') private readonly menu!: HTMLElement | null;

  readonly #popup = new Popup({
    host: this,
    button: () => this.button,
    menu: () => this.menu,
    close: (focus) => this.#close(focus),
  });
  readonly #typeahead = new Typeahead();
  #hover: Hover | undefined;
  #keys: { shell: HTMLElement; abort: AbortController } | undefined;
  #forgetPress: (() => void) | undefined;
  /** A long press ends in a click that is not meant. */
  #pressed = false;
  #touched = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
    this.#hearKeys(undefined);
    this.#forgetPress?.();
  }

  protected override willUpdate(): void {
    const view = this.#room.value;
    const inside = view?.phase === 'joined' || view?.phase === 'reconnecting';
    if (this.open && !(inside && view.host)) this.#close();
  }

  protected override updated(changed: PropertyValues): void {
    this.#hearKeys(this.withoutShortcuts ? undefined : this.#room.value?.shell);
    if (!changed.has('open')) return;
    if (this.open) this.#internals.states.add('open');
    else this.#internals.states.delete('open');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { phase, host, last, leaving, ending } = this.#room.value ?? {};
    if (phase !== 'joined' && phase !== 'reconnecting') return nothing;
    const { leave } = this.#room.locale.texts;
    const busy = leaving || ending;
    return html`<button
        class="leave"
        part="leave-button"
        type="button"
        title=${last ? leave.lastHint : host ? nothing : leave.call}
        aria-haspopup=${host ? 'menu' : nothing}
        aria-expanded=${host ? String(this.open) : nothing}
        aria-controls=${host ? 'menu' : nothing}
        aria-keyshortcuts=${host && !this.withoutShortcuts ? 'Control+Shift+L' : nothing}
        aria-disabled=${busy ? 'true' : nothing}
        @click=${this.#clicked}
        @keydown=${this.#buttonKey}
        @pointerenter=${() => this.#hover?.enter()}
        @pointermove=${this.#hovered}
        @pointerleave=${() => this.#hover?.leave()}
        @pointerdown=${this.#pressedDown}
        @contextmenu=${this.#contextMenu}
      >
        ${iconLogOut()}<span>${ending ? leave.ending : leave.leave}</span>
      </button>
      ${host ? this.#renderMenu(last === true) : nothing}`;
  }

  /** A name is the title alone, as what is said to press; what follows describes it. */
  #renderMenu(last: boolean): TemplateResult {
    const { leave } = this.#room.locale.texts;
    return html`<div
      class="menu"
      id="menu"
      part="menu"
      role="menu"
      popover="manual"
      aria-label=${leave.menu}
      @keydown=${this.#menuKey}
      @focusout=${this.#focusLeft}
    >
      ${WAYS.map(
        (way) =>
          html`<button
            class="item ${way.startsWith('end') ? 'danger' : ''}"
            part="menu-item"
            role="menuitem"
            type="button"
            tabindex="-1"
            aria-describedby="${way}-hint"
            @click=${() => this.#choose(way)}
          >
            ${ICONS[way]()}
            <span class="words">
              <span class="title">${leave[way]}</span>
              <span class="hint" id="${way}-hint" aria-hidden="true"
                >${hintOf(way, last, leave)}</span
              >
            </span>
          </button>`,
      )}
    </div>`;
  }

  #items(): HTMLElement[] {
    return [...(this.menu?.querySelectorAll<HTMLElement>('.item') ?? [])];
  }

  /** @param focus The item that gets the focus; none for a pointer that only hovers. */
  #open(focus?: 'first' | 'last'): void {
    if (this.#busy()) return;
    this.open = true;
    this.#popup.show();
    if (!focus) return;
    this.#hover?.stop();
    this.#items()
      .at(focus === 'first' ? 0 : -1)
      ?.focus();
  }

  #close(focus = false): void {
    this.#hover?.stop();
    if (!this.open) return;
    this.open = false;
    if (focus) this.button?.focus();
    this.#popup.hide();
  }

  #choose(way: Way): void {
    this.#close(true);
    if (this.#busy()) return;
    if (way === 'call') this.#room.request(new CallLeaveRequestEvent());
    else this.#room.request(new CallEndRequestEvent(way === 'endOthers'));
  }

  #busy(): boolean {
    const { leaving, ending } = this.#room.value ?? {};
    return leaving === true || ending === true;
  }

  #hearKeys(shell: HTMLElement | undefined): void {
    if (this.#keys?.shell === shell) return;
    this.#keys?.abort.abort();
    this.#keys = undefined;
    if (!shell || !this.isConnected) return;
    const abort = new AbortController();
    this.#keys = { shell, abort };
    shell.addEventListener('keydown', this.#shortcut, { signal: abort.signal });
  }

  readonly #clicked = (event: MouseEvent): void => {
    // Keys and assistive technology click without a pointer: `detail` counts its clicks.
    const touched = this.#touched && event.detail !== 0;
    const pressed = this.#pressed;
    this.#touched = false;
    this.#pressed = false;
    if (pressed || this.#busy()) return;
    if (touched && this.#room.value?.host) {
      if (this.open) this.#close();
      else this.#open();
      return;
    }
    this.#close();
    this.#room.request(new CallLeaveRequestEvent());
  };

  readonly #hovered = (event: PointerEvent): void => {
    if (!this.#room.value?.host) return;
    this.#hover ??= new Hover(this.ownerDocument, {
      boxes: () => ({
        button: (this.button ?? this).getBoundingClientRect(),
        menu: this.open ? this.menu?.getBoundingClientRect() : undefined,
      }),
      open: () => this.#open(),
      close: () => this.#close(),
    });
    // Open by keys or a tap: the pointer doesn't close it.
    if (!this.open) this.#hover.over(event);
  };

  readonly #pressedDown = (event: PointerEvent): void => {
    this.#touched = event.pointerType === 'touch';
    this.#pressed = false;
    if (event.pointerType === 'mouse' || !this.#room.value?.host) return;
    this.#forgetPress?.();
    this.#forgetPress = longPress(event.currentTarget as HTMLElement, () => {
      this.#pressed = true;
      this.#open();
    });
  };

  // What a long press brings on Android, and the menu key anywhere.
  readonly #contextMenu = (event: MouseEvent): void => {
    if (!this.#room.value?.host) return;
    event.preventDefault();
    this.#open();
  };

  readonly #buttonKey = (event: KeyboardEvent): void => {
    if (!this.#room.value?.host || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowUp') this.#open('last');
    else if (event.key === 'ArrowDown') this.#open('first');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #menuKey = (event: KeyboardEvent): void => {
    const { leave } = this.#room.locale.texts;
    const titles = WAYS.map((way) => leave[way]);
    walkMenu(event, {
      items: () => this.#items(),
      close: (focus) => this.#close(focus),
      find: (key, at) => this.#typeahead.type(key, at, titles),
    });
  };

  readonly #focusLeft = (event: FocusEvent): void => {
    if (isFocusGone(event, this.menu, this.button)) this.#close();
  };

  readonly #shortcut = (event: KeyboardEvent): void => {
    const combined = (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey;
    // Two buttons of one room: the first one answers.
    if (!combined || event.code !== 'KeyL' || event.defaultPrevented || !this.button) return;
    event.preventDefault();
    if (this.#room.value?.host) this.#open('first');
    else this.button.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'leave-menu': LeaveMenu;
  }
}
