import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { ChatMessage, Draft } from '../../core/chat-state.ts';
import { MessageEditRequestEvent } from '../../events/message-edit-request.ts';
import { MessageSendRequestEvent } from '../../events/message-send-request.ts';
import type { RequestEvent } from '../../events/request-event.ts';
import { chat } from '../../locales/en-chat.ts';
import type { Participant } from '../../protocol/participant.ts';
import { iconLock, iconPaperclip, iconSendHorizontal } from '../chat-icons.generated.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { contextOf } from './compose-context.template.ts';
import { composeView, type Writing } from './compose.model.ts';
import { compose } from './compose.styles.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { bytesLeft, partner } from './meeting-chat.model.ts';

/**
 * The box for the next message: to whom, in answer to what, and how much it may still be.
 *
 * @tag meeting-compose
 * @fires {MessageSendRequestEvent} message-send-request - Somebody wants to send a message.
 * @fires {MessageEditRequestEvent} message-edit-request - Somebody wants to change one of theirs.
 * @csspart message-box - The box to write in.
 * @csspart send-button - The button that sends.
 * @csspart attach-button - The button that picks files.
 */
export class MeetingCompose extends LitElement {
  static override styles = [tokens, compose];

  /** The room, or its id, for a box outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** The message that is answered. */
  @property({ attribute: false }) answered: ChatMessage | undefined;
  /** The message that is changed. */
  @property({ attribute: false }) edited: ChatMessage | undefined;
  /** Answering or changing is over. */
  @property({ attribute: false }) done: () => void = () => {};

  /** Files to be sent. */
  @property({ attribute: false }) attach: (files: readonly File[]) => void = () => {};
  /** Why no files may be sent now, in words. */
  @property({ attribute: false }) barred: string | undefined;

  readonly #room = new PanelController(this, composeView, { chat });
  readonly #keeper = new DraftKeeper(this);

  @state() private text = '';
  @state() private to: Participant | undefined;
  @state() private held = false;
  @query('input[type=file]') private readonly picker!: HTMLInputElement | null;
  @query('textarea') private readonly box!: HTMLTextAreaElement | null;

