import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import type { ConnectionState } from '../../core/state.ts';
import { CallEnterRequestEvent } from '../../events/call-enter-request.ts';
import { KnockRequestEvent } from '../../events/knock-request.ts';
import type { Exit, ExitReason, NextStep } from '../../protocol/exit.ts';
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
import { errorOf, type Refusal, refusalOf, refusalText } from '../shared/refusal.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { renderSteps } from './exit-steps.ts';
import { noticeView, timeLeft } from './meeting-notice.model.ts';
import { styles } from './meeting-notice.styles.ts';

type Out = ConnectionState & { phase: 'out' };

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
 * @fires {CallEnterRequestEvent} call-enter-request - Somebody wants to come back.
 * @fires {KnockRequestEvent} knock-request - Somebody wants to be let in again.
 * @csspart notice - The screen after an exit.
 * @csspart forward - Where the page goes by itself, and when.
 * @csspart banner - The banner in a call.
 */
export class MeetingNotice extends LitElement {
  static override styles = [tokens, button, styles];

  /** The room, or its id, for a notice outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new RoomController(this, ({ store, forward }) => ({
    connection: store.connection.value,
    access: store.access.value,
    audioBlocked: store.devices.value.audioBlocked,
    me: store.me.value,
    forward: forward.value,
    store,
  }));

  @state() private refusal: Refusal | undefined;
  @state() private working = false;
  @state() private closed = false;
  /** The time without knocking is over. */
  @state() private passOver = false;
  @query('h1') private readonly heading!: HTMLElement | null;

  #out: Out | undefined;
  /** When the step opens, or ends, by the clock that never jumps. */
  #turnsAt = 0;
  #turning: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#turning);
  }

  protected override willUpdate(): void {
    const connection = this.#room.value?.connection;
    // Who knocks again sees the notice until they wait.
    if (connection?.phase === 'joining' && !connection.resuming) return;
    const out = connection?.phase === 'out' ? connection : undefined;
    if (out?.exit === this.#out?.exit) return;
    this.#out = out;
    this.refusal = undefined;
    this.closed = false;
    this.passOver = false;
    this.#await(out?.exit);
  }

  /** Looks again when the step opens, or when the time without knocking is over. */
  #await(exit: Exit | undefined): void {
    clearTimeout(this.#turning);
    if (!exit) return;
    const wait = timeLeft(exit.from ?? exit.until, exit.at);
    this.#turnsAt = performance.now() + wait;
    const turn = exit.from === undefined ? this.#endPass : () => this.requestUpdate();
    if (exit.from !== undefined || exit.until !== undefined) {
      this.#turning = setTimeout(turn, wait + 20);
    }
  }

  readonly #left = (): number => Math.max(0, this.#turnsAt - performance.now());

  /** From now on, the step is what the room's lock says. */
  readonly #endPass = (): void => {
    this.passOver = true;
    void this.#room.value?.store.check();
  };

  protected override updated(changed: PropertyValues): void {
    const at = this.#out && String(this.#out.exit.at);
    const fresh = at !== undefined && this.heading?.dataset.at !== at;
    if (fresh || changed.has('closed')) {
      if (this.heading && at !== undefined) this.heading.dataset.at = at;
      // The screen is new: a screen reader reads its heading, and Tab goes on from here.
      this.heading?.focus();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    if (this.#out) return this.closed ? this.#renderClosed() : this.#renderExit(this.#out.exit);
    if (view.connection.phase === 'reconnecting') return this.#renderTrouble(view.connection.why);
    if (view.audioBlocked && view.connection.phase === 'joined') return this.#renderSound();
    return nothing;
  }

  #renderExit(exit: Exit): TemplateResult {
    const { texts } = this.#room.locale;
    const { forward, me, connection } = this.#room.value ?? {};
    const { passOver } = this;
    const context = { me: me?.identity, next: this.#next(exit), passOver };
    const { heading, sentence, note, action } = noticeView(exit, texts, context);
    return html`<section class="notice" part="notice" aria-labelledby="heading">
      <div class="mark" aria-hidden="true">${ICONS[exit.reason]()}</div>
      <h1 id="heading" tabindex="-1" aria-describedby=${forward ? 'forward' : nothing}>
        ${heading}
      </h1>
      ${sentence ? html`<p>${sentence}</p>` : nothing}
      ${note ? html`<blockquote><span>${texts.notice.note}</span>${note}</blockquote>` : nothing}
      ${renderSteps(
        {
          ...{ action, forward, left: this.#left, act: this.#act, close: this.#toggleClosed },
          working: this.working || connection?.phase === 'joining' || this.#isLooking(),
          early: exit.from !== undefined && this.#left() > 0,
          ends: exit.until !== undefined && !passOver,
        },
        texts,
      )}
      <p class="answer" role="status">${this.#answer()}</p>
      <slot></slot>
    </section>`;
  }

  /** The step that is open now. */
  #next({ next }: Exit): NextStep {
    const access = this.#room.value?.access;
    if (!this.passOver || next !== 'rejoin') return next;
    return access?.phase === 'known' && access.access === 'knock' ? 'knock' : 'enter';
  }

  /** How far one may go now that the pass is over is not known yet. */
  #isLooking(): boolean {
    return this.passOver && this.#room.value?.access.phase === 'checking';
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
      'alert',
    );
  }

  #renderBanner(
    icon: TemplateResult,
    words: string,
    action: string,
    act: () => void,
    role?: 'alert',
  ): TemplateResult {
    return html`<div class="banner" part="banner">
      ${icon}
      <div class="words" role=${role ?? nothing}>${words}</div>
      <button class="button" type="button" @click=${act}>${action}</button>
    </div>`;
  }

  #answer(): string | undefined {
    const { texts } = this.#room.locale;
    const code = errorOf(this.refusal)?.code;
    return code === 'room-locked' || code === 'admission-over'
      ? texts.notice.notYet
      : refusalText(this.refusal, texts);
  }

  readonly #act = async (): Promise<void> => {
    const out = this.#out;
    if (!out || this.working || this.#isLooking()) return;
    if (out.exit.from !== undefined && this.#left() > 0) return;
    this.#room.value?.forward?.stay();
    this.refusal = undefined;
    this.working = true;
    const refusal = await this.#takeStep(out);
    this.working = false;
    if (this.#out?.exit.at === out.exit.at) this.refusal = refusal;
  };

  async #takeStep({ exit, knock }: Out): Promise<Refusal | undefined> {
    const { store, me } = this.#room.value ?? {};
    const next = this.#next(exit);
    if (next === 'rejoin' || next === 'takeover') {
      const how = next === 'takeover' ? 'take-over' : undefined;
      return refusalOf(this.#room.request(new CallEnterRequestEvent(undefined, how)));
    }
    const name = knock?.name ?? me?.name;
    if (next === 'knock' && name !== undefined) {
      const message = knock?.message;
      const wish = { name, ...(message && { message }), camera: knock?.camera ?? false };
      return refusalOf(this.#room.request(new KnockRequestEvent(wish)));
    }
    // To the join screen, which asks for what it takes, and then for the way in.
    try {
      await store?.comeBack();
      return undefined;
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

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
