import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { requestKey } from '../../core/state.ts';
import type { Knock } from '../../protocol/knock.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { iconWifiOff } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { entrance } from '../shared/entrance.styles.ts';
import { explain } from '../shared/errors.model.ts';
import { ShownVideo, renderPreview } from '../shared/preview.ts';
import { duration, ticking } from '../shared/ticking.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-waiting.styles.ts';

/**
 * What somebody sees who waits at the door: that the host was asked, for how long, until when, and
 * the own picture.
 *
 * @tag meeting-waiting
 * @csspart waiting - The screen.
 * @csspart preview - The own picture.
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
    store,
  }));

  @state() private failure: MeetingError | undefined;
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
      ${renderPreview({ store, devices, texts })}
      <section class="words" aria-labelledby="heading">
        <header>
          <h1 id="heading" tabindex="-1" aria-describedby="asked until">
            ${texts.waiting.heading}
          </h1>
          ${this.room ? html`<p class="room">${this.room}</p>` : nothing}
        </header>
        <div class="bar" aria-hidden="true"></div>
        ${this.#renderStatus(knock)}
        ${
          knock.message
            ? html`<blockquote><span>${texts.waiting.message}</span>${knock.message}</blockquote>`
            : nothing
        }
        <div class="note" role="status">${this.#note(offline)}</div>
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

  #note(offline: boolean): TemplateResult | typeof nothing {
    const { texts } = this.#room.locale;
    if (offline) return html`${iconWifiOff()}<span>${texts.waiting.offline}</span>`;
    if (!this.failure) return nothing;
    const { title, text } = explain(this.failure.code, texts);
    return html`${iconWifiOff()}<span>${title}. ${text}</span>`;
  }

  /** Only the focus that was the room's: a page may have its own things to do. */
  #mayTakeFocus(): boolean {
    const active = this.ownerDocument.activeElement;
    return active === this.ownerDocument.body || active === this.#room.room?.shell;
  }

  readonly #stop = async (): Promise<void> => {
    const { store, stopping } = this.#room.value ?? {};
    if (!store || stopping) return;
    this.failure = undefined;
    try {
      await store.withdrawKnock();
    } catch (error) {
      this.failure =
        error instanceof MeetingError
          ? error
          : new MeetingError('server-unreachable', 'Withdrawing failed.', { cause: error });
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-waiting': MeetingWaiting;
  }
}
