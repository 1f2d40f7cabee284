import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import type { ConnectionState } from '../../core/state.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Exit, ExitReason } from '../../protocol/exit.ts';
import {
  iconClock,
  iconDoorOpen,
  iconLogOut,
  iconMonitor,
  iconPhoneOff,
  iconRefreshCw,
  iconServerOff,
  iconUserX,
  iconVolumeX,
  iconWifiOff,
} from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { explain } from '../shared/errors.model.ts';
import { duration, ticking } from '../shared/ticking.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { noticeView } from './meeting-notice.model.ts';
import { styles } from './meeting-notice.styles.ts';

const ICONS: Record<ExitReason, () => TemplateResult> = {
  left: iconLogOut,
  removed: iconUserX,
  ended: iconPhoneOff,
  reset: iconRefreshCw,
  denied: iconDoorOpen,
  expired: iconClock,
  withdrawn: iconDoorOpen,
  replaced: iconMonitor,
  network: iconWifiOff,
  server: iconServerOff,
};

/**
 * What a person is told when they are out, and what they can do next; while the connection is being
 * mended, a banner above the stage.
 *
 * @tag meeting-notice
 * @slot - More to say or do, below the steps.
 * @csspart notice - The screen after an exit.
 * @csspart banner - The banner in a call.
 */
export class MeetingNotice extends LitElement {
  static override styles = [tokens, button, styles];

  /** The room, or its id, for a notice outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new RoomController(this, ({ store }) => ({
    connection: store.connection.value,
    audioBlocked: store.devices.value.audioBlocked,
    store,
  }));

  @state() private answer: MeetingError | 'working' | undefined;
  @state() private closed = false;
  @query('h1') private readonly heading!: HTMLElement | null;

  #told: Exit | undefined;
  /** When the step opens, by the clock that never jumps. */
  #opensAt = 0;
  #opening: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#opening);
  }

  protected override willUpdate(): void {
    const connection = this.#room.value?.connection;
    const exit = connection?.phase === 'out' ? connection.exit : undefined;
    if (exit === this.#told) return;
    this.#told = exit;
    this.answer = undefined;
    this.closed = false;
    this.#waitFor(exit);
  }

  /** The server's clock may differ from this one: never longer than the server wanted. */
  #waitFor(exit: Exit | undefined): void {
    clearTimeout(this.#opening);
    const { from, at } = exit ?? {};
    const wait =
      from === undefined || at === undefined
        ? 0
        : Math.max(0, Math.min(from - Date.now(), from - at));
    this.#opensAt = performance.now() + wait;
    if (wait > 0) this.#opening = setTimeout(() => this.requestUpdate(), wait + 20);
  }

  #left(): number {
    return Math.max(0, this.#opensAt - performance.now());
  }

  protected override updated(changed: PropertyValues): void {
    const fresh = this.#told !== undefined && this.heading?.dataset.at !== String(this.#told.at);
    if (fresh || changed.has('closed')) {
      if (this.heading && this.#told) this.heading.dataset.at = String(this.#told.at);
      // The screen is new: a screen reader reads its heading, and Tab goes on from here.
      this.heading?.focus();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    if (view.connection.phase === 'out') return this.#renderExit(view.connection.exit);
    if (view.connection.phase === 'reconnecting') return this.#renderTrouble(view.connection.why);
    if (view.audioBlocked && view.connection.phase === 'joined') return this.#renderSound();
    return nothing;
  }

  #renderExit(exit: Exit): TemplateResult {
    const { texts } = this.#room.locale;
    const { heading, sentence, note, action } = noticeView(exit, texts);
    if (this.closed) return this.#renderClosed();
    const early = this.#left() > 0;
    return html`<section class="notice" part="notice" aria-labelledby="heading">
      <div class="mark" aria-hidden="true">${ICONS[exit.reason]()}</div>
      <h1 id="heading" tabindex="-1">${heading}</h1>
      ${sentence ? html`<p>${sentence}</p>` : nothing}
      ${note ? html`<blockquote><span>${texts.notice.note}</span>${note}</blockquote>` : nothing}
      <div class="steps">
        ${
          action
            ? html`<button
                class="button primary"
                type="button"
                aria-disabled=${this.answer === 'working' || early ? 'true' : nothing}
                aria-describedby=${early ? 'when' : nothing}
                @click=${this.#comeBack}
              >
                ${this.answer === 'working' ? texts.notice.working : action}
              </button>`
            : nothing
        }
        ${
          action && early
            ? html`<p class="when" id="when">
                ${ticking(() => texts.notice.knockIn(duration(this.#left() + 999)))}
              </p>`
            : nothing
        }
        <button class="button quiet" type="button" @click=${this.#toggleClosed}>
          ${texts.notice.close}
        </button>
      </div>
      <p class="answer" role="status">${this.#answerText()}</p>
      <slot></slot>
    </section>`;
  }

  #renderClosed(): TemplateResult {
    const { notice } = this.#room.locale.texts;
    return html`<section class="notice" part="notice">
      <p><span id="heading">${notice.closed}</span></p>
      <button class="button quiet" type="button" @click=${this.#toggleClosed}>
        ${notice.reopen}
      </button>
    </section>`;
  }

  #renderTrouble(why: (ConnectionState & { phase: 'reconnecting' })['why']): TemplateResult {
    const { notice } = this.#room.locale.texts;
    const words = {
      network: notice.reconnecting,
      server: notice.serverAway,
      'media-blocked': notice.mediaBlocked,
    };
    return this.#renderBanner(iconWifiOff(), words[why], notice.retry, this.#retry);
  }

  #renderSound(): TemplateResult {
    const { devices } = this.#room.locale.texts;
    return this.#renderBanner(
      iconVolumeX(),
      devices.soundBlocked,
      devices.startSound,
      this.#startAudio,
    );
  }

  #renderBanner(
    icon: TemplateResult,
    words: string,
    action: string,
    act: () => void,
  ): TemplateResult {
    return html`<div class="banner" part="banner">
      ${icon}
      <div class="words">${words}</div>
      <button class="button" type="button" @click=${act}>${action}</button>
    </div>`;
  }

  #answerText(): string | typeof nothing {
    const { answer } = this;
    if (!answer || answer === 'working') return nothing;
    const { texts } = this.#room.locale;
    if (answer.code === 'room-locked' || answer.code === 'admission-over') {
      return texts.notice.notYet;
    }
    const { title, text } = explain(answer.code, texts);
    return `${title}. ${text}`;
  }

  readonly #comeBack = async (): Promise<void> => {
    const store = this.#room.value?.store;
    if (!store || this.answer === 'working' || this.#left() > 0) return;
    const exit = this.#told;
    this.answer = 'working';
    let answer: MeetingError | undefined;
    try {
      await store.comeBack();
    } catch (error) {
      answer =
        error instanceof MeetingError
          ? error
          : new MeetingError('server-unreachable', 'Coming back failed.', { cause: error });
    }
    if (this.#told?.at === exit?.at) this.answer = answer;
  };

  readonly #toggleClosed = (): void => {
    this.closed = !this.closed;
  };

  readonly #retry = (): void => this.#room.value?.store.retry();

  // The banner stays while the browser refuses.
  readonly #startAudio = (): void =>
    void this.#room.value?.store.startAudio().catch(() => undefined);
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-notice': MeetingNotice;
  }
}
