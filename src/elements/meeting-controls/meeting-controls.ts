import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { isOn, renderDevice } from '../shared/device-button.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { isTyping } from './meeting-controls.model.ts';
import { styles } from './meeting-controls.styles.ts';

/**
 * The bar of a call: microphone, camera, leave. One stop for the Tab key; arrow keys move in it.
 *
 * @tag meeting-controls
 * @slot - More controls, before Leave.
 * @csspart controls - The bar.
 * @csspart microphone-button - The microphone's toggle.
 * @csspart camera-button - The camera's toggle.
 */
export class MeetingControls extends LitElement {
  static override styles = [tokens, deviceButton, styles];

  /** The room, or its id, for controls outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Leaves out the Leave button, for a page that has its own. */
  @property({ type: Boolean, attribute: 'without-leave' }) withoutLeave = false;
  /** Turns the keys M, V and Ctrl/⌘+Shift+L off. */
  @property({ type: Boolean, attribute: 'without-shortcuts' }) withoutShortcuts = false;

  readonly #room = new RoomController(this, ({ store, shell }) => ({
    devices: store.devices.value,
    phase: store.connection.value.phase,
    store,
    shell,
  }));

  @state() private stop = 0;
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
    const shortcut = (key: string): { shortcut?: string } =>
      this.withoutShortcuts ? {} : { shortcut: key };
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
        ...shortcut('M'),
        tabbable: this.stop === 0,
        toggle: this.#toggleMicrophone,
      })}
      ${renderDevice({
        device: 'camera',
        state: view.devices.camera,
        texts,
        ...shortcut('V'),
        tabbable: this.stop === 1,
        toggle: this.#toggleCamera,
      })}
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

  #stops(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.device, leave-menu') ?? [])];
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

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event)) return;
    const phase = this.#room.value?.phase;
    if (phase !== 'joined' && phase !== 'reconnecting') return;
    if (event.code === 'KeyM') this.#toggleMicrophone();
    else if (event.code === 'KeyV') this.#toggleCamera();
  };

  readonly #walk = (event: KeyboardEvent): void => {
    const stops = this.#stops();
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const at = stops.findIndex((stop) => stop.matches(':focus, :focus-within'));
    const steps: Record<string, number> = {
      [forward]: at + 1,
      [back]: at - 1,
      Home: 0,
      End: stops.length - 1,
    };
    const target = stops.at((steps[event.key] ?? at) % stops.length);
    if (!(event.key in steps) || !target) return;
    event.preventDefault();
    target.focus();
  };

  readonly #remember = (event: Event): void => {
    const at = this.#stops().indexOf(event.target as HTMLElement);
    if (at === 0 || at === 1) this.stop = at;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-controls': MeetingControls;
  }
}
