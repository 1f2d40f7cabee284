import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { iconX } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-toasts.styles.ts';

/** How long a toast stays, ms; the time stands still while it is pointed at or has the focus. */
const STAY = 6_000;

/** What happened, and perhaps a way to undo it. */
export interface Toast {
  readonly title: string;
  /** What went wrong, or is still open: it is read out, for no fact says it. */
  readonly detail?: string;
  /** The words of its button. */
  readonly action?: string;
}

interface Shown extends Toast {
  readonly done: (acted: boolean) => void;
}

/**
 * Short messages at the bottom start, one at a time.
 *
 * @tag meeting-toasts
 * @csspart toast - The message.
 */
export class MeetingToasts extends LitElement {
  static override styles = [tokens, button, iconButton, styles];

  /** How long a toast stays, ms. */
  @property({ type: Number, attribute: 'stay' }) stay = STAY;

  readonly #room = new RoomController(this, () => ({}));

  @state() private shown: Shown | undefined;

  #queue: Shown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = 0;
  #since = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    for (const toast of [this.shown, ...this.#queue]) toast?.done(false);
    this.#queue = [];
    this.shown = undefined;
  }

  /**
   * Shows a toast when those before it are gone.
   * @returns whether its button was pressed.
   */
  show(toast: Toast): Promise<boolean> {
    return new Promise((done) => {
      this.#queue.push({ ...toast, done });
      if (!this.shown) this.#next();
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { shown } = this;
    if (!shown) return nothing;
    return html`<div
      class="toast"
      part="toast"
      role="group"
      aria-label=${shown.title}
      @pointerenter=${this.#pause}
      @pointerleave=${this.#resume}
      @focusin=${this.#pause}
      @focusout=${this.#resume}
      @keydown=${this.#keydown}
    >
      <div class="words" role=${shown.detail && !shown.action ? 'alert' : nothing}>
        <div class="title">${shown.title}</div>
        ${shown.detail ? html`<div class="detail">${shown.detail}</div>` : nothing}
      </div>
      ${
        shown.action
          ? html`<button class="button" type="button" @click=${() => this.#end(true)}>
              ${shown.action}
            </button>`
          : nothing
      }
      <button
        class="icon-button dismiss"
        type="button"
        aria-label=${this.#room.locale.texts.toast.dismiss}
        @click=${() => this.#end(false)}
      >
        ${iconX()}
      </button>
    </div>`;
  }

  #next(): void {
    this.shown = this.#queue.shift();
    this.#left = this.stay;
    if (this.shown) this.#run();
  }

  #end(acted: boolean): void {
    clearTimeout(this.#timer);
    const ended = this.shown;
    const hadFocus = this.shadowRoot?.activeElement != null;
    this.#next();
    // What had it is gone: keys are heard in the room.
    if (hadFocus) this.#room.room?.shell.focus();
    ended?.done(acted);
  }

  #run(): void {
    clearTimeout(this.#timer);
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#end(false), this.#left);
  }

  readonly #pause = (): void => {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left = Math.max(0, this.#left - (performance.now() - this.#since));
  };

  readonly #resume = (event: Event): void => {
    const toast = event.currentTarget as HTMLElement;
    // Another second, so that it does not go from under a pointer that slips.
    this.#left = Math.max(this.#left, 1_000);
    if (!toast.matches(':hover, :focus-within')) this.#run();
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#end(false);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-toasts': MeetingToasts;
  }
}
