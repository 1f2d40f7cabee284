import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { requestKey } from '../../core/state.ts';
import { KnockWithdrawRequestEvent } from '../../events/knock-withdraw-request.ts';
import type { Knock } from '../../protocol/knock.ts';
import { iconCircleAlert, iconWifiOff } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { entrance } from '../shared/entrance.styles.ts';
import { browserOf, deviceHelp } from '../shared/device-help.model.ts';
import { isOn } from '../shared/device-button.ts';
import { reasonOf } from '../shared/errors.model.ts';
import { ShownVideo, renderPreview } from '../shared/preview.ts';
import { type Refusal, refusalOf, refusalText } from '../shared/refusal.ts';
import { duration, ticking } from '../shared/ticking.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-waiting.styles.ts';

/**
 * What somebody sees who waits at the door: that the host was asked, for how long, until when, and
 * the own picture with a word on who sees it.
 *
 * @tag meeting-waiting
 * @fires {KnockWithdrawRequestEvent} knock-withdraw-request - Somebody wants to wait no longer.
 * @csspart waiting - The screen.
 * @csspart preview - The own picture.
 * @csspart camera-switch - The switch that shows the own picture to hosts.
 * @csspart stop-button - The button that stops waiting.
 */
export class MeetingWaiting extends LitElement {
  static override styles = [tokens, button, deviceButton, entrance, styles];

  /** The room, or its id, for a screen outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** What is shown as the room's name. */
  @property() room = '';

  readonly #room = new RoomController(this, ({ store }) => ({
    connection: store.connection.value,
    devices: store.devices.value,
    stopping: store.requests.value.get(requestKey('knock-withdraw'))?.phase === 'pending',
    showing: store.requests.value.get(requestKey('knock-camera')),
    store,
  }));

  @state() private refusal: Refusal | undefined;
  @query('video') private readonly video!: HTMLVideoElement | null;
  @query('h1') private readonly heading!: HTMLElement | null;

  readonly #shown = new ShownVideo();
  #told: string | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown.show(undefined, null);
  }

  protected override updated(): void {
    const view = this.#room.value;
    this.#shown.show(view?.devices.preview, this.video);
    const knock = view?.connection.phase === 'waiting' ? view.connection.knock.identity : undefined;
    // The screen is new: a screen reader reads its heading, and Tab goes on from here.
    if (knock !== undefined && knock !== this.#told && this.#mayTakeFocus()) this.heading?.focus();
    this.#told = knock;
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (view?.connection.phase !== 'waiting') return nothing;
    const { texts } = this.#room.locale;
    const { store, devices, stopping } = view;
    const { knock, offline } = view.connection;
    return html`<div class="entrance ${offline ? 'offline' : ''}" part="waiting">
      ${renderPreview({ store, devices, texts, seen: this.#seen(knock) })}
      <section class="words" aria-labelledby="heading">
        <header>
          <h1 id="heading" tabindex="-1" aria-describedby="asked until">
            ${texts.waiting.heading}
          </h1>
          ${this.room ? html`<p class="room">${this.room}</p>` : nothing}
        </header>
        <div class="bar" aria-hidden="true"></div>
        ${this.#renderStatus(knock)} ${this.#renderSwitch(knock)}
        ${
          knock.message
            ? html`<blockquote><span>${texts.waiting.message}</span>${knock.message}</blockquote>`
            : nothing
        }
        <div class="note" role="status">${this.#renderNote(offline)}</div>
        <button
          class="button stop"
          part="stop-button"
          type="button"
          aria-disabled=${stopping ? 'true' : nothing}
          @click=${this.#stop}
        >
          ${stopping ? texts.waiting.stopping : texts.waiting.stop}
        </button>
      </section>
    </div>`;
  }

  #renderStatus({ at, expiresAt }: Knock): TemplateResult {
    const { waiting } = this.#room.locale.texts;
    return html`<div class="status">
      <strong id="asked">${waiting.asked}</strong>
      <span>${ticking(() => waiting.since(duration(Date.now() - at)))}</span>
      <span id="until">${waiting.until(expiresAt)}</span>
    </div>`;
  }

  /** The own picture goes to nobody but by this; the camera's own button is for oneself. */
  #renderSwitch({ camera }: Knock): TemplateResult {
    const { waiting } = this.#room.locale.texts;
    const { showing } = this.#room.value ?? {};
    const pending = showing?.phase === 'pending';
    return html`<label class="switch" part="camera-switch">
      <input
        type="checkbox"
        role="switch"
        .checked=${live(camera !== pending)}
        aria-busy=${pending ? 'true' : nothing}
        @change=${this.#show}
      />
      <span>${waiting.show}</span>
    </label>`;
  }

  /** Who sees the picture; undefined when there is none. */
  #seen({ camera }: Knock): string | undefined {
    const { waiting } = this.#room.locale.texts;
    if (!isOn(this.#room.value?.devices.camera ?? { phase: 'off' })) return undefined;
    return camera ? waiting.seen : waiting.unseen;
  }

  #renderNote(offline: boolean): TemplateResult | typeof nothing {
    const note = this.#note(offline);
    if (note === undefined) return nothing;
    return html`${offline ? iconWifiOff() : iconCircleAlert()}<span>${note}</span>`;
  }

  #note(offline: boolean): string | undefined {
    const { texts } = this.#room.locale;
    const { devices, showing } = this.#room.value ?? {};
    if (offline) return texts.waiting.offline;
    const why = refusalText(this.refusal, texts);
    if (why !== undefined) return why;
    if (showing?.phase !== 'failed') return undefined;
    const { camera } = devices ?? {};
    return camera?.phase === 'blocked'
      ? deviceHelp(camera.code, texts, browserOf(navigator.userAgent))
      : reasonOf(showing.error, texts);
  }

  /** Only the focus that was the room's: a page may have its own things to do. */
  #mayTakeFocus(): boolean {
    const active = this.ownerDocument.activeElement;
    return active === this.ownerDocument.body || active === this.#room.room?.shell;
  }

  readonly #stop = async (): Promise<void> => {
    if (this.#room.value?.stopping !== false) return;
    this.refusal = undefined;
    this.refusal = await refusalOf(this.#room.request(new KnockWithdrawRequestEvent()));
  };

  readonly #show = (event: Event): void => {
    const { store } = this.#room.value ?? {};
    const input = event.target as HTMLInputElement;
    // What came of it stands in the knock, and in `requests` or the devices when it failed.
    void store?.setKnockCamera(input.checked).catch(() => this.requestUpdate());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-waiting': MeetingWaiting;
  }
}
