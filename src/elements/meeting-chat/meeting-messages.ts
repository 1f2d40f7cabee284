import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { ChatMessage } from '../../core/chat-state.ts';
import { requestKey, type Store } from '../../core/state.ts';
import { MessageDeleteRequestEvent } from '../../events/message-delete-request.ts';
import { chat } from '../../locales/en-chat.ts';
import { iconArrowDown } from '../chat-icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { walk } from '../shared/menu.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { dayBefore, type Row, toRows } from './meeting-chat.model.ts';
import { type MessageActs, renderMessage } from './message.template.ts';
import { message } from './message.styles.ts';
import { messages } from './messages.styles.ts';
import { Scroller } from './scroller.ts';
import { Spoken } from './spoken.ts';

/** What is seen of the log before the first unread message, px. */
const ABOVE_UNREAD = 48;

/**
 * The messages of a room. Arrow keys go from one to the next; Tab goes into what can be done with it.
 *
 * @tag meeting-messages
 * @fires {MessageDeleteRequestEvent} message-delete-request - Somebody wants a message gone.
 * @csspart message - A message.
 */
export class MeetingMessages extends LitElement {
  static override styles = [tokens, button, messages, message];

  /** The room, or its id, for a log outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Somebody wants to answer a message. */
  @property({ attribute: false }) reply: (message: ChatMessage) => void = () => {};
  /** Somebody wants to change theirs. */
  @property({ attribute: false }) edit: (message: ChatMessage) => void = () => {};

  /** Somebody wants to see a file in place. */
  @property({ attribute: false }) view: (file: RoomFile) => void = () => {};
  /** Somebody wants a file on their disk. */
  @property({ attribute: false }) download: (file: RoomFile) => void = () => {};

