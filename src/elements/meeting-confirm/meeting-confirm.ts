import { LitElement, html, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-confirm.styles.ts';

/** A question before something that destroys. */
export interface Question {
  /** The real question, as a sentence. */
  readonly title: string;
  /** What follows from yes, in one line. */
  readonly text: string;
  /** The verb of the button that does it. */
  readonly action: string;
}

/**
 * Asks before something that cannot simply be taken back. The safe choice has the focus.
 *
 * @tag meeting-confirm
 * @csspart dialog - The dialog.
 */
export class MeetingConfirm extends LitElement {
  static override styles = [tokens, button, styles];

  readonly #room = new RoomController(this, () => ({}));

  @state() private question: Question | undefined;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  #answer: ((yes: boolean) => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#settle(false);
  }

  /**
   * Opens the dialog.
   * @returns true for the action; false for Cancel, Escape, a click outside, and when it is
   *   replaced by another question or taken out of the page.
   */
  async ask(question: Question): Promise<boolean> {
    this.#settle(false);
    this.question = question;
    await this.updateComplete;
    if (!this.isConnected) return false;
    this.dialog.showModal();
    this.dialog.querySelector<HTMLElement>('.cancel')?.focus();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  protected override render(): TemplateResult {
    const { confirm } = this.#room.locale.texts;
    return html`<dialog
      part="dialog"
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="text"
      @close=${this.#closed}
      @click=${this.#clickOutside}
    >
      <h2 id="title">${this.question?.title}</h2>
      <p id="text">${this.question?.text}</p>
      <div class="actions">
        <button class="button cancel" type="button" @click=${() => this.#settle(false)}>
          ${confirm.cancel}
        </button>
        <button class="button danger" type="button" @click=${() => this.#settle(true)}>
          ${this.question?.action}
        </button>
      </div>
    </dialog>`;
  }

  #settle(yes: boolean): void {
    const answer = this.#answer;
    this.#answer = undefined;
    // Closing gives the focus back to where it was.
    if (this.hasUpdated && this.dialog.open) this.dialog.close();
    answer?.(yes);
  }

  readonly #closed = (): void => {
    // The event comes later than the closing, and by then another question may be open.
    if (!this.dialog.open) this.#settle(false);
  };

  readonly #clickOutside = (event: MouseEvent): void => {
    if (event.target !== this.dialog) return;
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) this.#settle(false);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-confirm': MeetingConfirm;
  }
}
