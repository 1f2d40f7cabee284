import { html, nothing, type TemplateResult } from 'lit';
import type { ChatMessage } from '../../core/chat-state.ts';
import type { PanelLocale } from '../../controllers/panel-controller.ts';
import { explain } from '../../protocol/permissions.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { Me } from '../../protocol/snapshot.ts';
import { iconLock, iconPencil, iconReply, iconTrash2 } from '../chat-icons.generated.ts';
import { explain as explainError } from '../shared/errors.model.ts';
import { hue, initials } from '../shared/person.model.ts';
import { wordsOf } from './meeting-chat.model.ts';
import { toPieces } from './links.model.ts';

/** What can be done with a message. */
export interface MessageActs {
  reply(message: ChatMessage): void;
  edit(message: ChatMessage): void;
  remove(message: ChatMessage): void;
  again(message: ChatMessage): void;
  discard(message: ChatMessage): void;
  show(id: string): void;
  view(file: RoomFile): void;
  download(file: RoomFile): void;
}

export interface MessageView {
  readonly message: ChatMessage;
  /** Under the name of the message before. */
  readonly follows: boolean;
  /** Whether the Tab key stops here. */
  readonly active: boolean;
  /** The message that this one answers, where it is loaded. */
  readonly quoted: ChatMessage | undefined;
  readonly me: Me | undefined;
  readonly meeting: string | HTMLElement | null;
  readonly locale: PanelLocale<'chat'>;
  readonly acts: MessageActs;
}

type Texts = PanelLocale<'chat'>['texts']['chat'];

/** One message of the log. */
export function renderMessage(view: MessageView): TemplateResult {
  const { message, follows, active, me, locale } = view;
  const { chat: texts } = locale.texts;
  const { by, to, at, state } = message;
  const isOwn = by.person === me?.person;
  const name = isOwn ? texts.you : by.name;
  return html`<article
    class="message ${follows ? 'follows' : ''} ${to ? 'private' : ''} ${state}"
    part="message"
    data-id=${message.id}
    tabindex=${active ? 0 : -1}
    aria-label="${name}, ${texts.time(at)}"
  >
    ${
      follows
        ? nothing
        : html`<span class="initials" data-hue=${hue(by.person)} aria-hidden="true"
              >${initials(by.name)}</span
            >
            <div class="head">
              <bdi class="name">${name}</bdi>
              <time datetime=${new Date(at).toISOString()} title=${texts.exact(at)}
                >${texts.time(at)}</time
              >
              ${to ? html`<span class="mark">${iconLock()}${privately(view)}</span>` : nothing}
            </div>`
    }
    ${renderQuote(view)} ${renderText(view)} ${renderFile(view)} ${renderState(view)}
    ${state === 'sent' && message.deletedAt === undefined ? renderActions(view, isOwn) : nothing}
  </article>`;
}

function privately({ message: { to, by }, me, locale }: MessageView): string {
  const { chat: texts } = locale.texts;
  return to && by.person === me?.person ? texts.privateTo(to.name) : texts.privateToYou;
}

function renderQuote({ message, quoted, me, locale, acts }: MessageView): TemplateResult | symbol {
  const { replyTo } = message;
  if (replyTo === undefined || message.deletedAt !== undefined) return nothing;
  const { chat: texts } = locale.texts;
  if (!quoted) return html`<span class="quote">${texts.quoteElsewhere}</span>`;
  const name = quoted.by.person === me?.person ? texts.you : quoted.by.name;
  return html`<button class="quote" type="button" tabindex="-1" @click=${() => acts.show(replyTo)}>
    <bdi>${name}</bdi>
    <span dir="auto">${quoted.deletedAt === undefined ? wordsOf(quoted) : texts.quoteDeleted}</span>
  </button>`;
}

function renderText({ message, me, locale }: MessageView): TemplateResult | symbol {
  const { chat: texts } = locale.texts;
  if (message.deletedAt !== undefined) {
    return html`<div class="text gone">${whoDeleted(message, me, texts)}</div>`;
  }
  if (message.text === '' && message.file) return nothing;
  const edited =
    message.editedAt === undefined
      ? nothing
      : html` <span class="edited" title=${texts.exact(message.editedAt)}>(${texts.edited})</span>`;
  const pieces = toPieces(message.text).map((piece) =>
    typeof piece === 'string'
      ? piece
      : html`<a
          href=${piece.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          title=${piece.href}
          ><bdi>${piece.text}</bdi></a
        >`,
  );
  return html`<div class="text"><span class="words" dir="auto">${pieces}</span>${edited}</div>`;
}

function renderFile({
  message: { file },
  locale,
  acts,
  meeting,
}: MessageView): TemplateResult | symbol {
  if (!file) return nothing;
  if ('gone' in file) return html`<div class="text gone">${locale.texts.chat.fileGone}</div>`;
  // What it is called is there at once; the rest is fetched with the first file.
  return html`<meeting-file
    exportparts="file, file-button"
    .meeting=${meeting}
    .file=${file}
    brief
    @view=${() => acts.view(file)}
    @download=${() => acts.download(file)}
    ><bdi>${file.name}</bdi></meeting-file
  >`;
}

function whoDeleted({ by, deletedBy }: ChatMessage, me: Me | undefined, texts: Texts): string {
  if (!deletedBy || !('person' in deletedBy)) return texts.deletedByAuthor;
  if (deletedBy.person === me?.person) return texts.deletedByYou;
  return deletedBy.person === by.person ? texts.deletedByAuthor : texts.deletedBy(deletedBy.name);
}

function renderState({ message, locale, acts }: MessageView): TemplateResult | symbol {
  const { chat: texts } = locale.texts;
  if (message.state === 'sending') return html`<div class="state">${texts.sending}</div>`;
  if (message.state === 'sent') return nothing;
  const { code } = message.error ?? {};
  const why = code && explainError(code, locale.texts);
  const words = code === 'invalid-input' ? texts.unreadable : why && `${why.title}. ${why.text}`;
  return html`<div class="state failed" role="alert">
    <span>${texts.failed} ${words ?? nothing}</span>
    <button type="button" @click=${() => acts.again(message)}>${texts.sendAgain}</button>
    <button type="button" @click=${() => acts.discard(message)}>${texts.discard}</button>
  </div>`;
}

function renderActions(view: MessageView, isOwn: boolean): TemplateResult {
  const { message, me, locale, acts, active } = view;
  const { chat: texts } = locale.texts;
  const { by, to } = message;
  const may = (action: 'message-edit' | 'message-delete'): boolean =>
    explain(action, { by: me, target: by, hosts: 0 }).allowed;
  const action = (icon: TemplateResult, label: string, act: () => void): TemplateResult =>
    html`<button
      type="button"
      tabindex=${active ? 0 : -1}
      aria-label=${label}
      title=${label}
      @click=${act}
    >
      ${icon}
    </button>`;
  const reply = isOwn ? texts.replyToOwn : texts.reply(by.name);
  return html`<div class="actions">
    ${action(iconReply(), reply, () => acts.reply(message))}
    ${may('message-edit') ? action(iconPencil(), texts.edit, () => acts.edit(message)) : nothing}
    ${
      // What is private is no host's to delete.
      may(to ? 'message-edit' : 'message-delete')
        ? action(iconTrash2(), isOwn ? texts.delete : texts.deleteOf(by.name), () =>
            acts.remove(message),
          )
        : nothing
    }
  </div>`;
}
