import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { ChatMessage } from '../../core/chat-state.ts';
import { chat } from '../../locales/en-chat.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-chat.styles.ts';
import type { MeetingCompose } from './meeting-compose.ts';

/**
 * What people write to each other in a room: the messages, and the box for the next one.
 *
 * @tag meeting-chat
 * @csspart message - A message.
 * @csspart message-box - The box to write in.
 * @csspart send-button - The button that sends.
 */
export class MeetingChat extends LitElement {
  static override styles = [tokens, styles];

  /** The room, or its id, for a panel outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({ phase: store.connection.value.phase }),
    { chat },
  );

  @state() private answered: ChatMessage | undefined;
  @state() private edited: ChatMessage | undefined;
  @query('meeting-compose') private readonly compose!: MeetingCompose | null;

  /** Into the box, as soon as it is there. */
  override focus(options?: FocusOptions): void {
    void this.#enter(options);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { phase } = this.#room.value ?? {};
    if (phase !== 'joined' && phase !== 'reconnecting') return nothing;
    return html`<meeting-messages
        exportparts="message"
        .meeting=${this.meeting}
        .reply=${this.#reply}
        .edit=${this.#edit}
      ></meeting-messages>
      <meeting-compose
        exportparts="message-box, send-button"
        .meeting=${this.meeting}
        .answered=${this.answered}
        .edited=${this.edited}
        .done=${this.#done}
      ></meeting-compose>`;
  }

  async #enter(options?: FocusOptions): Promise<void> {
    await this.updateComplete;
    await this.compose?.updateComplete;
    this.compose?.focus(options);
  }

  readonly #reply = (message: ChatMessage): void => {
    this.edited = undefined;
    this.answered = message;
    this.compose?.focus();
  };

  readonly #edit = (message: ChatMessage): void => {
    this.answered = undefined;
    this.edited = message;
    this.compose?.focus();
  };

  readonly #done = (): void => {
    this.answered = undefined;
    this.edited = undefined;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-chat': MeetingChat;
  }
}
