import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { MAX_NOTE_LENGTH } from '../../protocol/limits.ts';
import { button } from '../shared/button.styles.ts';
import { dialog } from '../shared/dialog.styles.ts';
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
  /** Asks for a line to somebody, too: the label of its box. */
  readonly note?: string;
  /** Asks for a yes or no, too: the words of its checkbox, and what follows from it. */
  readonly block?: { readonly label: string; readonly hint: string };
}

/** A yes, and what came with it. */
export interface Consent {
  /** What was written in the box, if anything. */
  readonly note?: string;
  /** Whether the box was ticked. */
  readonly block?: boolean;
}

/**
 * Asks before something that cannot simply be taken back. The safe choice has the focus.
 *
 * @tag meeting-confirm
 * @csspart dialog - The dialog.
 */
export class MeetingConfirm extends LitElement {
  static override styles = [tokens, button, dialog, styles];

  readonly #room = new RoomController(this, () => ({}));

  @state() private question: Question | undefined;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('form') private readonly form!: HTMLFormElement;

  #answer: ((consent: Consent | undefined) => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#settle(undefined);
  }

  /**
   * Opens the dialog.
   * @returns what came with the yes; undefined for Cancel, Escape, a click outside, and when it is
   *   replaced by another question or taken out of the page.
   */
  async ask(question: Question): Promise<Consent | undefined> {
    this.#settle(undefined);
    this.question = question;
    await this.updateComplete;
    if (!this.isConnected) return undefined;
    this.form.reset();
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
      <form @submit=${this.#consent}>
        ${this.#renderExtras()}
        <div class="actions">
          <button class="button cancel" type="button" @click=${() => this.#settle(undefined)}>
            ${confirm.cancel}
          </button>
          <button class="button danger">${this.question?.action}</button>
        </div>
      </form>
    </dialog>`;
  }

  #renderExtras(): TemplateResult {
    const { note, block } = this.question ?? {};
    return html`${
      note
        ? html`<label class="note">
            ${note}
            <textarea name="note" rows="2" dir="auto" maxlength=${MAX_NOTE_LENGTH}></textarea>
          </label>`
        : nothing
    }
    ${
      block
        ? html`<div class="block">
            <input type="checkbox" name="block" id="block" aria-describedby="block-hint" />
            <label for="block">${block.label}</label>
            <span id="block-hint">${block.hint}</span>
          </div>`
        : nothing
    }`;
  }

  readonly #consent = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(this.form);
    const note = String(data.get('note') ?? '').trim();
    this.#settle({ ...(note && { note }), ...(data.has('block') && { block: true }) });
  };

  #settle(consent: Consent | undefined): void {
    const answer = this.#answer;
    this.#answer = undefined;
    // Closing gives the focus back to where it was.
    if (this.hasUpdated && this.dialog.open) this.dialog.close();
    answer?.(consent);
  }

  readonly #closed = (): void => {
    // The event comes later than the closing, and by then another question may be open.
    if (!this.dialog.open) this.#settle(undefined);
  };

  readonly #clickOutside = (event: MouseEvent): void => {
    if (event.target !== this.dialog) return;
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) this.#settle(undefined);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-confirm': MeetingConfirm;
  }
}