  readonly #room = new PanelController(
    this,
    ({ store }) => ({
      store,
      chat: store.chat.value,
      mark: store.chatMark.value,
      me: store.me.value,
      older: store.requests.value.get(requestKey('message-list'))?.phase,
    }),
    { chat },
  );

  @state() private active: string | undefined;
  @state() private atEnd = true;
  @query('.scroll') private readonly box!: HTMLElement | null;
  @query('.log') private readonly log!: HTMLElement | null;
  @query('.live') private readonly live!: HTMLElement | null;

  readonly #scroller = new Scroller(() => this.box);
  readonly #spoken = new Spoken(
    () => this.live,
    () => this.#room.locale.texts.chat,
  );
  #watch: AbortController | undefined;
  /** Up to where was read when something unread came. */
  #readUntil: number | undefined;
  #wasUnread = 0;
  #isPlaced = false;
  readonly #acts: MessageActs = {
    reply: (message) => this.reply(message),
    edit: (message) => this.edit(message),
    remove: (message) => void this.#room.request(new MessageDeleteRequestEvent(message)),
    // The message says what came of it.
    again: ({ id }) => void this.#room.value?.store.resendMessage(id).catch(() => undefined),
    discard: ({ id }) => void this.#room.value?.store.discardMessage(id).catch(() => undefined),
    show: (id) => this.#show(id),
    view: (file) => this.view(file),
    download: (file) => this.download(file),
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.abort();
    this.#watch = undefined;
    this.#scroller.stop();
    this.#spoken.stop();
    this.#readUntil = undefined;
    this.#wasUnread = 0;
    this.#isPlaced = false;
  }

  protected override willUpdate(_: PropertyValues): void {
    const view = this.#room.value;
    if (!view) return;
    this.#start();
    const { unread, read } = view.mark;
    if (unread > 0 && this.#wasUnread === 0) this.#readUntil = read;
    this.#wasUnread = unread;
    const { messages: all } = view.chat;
    if (!all.some(({ id }) => id === this.active)) this.active = all.at(-1)?.id;
    this.#scroller.hold(this.#lines());
  }

  protected override updated(_: PropertyValues): void {
    this.#scroller.observe(this.box, this.log);
    if (this.#isPlaced) this.#scroller.settle();
    else this.#place();
    this.atEnd = this.#scroller.isAtEnd;
    this.#readAll();
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    const { chat: texts } = this.#room.locale.texts;
    const { messages: all, phase } = view.chat;
    const rows = toRows(all, { self: view.me?.person, readUntil: this.#readUntil });
    const isLoading = phase === 'unknown' || phase === 'loading';
    return html`<div class="scroll" @scroll=${this.#scrolled}>
        ${this.#renderStart()}
        <div
          class="log"
          role="log"
          aria-live="off"
          aria-label=${texts.log}
          @keydown=${this.#keydown}
          @focusin=${this.#focusin}
        >
          ${repeat(
            rows,
            ({ key }) => key,
            (row) => this.#renderRow(row),
          )}
        </div>
        ${
          isLoading && all.length === 0
            ? html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`
            : nothing
        }
        ${
          phase === 'known' && all.length === 0
            ? html`<div class="empty"><strong>${texts.empty}</strong>${texts.emptyText}</div>`
            : nothing
        }
      </div>
      ${this.atEnd ? nothing : this.#renderToEnd()}
      <div class="live" aria-live="polite"></div>`;
  }

  /** What stands above the oldest message. */
  #renderStart(): TemplateResult | typeof nothing {
    const { chat: state, older, store } = this.#room.value ?? {};
    const { chat: texts, help } = this.#room.locale.texts;
    if (state?.phase === 'failed') {
      return html`<div class="failure" role="alert">${texts.loadFailed}</div>`;
    }
    if (!state?.more) return nothing;
    const loading = older === 'pending';
    const failed = older === 'failed';
    return html`<div class="older">
      ${failed ? html`<div class="failure" role="alert">${texts.olderFailed}</div>` : nothing}
      <button
        class="button"
        type="button"
        aria-disabled=${loading ? 'true' : nothing}
        @click=${() => void this.#loadOlder(store)}
      >
        ${loading ? texts.loadingOlder : failed ? help.retry : texts.older}
      </button>
    </div>`;
  }

  async #loadOlder(store: Store | undefined): Promise<void> {
    try {
      await store?.olderMessages();
    } catch {
      // `requests` has the failure, and it is said above the button.
      return;
    }
  }

  #renderRow(row: Row): TemplateResult {
    const { chat: texts } = this.#room.locale.texts;
    if (row.kind === 'unread') return html`<div class="line unread">${texts.unread}</div>`;
    if (row.kind === 'day') return html`<div class="line"><span>${this.#day(row.at)}</span></div>`;
    const { message, follows } = row;
    const { chat: state, me } = this.#room.value ?? {};
    const { replyTo } = message;
    return renderMessage({
      ...{ message, follows, me, locale: this.#room.locale, acts: this.#acts },
      meeting: this.meeting,
      active: message.id === this.active,
      quoted: replyTo === undefined ? undefined : state?.messages.find(({ id }) => id === replyTo),
    });
  }

  #renderToEnd(): TemplateResult {
    const { chat: texts } = this.#room.locale.texts;
    const { unread = 0 } = this.#room.value?.mark ?? {};
    const label = unread > 0 ? texts.newBelow(unread) : texts.toEnd;
    return html`<button
      class="to-end ${unread > 0 ? 'counted' : ''}"
      type="button"
      aria-label=${label}
      title=${label}
      @click=${this.#toEnd}
    >
      ${iconArrowDown()}${unread > 0 ? html`<span>${label}</span>` : nothing}
    </button>`;
  }

  #day(at: number): string {
    const { chat: texts } = this.#room.locale.texts;
    const when = dayBefore(at, Date.now());
    return when === 'today' || when === 'yesterday' ? texts[when] : texts.day(at, when === 'year');
  }

  /** Once there is a room: has the chat loaded, and listens. */
  #start(): void {
    const { room } = this.#room;
    if (this.#watch || !room || !this.isConnected) return;
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    const { store } = room;
    store.watchChat(signal);
    store.listen((fact) => this.#spoken.hear(fact, store.me.peek()?.person), signal);
    const look = (): void => this.#readAll();
    this.ownerDocument.addEventListener('visibilitychange', look, { signal });
  }

  /** At the first unread message when the chat opens, or at its end. */
  #place(): void {
    if (!this.#room.value?.chat.messages.length) return;
    this.#isPlaced = true;
    const unread = this.log?.querySelector('.unread');
    this.#scroller.toEnd();
    if (unread) this.#scroller.toStart(unread, ABOVE_UNREAD);
  }

  /** What is on screen was read. */
  #readAll(): void {
    const { store, mark } = this.#room.value ?? {};
    const isSeen = this.#isPlaced && this.#scroller.isAtEnd && this.isConnected;
    if (!isSeen || !mark?.unread || this.ownerDocument.visibilityState !== 'visible') return;
    // At worst it is unread again after a reload.
    void store?.readMessages().catch(() => undefined);
  }

  #lines(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.message') ?? [])];
  }

  #show(id: string): void {
    const line = this.#lines().find((each) => each.dataset['id'] === id);
    line?.scrollIntoView({ block: 'center' });
    line?.focus({ preventScroll: true });
  }

  readonly #scrolled = (): void => {
    this.#scroller.moved();
    this.atEnd = this.#scroller.isAtEnd;
    this.#readAll();
  };

  readonly #toEnd = (): void => {
    this.#scroller.toEnd();
    this.#lines().at(-1)?.focus({ preventScroll: true });
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const lines = this.#lines();
    const at = lines.findIndex((line) => line === event.target);
    const target = walk(event.key, at, lines.length);
    if (at < 0 || target === undefined) return;
    event.preventDefault();
    lines[target]?.focus();
  };

  readonly #focusin = (event: FocusEvent): void => {
    const line = (event.target as Element).closest<HTMLElement>('.message');
    if (line?.dataset['id']) this.active = line.dataset['id'];
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-messages': MeetingMessages;
  }
}