  /** What was being written before a message was changed. */
  #draft = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tellTyping(false);
  }

  override focus(options?: FocusOptions): void {
    this.box?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('edited')) {
      const before = changed.get('edited');
      if (this.edited && !before) this.#draft = this.text;
      if (this.edited) this.text = this.edited.text;
      else if (before) this.text = this.#draft;
    }
    // The answer to a private message stays between the two.
    if (changed.has('answered') && this.answered?.to) {
      const other = partner(this.answered, this.#room.value?.self);
      this.to = this.#people().find(({ person }) => person === other?.person) ?? other;
    }
  }

  protected override updated(): void {
    this.#keeper.follow(this.#room.value?.store);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    const { chat: texts } = this.#room.locale.texts;
    const left = bytesLeft(this.text);
    const label = this.edited ? texts.save : texts.send;
    return html`<div class="typing" aria-live="off">${this.#typing()}</div>
      <form class="compose ${this.to && !this.edited ? 'private' : ''}" @submit=${this.#submit}>
        ${this.#renderContext()} ${this.edited ? nothing : this.#renderTo()}
        <div class="row">
          ${this.edited ? nothing : this.#renderAttach()}
          <textarea
            part="message-box"
            rows="1"
            dir="auto"
            autocomplete="off"
            enterkeyhint="send"
            aria-label=${texts.box}
            aria-describedby=${left === undefined ? nothing : 'left'}
            aria-invalid=${left !== undefined && left < 0 ? 'true' : nothing}
            placeholder=${this.to ? texts.placeholderTo(this.to.name) : texts.placeholder}
            ?readonly=${this.held}
            .value=${this.text}
            @input=${this.#input}
            @keydown=${this.#keydown}
            @blur=${() => this.#tellTyping(false)}
          ></textarea>
          <button
            class="send"
            part="send-button"
            type="submit"
            aria-label=${label}
            title=${label}
            aria-disabled=${this.#isReady() ? nothing : 'true'}
          >
            ${iconSendHorizontal()}
          </button>
        </div>
        ${
          left === undefined
            ? nothing
            : html`<div id="left" class="left ${left < 0 ? 'over' : ''}">
                ${left < 0 ? texts.over(-left) : texts.left(left)}
              </div>`
        }
      </form>`;
  }

  /** Whether what is written now is for one person alone. */
  get isPrivate(): boolean {
    return this.to !== undefined && !this.edited;
  }

  /** What is being written; while a message is changed, what was before. */
  get draft(): Draft {
    return { text: this.edited ? this.#draft : this.text, ...(this.to && { to: this.to }) };
  }

  restore({ text, to }: Draft): void {
    if (this.edited) this.#draft = text;
    else this.text = text;
    this.to = to;
  }

  #renderAttach(): TemplateResult {
    const { chat: texts } = this.#room.locale.texts;
    const why = this.barred ?? (this.to ? texts.filesForAll : undefined);
    return html`<button
        class="cancel"
        type="button"
        part="attach-button"
        aria-label=${texts.attach}
        title=${why ?? texts.attach}
        aria-description=${why ?? nothing}
        aria-disabled=${why ? 'true' : nothing}
        @click=${() => why || this.picker?.click()}
      >
        ${iconPaperclip()}
      </button>
      <input type="file" multiple hidden @change=${this.#picked} />`;
  }

  #renderContext(): TemplateResult | typeof nothing {
    const message = this.edited ?? this.answered;
    if (!message) return nothing;
    const { chat: texts } = this.#room.locale.texts;
    const isOwn = message.by.person === this.#room.value?.self;
    return contextOf({ message, isOwn, isEdited: this.edited !== undefined }, texts, this.#cancel);
  }

  #renderTo(): TemplateResult | typeof nothing {
    const { chat: texts } = this.#room.locale.texts;
    const people = this.#people();
    const { to } = this;
    if (people.length === 0 && !to) return nothing;
    const isHere = !to || people.some(({ identity }) => identity === to.identity);
    const all = isHere ? people : [...people, to];
    const isBound = this.answered?.to !== undefined;
    return html`<label class="to">
        <span aria-hidden="true">${texts.to}</span>
        <select
          aria-label=${texts.to}
          .value=${to?.identity ?? ''}
          ?disabled=${isBound}
          @change=${this.#choose}
        >
          <option value="" ?selected=${!to}>${texts.everyone}</option>
          ${all.map(
            ({ identity, name }) =>
              html`<option value=${identity} ?selected=${identity === to?.identity}>
                ${name}
              </option>`,
          )}
        </select>
      </label>
      ${
        to
          ? html`<div class="between">
              ${iconLock()}<span
                >${isHere ? texts.betweenTwo(to.name) : texts.notHere(to.name)}</span
              >
            </div>`
          : nothing
      }`;
  }

  #typing(): string {
    const { chat: texts } = this.#room.locale.texts;
    const writing = JSON.parse(this.#room.value?.typing ?? '[]') as Writing[];
    const toYou = writing.find((each) => each.private);
    if (toYou) return texts.typingToYou(toYou.name);
    return writing.length > 0 ? texts.typing(writing.map(({ name }) => name)) : '';
  }

  #people(): Participant[] {
    return JSON.parse(this.#room.value?.people ?? '[]') as Participant[];
  }

  #isReady(): boolean {
    const { to } = this;
    const isHere = !to || this.#people().some(({ identity }) => identity === to.identity);
    const fits = (bytesLeft(this.text) ?? 0) >= 0;
    return !this.held && this.text.trim() !== '' && fits && (isHere || this.edited !== undefined);
  }

  #tellTyping(on: boolean): void {
    const options = this.to ? { to: this.to.identity } : {};
    // Nobody misses it when it does not arrive.
    void this.#room.value?.store.setTyping(on, options).catch(() => undefined);
  }

  readonly #input = (): void => {
    this.text = this.box?.value ?? '';
    if (!this.edited) this.#tellTyping(this.text.trim() !== '');
  };

  readonly #choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.#tellTyping(false);
    this.to = this.#people().find(({ identity }) => identity === value);
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    // Enter that chooses a word of an input method is not meant for us.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !isComposing) {
      event.preventDefault();
      void this.#send();
    } else if (event.key === 'Escape' && !isComposing && (this.edited || this.answered)) {
      event.stopPropagation();
      this.#cancel();
    }
  };

  readonly #picked = (): void => {
    const { picker } = this;
    if (!picker) return;
    this.attach([...(picker.files ?? [])]);
    // The same file again is a choice, too.
    picker.value = '';
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  readonly #cancel = (): void => {
    if (this.answered?.to) this.to = undefined;
    this.done();
    this.focus();
  };

  async #send(): Promise<void> {
    if (!this.#isReady()) return;
    const text = this.text.trim();
    const event: RequestEvent = this.edited
      ? new MessageEditRequestEvent(this.edited, text)
      : new MessageSendRequestEvent({ text, to: this.to, replyTo: this.answered?.id });
    const heard = this.#room.request(event);
    this.held = heard.isHeld;
    const { allowed } = await heard.verdict();
    this.held = false;
    // What is vetoed stays where it can be mended.
    if (!allowed) return;
    // With a change, the draft comes back.
    if (!this.edited) this.text = '';
    this.done();
    this.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-compose': MeetingCompose;
  }
}
