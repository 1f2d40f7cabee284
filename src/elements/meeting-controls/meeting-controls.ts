import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { PanelRequestEvent } from '../../events/panel-request.ts';
import { PANELS, type Panel } from '../shared/panels.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { isOn, renderDevice } from '../shared/device-button.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { controlsView, isTyping, next } from './meeting-controls.model.ts';
import { canShare, renderShare, toggleShare } from './share-button.ts';
import { styles } from './meeting-controls.styles.ts';

/**
 * The bar of a call: microphone, camera, screen, the panels, leave. Where it is narrow, the panels are in
 * "More". Arrow keys move in it, and the Tab key stops once, and at Leave.
 *
 * @tag meeting-controls
 * @slot - More controls, before Leave.
 * @fires {PanelRequestEvent} panel-request - Somebody wants to see a panel, or no longer.
 * @csspart controls - The bar.
 * @csspart microphone-button - The microphone's toggle.
 * @csspart camera-button - The camera's toggle.
 * @csspart screen-button - The toggle of the own screen; none where the browser shares no screens.
 * @csspart panel-button - The toggle of a panel.
 */
export class MeetingControls extends LitElement {
  static override styles = [tokens, deviceButton, styles];

  /** The room, or its id, for controls outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Leaves out the Leave button, for a page that has its own. */
  @property({ type: Boolean, attribute: 'without-leave' }) withoutLeave = false;
  /** Leaves out the button that shares the screen. */
  @property({ type: Boolean, attribute: 'without-screen-share' }) withoutScreenShare = false;
  /** Turns the keys M, V, P and Ctrl/⌘+Shift+L off. */
  @property({ type: Boolean, attribute: 'without-shortcuts' }) withoutShortcuts = false;

  readonly #room = new RoomController(this, controlsView);

  @state() private stop = 'microphone';
  #keys: { shell: HTMLElement; abort: AbortController } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hearKeys(undefined);
  }

  protected override updated(): void {
    this.#hearKeys(this.withoutShortcuts ? undefined : this.#room.value?.shell);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view || (view.phase !== 'joined' && view.phase !== 'reconnecting')) return nothing;
    const { devices: texts } = this.#room.locale.texts;
    const panels = this.#panels();
    const shares = canShare() && !this.withoutScreenShare;
    return html`<div
      class="bar"
      part="controls"
      role="toolbar"
      aria-label=${texts.toolbar}
      @keydown=${this.#walk}
      @focusin=${this.#remember}
    >
      ${renderDevice({
        device: 'microphone',
        state: view.devices.microphone,
        texts,
        ...this.#shortcutOf('M'),
        tabbable: this.stop === 'microphone',
        toggle: this.#toggleMicrophone,
      })}
      ${renderDevice({
        device: 'camera',
        state: view.devices.camera,
        texts,
        ...this.#shortcutOf('V'),
        tabbable: this.stop === 'camera',
        toggle: this.#toggleCamera,
      })}
      ${
        shares
          ? renderShare(view, this.#room.locale.texts, this.stop === 'screen', () =>
              toggleShare(view),
            )
          : nothing
      }
      ${panels.length > 0 ? html`<span class="gap"></span>` : nothing}
      ${panels.map((panel) => this.#renderPanel(panel))}
      ${
        shares || panels.some(({ inBar }) => !inBar)
          ? html`<meeting-more
              data-stop="more"
              exportparts="menu, menu-item"
              .meeting=${this.meeting}
              .tabbable=${this.stop === 'more'}
              .withoutScreenShare=${this.withoutScreenShare}
            ></meeting-more>`
          : nothing
      }
      <slot></slot>
      ${
        this.withoutLeave
          ? nothing
          : html`<leave-menu
              exportparts="leave-button, menu, menu-item"
              .meeting=${this.meeting}
              .withoutShortcuts=${this.withoutShortcuts}
            ></leave-menu>`
      }
    </div>`;
  }

  #renderPanel(panel: Panel): TemplateResult {
    const { name, key, icon, inBar, isDialog } = panel;
    const { texts } = this.#room.locale;
    const view = this.#room.value;
    const open = view?.open === name;
    const title = panel.title(texts);
    const count = view?.[`${name}:`] ?? 0;
    const shortcut = key ? this.#shortcutOf(key).shortcut : undefined;
    return html`<button
      class="device panel ${inBar ? 'in-bar' : ''} ${open ? 'open' : ''}"
      part="panel-button"
      type="button"
      data-stop=${name}
      tabindex=${this.stop === name ? 0 : -1}
      aria-label=${title}
      aria-description=${(count > 0 && panel.counted?.(texts, count)) || nothing}
      aria-haspopup=${isDialog ? 'dialog' : nothing}
      aria-expanded=${isDialog ? nothing : String(open)}
      aria-keyshortcuts=${shortcut ?? nothing}
      data-count=${count > 99 ? '99+' : count || nothing}
      data-tip=${shortcut ? `${title} (${shortcut})` : title}
      @click=${() => this.#togglePanel(name)}
    >
      ${icon()}
    </button>`;
  }

  #panels(): Panel[] {
    const { offered = [] } = this.#room.value ?? {};
    return PANELS.filter(({ name }) => offered.includes(name));
  }

  #shortcutOf(key: string): { shortcut?: string } {
    return this.withoutShortcuts ? {} : { shortcut: key };
  }

  /** What the arrow keys go through: what can be seen now. */
  #stops(): HTMLElement[] {
    const all = this.shadowRoot?.querySelectorAll<HTMLElement>('.device, meeting-more, leave-menu');
    return [...(all ?? [])].filter((stop) => stop.checkVisibility());
  }

  #hearKeys(shell: HTMLElement | undefined): void {
    if (this.#keys?.shell === shell) return;
    this.#keys?.abort.abort();
    this.#keys = undefined;
    if (!shell) return;
    const abort = new AbortController();
    this.#keys = { shell, abort };
    shell.addEventListener('keydown', this.#shortcut, { signal: abort.signal });
  }

  readonly #toggleMicrophone = (): void => {
    const { store, devices } = this.#room.value ?? {};
    // A device that does not start says so in `devices`, with what to do.
    if (devices) void store?.setMicrophone(!isOn(devices.microphone)).catch(() => undefined);
  };

  readonly #toggleCamera = (): void => {
    const { store, devices } = this.#room.value ?? {};
    if (devices) void store?.setCamera(!isOn(devices.camera)).catch(() => undefined);
  };

  #togglePanel(name: string): void {
    const isOpen = this.#room.value?.open === name;
    this.#room.request(new PanelRequestEvent(isOpen ? null : name));
  }

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event)) return;
    const phase = this.#room.value?.phase;
    if (phase !== 'joined' && phase !== 'reconnecting') return;
    if (event.code === 'KeyM') this.#toggleMicrophone();
    else if (event.code === 'KeyV') this.#toggleCamera();
    else {
      const panel = this.#panels().find(({ key }) => key && event.code === `Key${key}`);
      if (panel) this.#togglePanel(panel.name);
    }
  };

  readonly #walk = (event: KeyboardEvent): void => {
    const stops = this.#stops();
    const at = stops.findIndex((stop) => stop.matches(':focus, :focus-within'));
    const rtl = getComputedStyle(this).direction === 'rtl';
    const target = stops[next(event.key, at, stops.length, rtl) ?? -1];
    if (!target) return;
    event.preventDefault();
    target.focus();
  };

  readonly #remember = (event: Event): void => {
    const { stop } = (event.target as HTMLElement).dataset;
    if (stop) this.stop = stop;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-controls': MeetingControls;
  }
}
