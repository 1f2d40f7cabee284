import { html, nothing, type TemplateResult } from 'lit';
import type { PanelLocale } from '../../controllers/panel-controller.ts';
import type { ChatMessage } from '../../core/chat-state.ts';
import { iconX } from '../chat-icons.generated.ts';
import { wordsOf } from './meeting-chat.model.ts';

/** The message that somebody answers, or changes. */
export interface Context {
  readonly message: ChatMessage;
  readonly isOwn: boolean;
  readonly isEdited: boolean;
}

/** What is answered or changed, and the way out of that. */
export function contextOf(
  { message, isOwn, isEdited }: Context,
  texts: PanelLocale<'chat'>['texts']['chat'],
  cancel: () => void,
): TemplateResult {
  const title = isEdited ? texts.editing : texts.replyingTo(isOwn ? texts.you : message.by.name);
  return html`<div class="context">
    <div class="words">
      <span class="title">${title}</span>
      ${isEdited ? nothing : html`<span class="quoted" dir="auto">${wordsOf(message)}</span>`}
    </div>
    <button
      class="cancel"
      type="button"
      aria-label=${texts.cancel}
      title=${texts.cancel}
      @click=${cancel}
    >
      ${iconX()}
    </button>
  </div>`;
}
