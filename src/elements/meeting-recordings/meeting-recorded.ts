import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { CallLeaveRequestEvent } from '../../events/call-leave-request.ts';
import { recordings } from '../../locales/en-recordings.ts';
import { button } from '../shared/button.styles.ts';
import { dialog } from '../shared/dialog.styles.ts';
import { actorName } from '../shared/person.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-recorded.styles.ts';

/**
 * Asks somebody whether they stay in a call that is recorded. They are not in the recording before
 * they say so, and there is no way around an answer.
 *
 * @tag meeting-recorded
 * @fires {CallLeaveRequestEvent} call-leave-request - They would rather leave.
 * @csspart dialog - The dialog.
 */
export class MeetingRecorded extends LitElement {
  static override styles = [tokens, button, dialog, styles];

  /** The room, or its id, for a question outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({ store, running: store.recording.value?.running }),
    { recordings },
  );

  @state() private isAnswered = false;
  @state() private hasFailed = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Closing gives the focus back to where it was.
    this.dialog?.close();
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  protected override render(): TemplateResult {
    const { ask: words } = this.#room.locale.texts.recordings;
    return html`<dialog
      part="dialog"
      role="alertdialog"
      tabindex="-1"
      aria-labelledby="title"
      aria-describedby="text"
      @cancel=${(event: Event) => event.preventDefault()}
      @close=${this.#open}
    >
      <h2 id="title">${words.title}</h2>
      <p id="text">${words.text(actorName(this.#room.value?.running?.by))}</p>
      ${this.hasFailed ? html`<p class="trouble" role="alert">${words.failed}</p>` : nothing}
      <div class="actions">
        <button class="button" type="button" @click=${this.#leave}>${words.leave}</button>
        <button
          class="button primary"
          type="button"
          aria-disabled=${this.isAnswered ? 'true' : nothing}
          @click=${() => void this.#stay()}
        >
          ${words.stay}
        </button>
      </div>
    </dialog>`;
  }

  /** Browsers let a second Escape through. The focus is on no button: Enter is no answer by accident. */
  readonly #open = (): void => {
    if (!this.isConnected || this.dialog.open) return;
    this.dialog.showModal();
    this.dialog.focus();
  };

  async #stay(): Promise<void> {
    const { store } = this.#room.value ?? {};
    if (!store || this.isAnswered) return;
    this.isAnswered = true;
    this.hasFailed = false;
    try {
      await (await store.recordings()).agree();
    } catch {
      this.isAnswered = false;
      this.hasFailed = true;
    }
  }

  readonly #leave = (): void => {
    this.#room.request(new CallLeaveRequestEvent());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-recorded': MeetingRecorded;
  }
}
