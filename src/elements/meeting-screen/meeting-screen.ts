import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { iconMaximize, iconMinimize } from '../screen-icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { ShownVideo } from '../shared/preview.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-screen.styles.ts';

/**
 * A screen that somebody shares: the whole picture, which may fill the display. One's own is a line
 * with a small picture of what the others see, and the button that ends it.
 *
 * @tag meeting-screen
 * @csspart screen - The frame around somebody else's screen.
 * @csspart sharing - The line that says that one's own screen is shared.
 * @csspart stop-sharing-button - The button that ends it.
 */
export class MeetingScreen extends LitElement {
  static override styles = [tokens, button, styles];

  /** The identity of whoever shares. */
  @property() identity = '';
  /** The room, or its id, for a screen outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new RoomController(this, ({ store }) => ({
    store,
    participant: store.participant(this.identity).value,
    screen: store.media(this.identity).value.screen,
  }));
  readonly #shown = new ShownVideo();

  @state() private isFull = false;
  @query('video') private readonly video!: HTMLVideoElement | null;
  @query('.frame') private readonly frame!: HTMLElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown.show(undefined, undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('identity')) this.#room.refresh();
  }

  protected override updated(): void {
    if (this.isConnected) this.#shown.show(this.#room.value?.screen, this.video);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { participant, screen } = this.#room.value ?? {};
    if (!participant || !screen) return nothing;
    return participant.self ? this.#renderOwn() : this.#renderOther(participant.name);
  }

  #renderOwn(): TemplateResult {
    const { screen } = this.#room.locale.texts;
    return html`<div class="own" part="sharing" role="group" aria-label=${screen.sharing}>
      ${this.#renderVideo()}
      <span class="words">${screen.sharing}</span>
      <button class="button" part="stop-sharing-button" type="button" @click=${this.#stop}>
        ${screen.stop}
      </button>
    </div>`;
  }

  #renderOther(name: string): TemplateResult {
    const { screen } = this.#room.locale.texts;
    const label = this.isFull ? screen.leaveFullScreen : screen.fullScreen;
    return html`<div
      class="frame"
      part="screen"
      role="group"
      aria-label=${screen.of(name)}
      @fullscreenchange=${this.#followFull}
    >
      ${this.#renderVideo()}
      <div class="name" aria-hidden="true">${screen.of(name)}</div>
      ${
        document.fullscreenEnabled
          ? html`<button
              class="full"
              type="button"
              aria-label=${label}
              title=${label}
              @click=${this.#toggleFull}
            >
              ${this.isFull ? iconMinimize() : iconMaximize()}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderVideo(): TemplateResult {
    return html`<video autoplay playsinline muted disablepictureinpicture></video>`;
  }

  readonly #stop = (): void => {
    // Ending fails at nothing.
    void this.#room.value?.store.setScreenShare(false);
  };

  readonly #toggleFull = (): void => {
    const turned = this.isFull ? document.exitFullscreen() : this.frame?.requestFullscreen();
    // The browser may refuse, as outside of a gesture; the button then still says what is.
    turned?.catch(() => undefined);
  };

  readonly #followFull = (): void => {
    this.isFull = this.frame?.matches(':fullscreen') === true;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-screen': MeetingScreen;
  }
}
