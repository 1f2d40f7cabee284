import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { DeviceChoice, DeviceInfo } from '../../core/device-state.ts';
import type { DeviceState } from '../../core/state.ts';
import { settings } from '../../locales/en-settings.ts';
import { button } from '../shared/button.styles.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { browserOf, deviceHelp } from '../shared/device-help.model.ts';
import { ShownVideo, renderPreview } from '../shared/preview.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-device-settings.styles.ts';
import { sections } from './sections.styles.ts';

type Kind = keyof DeviceChoice;

/** How many bars the level has. */
const BARS = 14;

/**
 * Camera, microphone and speaker: which one, and whether it works.
 *
 * @tag meeting-device-settings
 * @csspart preview - The own picture.
 */
export class MeetingDeviceSettings extends LitElement {
  static override styles = [tokens, button, deviceButton, sections, styles];

  /** The room, or its id, for settings outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({
      store,
      devices: store.devices.value,
      list: store.deviceList.value,
      choice: store.deviceChoice.value,
    }),
    { settings },
  );

  @state() private test: 'playing' | 'failed' | undefined;
  @query('video') private readonly video!: HTMLVideoElement | null;
  @query('.level') private readonly level!: HTMLElement | null;

  readonly #shown = new ShownVideo();
  #watch: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.abort();
    this.#watch = undefined;
    this.#shown.show(undefined, null);
  }

  protected override updated(): void {
    const { store, devices } = this.#room.value ?? {};
    this.#shown.show(devices?.preview, this.video);
    if (!store || this.#watch || !this.isConnected) return;
    this.#watch = new AbortController();
    store.watchDevices(this.#watch.signal);
    store.followLevel(this.#showLevel, this.#watch.signal);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    const { texts } = this.#room.locale;
    const { store, devices, list } = view;
    const words = texts.settings.devices;
    return html`<div class="columns">
      ${renderPreview({ store, devices, texts })}
      <div class="fields">
        ${this.#renderChoice('camera', words.camera, list.cameras)}
        ${this.#renderTrouble(devices.camera)}
        ${this.#renderChoice('microphone', words.microphone, list.microphones)}
        ${this.#renderLevel(devices.microphone)} ${this.#renderTrouble(devices.microphone)}
        ${
          list.speakers.length > 0
            ? this.#renderChoice('speaker', words.speaker, list.speakers)
            : html`<p class="hint">${words.speakerFixed}</p>`
        }
        <div class="test">
          <button
            class="button"
            type="button"
            aria-disabled=${this.test === 'playing' ? 'true' : nothing}
            @click=${this.#testSpeaker}
          >
            ${this.test === 'playing' ? words.testing : words.test}
          </button>
          <span role="status">${this.test === 'failed' ? words.testFailed : nothing}</span>
        </div>
      </div>
    </div>`;
  }

  #renderChoice(kind: Kind, title: string, infos: readonly DeviceInfo[]): TemplateResult {
    const { devices: words } = this.#room.locale.texts.settings;
    const chosen = this.#room.value?.choice[kind] ?? '';
    // One that is unplugged now is not there to choose; the browser takes another meanwhile.
    const isThere = infos.some(({ id }) => id === chosen);
    return html`<label class="field">
      ${title}
      <select name=${kind} @change=${this.#choose}>
        <option value="" ?selected=${!isThere}>${words.system}</option>
        ${infos.map(
          ({ id, label }, index) =>
            html`<option value=${id} ?selected=${id === chosen}>
              ${label || words.nameless(title, index + 1)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #renderLevel({ phase }: DeviceState): TemplateResult {
    const { devices: words } = this.#room.locale.texts.settings;
    return html`<div
        class="level"
        role="meter"
        aria-label=${words.level}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow="0"
      >
        ${Array.from({ length: BARS }, () => html`<i></i>`)}
      </div>
      ${phase === 'off' ? html`<p class="hint">${words.microphoneOff}</p>` : nothing}`;
  }

  #renderTrouble(device: DeviceState): TemplateResult | typeof nothing {
    if (device.phase !== 'blocked') return nothing;
    const { texts } = this.#room.locale;
    const help = deviceHelp(device.code, texts, browserOf(navigator.userAgent));
    return html`<p class="trouble" role="alert">${help}</p>`;
  }

  /** Without a render: it comes sixteen times a second. */
  readonly #showLevel = (level: number): void => {
    const { level: meter } = this;
    if (!meter) return;
    const on = Math.round(level * BARS);
    meter.setAttribute('aria-valuenow', String(Math.round(level * 100)));
    for (const [index, bar] of [...meter.children].entries()) {
      bar.classList.toggle('on', index < on);
    }
  };

  readonly #choose = (event: Event): void => {
    const { name, value } = event.target as HTMLSelectElement;
    // A device that does not start says so in `devices`, with what to do.
    void this.#room.value?.store.chooseDevice(name as Kind, value).catch(() => undefined);
  };

  readonly #testSpeaker = async (): Promise<void> => {
    const { store } = this.#room.value ?? {};
    if (!store || this.test === 'playing') return;
    this.test = 'playing';
    try {
      await store.testSpeaker();
      this.test = undefined;
    } catch {
      // Whatever the browser says of it, the person hears nothing.
      this.test = 'failed';
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-device-settings': MeetingDeviceSettings;
  }
}
