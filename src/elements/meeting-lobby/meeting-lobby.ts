import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import type { DevicesState, VideoSource } from '../../core/state.ts';
import type { ErrorCode, MeetingError } from '../../protocol/meeting-error.ts';
import { iconVideoOff } from '../device-icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { isOn, renderDevice } from '../shared/device-button.ts';
import { browserOf, deviceHelp } from '../shared/device-help.model.ts';
import { explain } from '../shared/errors.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-lobby.styles.ts';

/**
 * The join screen: own picture, devices, name. It works without devices.
 *
 * @tag meeting-lobby
 * @slot logo - Above the heading.
 * @csspart lobby - The screen.
 * @csspart preview - The own picture.
 * @csspart join-button - The button that joins.
 */
export class MeetingLobby extends LitElement {
  static override styles = [tokens, button, deviceButton, styles];

  /** The room, or its id, for a join screen outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** What the name box begins with. */
  @property() name = '';
  /** What is shown as the room's name. */
  @property() room = '';
  /** Somebody else says who this is, so that the name may stay empty. */
  @property({ type: Boolean, attribute: 'name-optional' }) nameOptional = false;

  readonly #room = new RoomController(this, ({ store }) => ({
    connection: store.connection.value,
    devices: store.devices.value,
    store,
  }));

  @state() private missing = false;
  @query('input') private readonly input!: HTMLInputElement;
  @query('video') private readonly video!: HTMLVideoElement | null;

  #shown: { source: VideoSource; video: HTMLVideoElement } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#show(undefined);
  }

  protected override updated(): void {
    this.#show(this.#room.value?.devices.preview);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    const { lobby } = this.#room.locale.texts;
    const { connection, devices } = view;
    const joining = connection.phase === 'joining';
    return html`<div class="lobby" part="lobby">
      ${this.#renderPreview(devices)}
      <form novalidate @submit=${this.#join}>
        <slot name="logo"></slot>
        <header>
          <h1>${lobby.heading}</h1>
          ${this.room ? html`<p class="room">${this.room}</p>` : nothing}
        </header>
        <label>
          ${lobby.name}
          <input
            name="name"
            autocomplete="name"
            maxlength="200"
            aria-invalid=${this.missing ? 'true' : nothing}
            aria-describedby=${this.missing ? 'missing' : nothing}
            .value=${this.name}
            @input=${this.#typed}
          />
        </label>
        ${
          this.missing
            ? html`<p class="missing" id="missing" role="alert">${lobby.nameMissing}</p>`
            : nothing
        }
        <button
          class="button primary join"
          part="join-button"
          aria-disabled=${joining ? 'true' : nothing}
        >
          ${joining ? lobby.joining : lobby.join}
        </button>
        ${
          connection.phase === 'idle' && connection.error
            ? this.#renderProblem(connection.error)
            : nothing
        }
        ${this.#renderHelp(devices)}
      </form>
    </div>`;
  }

  #renderPreview(devices: DevicesState): TemplateResult {
    const { lobby, devices: texts } = this.#room.locale.texts;
    const starting = devices.camera.phase === 'starting';
    return html`<div class="preview" part="preview">
      ${
        devices.preview
          ? html`<video
              aria-label=${lobby.preview}
              autoplay
              playsinline
              muted
              disablepictureinpicture
            ></video>`
          : html`<div class="empty">
              ${iconVideoOff()}<span>${starting ? lobby.cameraStarting : lobby.cameraOff}</span>
            </div>`
      }
      <div class="devices">
        ${renderDevice({
          device: 'microphone',
          state: devices.microphone,
          texts,
          toggle: this.#toggleMicrophone,
        })}
        ${renderDevice({
          device: 'camera',
          state: devices.camera,
          texts,
          toggle: this.#toggleCamera,
        })}
      </div>
    </div>`;
  }

  #renderProblem(error: MeetingError): TemplateResult {
    const { title, text } = explain(error.code, this.#room.locale.texts);
    return html`<p class="problem" role="alert"><strong>${title}</strong><span>${text}</span></p>`;
  }

  #renderHelp({ camera, microphone }: DevicesState): TemplateResult | typeof nothing {
    const codes = [camera, microphone].flatMap((device): ErrorCode[] =>
      device.phase === 'blocked' ? [device.code] : [],
    );
    if (codes.length === 0) return nothing;
    const { texts } = this.#room.locale;
    const browser = browserOf(navigator.userAgent);
    const lines = new Set(codes.map((code) => deviceHelp(code, texts, browser)));
    return html`<div class="help" role="status">
      ${[...lines].map((line) => html`<div>${line}</div>`)} ${texts.lobby.anyway}
      <button type="button" @click=${this.#retryDevices}>${texts.help.retry}</button>
    </div>`;
  }

  #show(source: VideoSource | undefined): void {
    const video = this.video ?? undefined;
    if (this.#shown?.source === source && this.#shown?.video === video) return;
    this.#shown?.source.detach(this.#shown.video);
    this.#shown = source && video && { source, video };
    if (!this.#shown) return;
    // The attribute of a template does not mute; only the property does.
    this.#shown.video.muted = true;
    this.#shown.source.attach(this.#shown.video);
  }

  readonly #typed = (): void => {
    this.name = this.input.value;
    this.missing = false;
  };

  readonly #join = (event: Event): void => {
    event.preventDefault();
    const view = this.#room.value;
    if (!view || view.connection.phase === 'joining') return;
    const name = this.input.value.trim();
    this.missing = name === '' && !this.nameOptional;
    if (this.missing) {
      this.input.focus();
      return;
    }
    // Why it failed stands in `connection`, which is shown here.
    void view.store.join(name ? { name } : {}).catch(() => undefined);
  };

  // A device that does not start says so in `devices`, with what to do.
  #set(device: 'camera' | 'microphone', on: boolean): void {
    const store = this.#room.value?.store;
    const started = device === 'camera' ? store?.setCamera(on) : store?.setMicrophone(on);
    void started?.catch(() => undefined);
  }

  readonly #toggleMicrophone = (): void => {
    const { devices } = this.#room.value ?? {};
    if (devices) this.#set('microphone', !isOn(devices.microphone));
  };

  readonly #toggleCamera = (): void => {
    const { devices } = this.#room.value ?? {};
    if (devices) this.#set('camera', !isOn(devices.camera));
  };

  readonly #retryDevices = (): void => {
    const { devices } = this.#room.value ?? {};
    if (devices?.camera.phase === 'blocked') this.#set('camera', true);
    if (devices?.microphone.phase === 'blocked') this.#set('microphone', true);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-lobby': MeetingLobby;
  }
}
