import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { ChatMessage } from '../../core/chat-state.ts';
import { FileUploadRequestEvent } from '../../events/file-upload-request.ts';
import { chat } from '../../locales/en-chat.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { MeetingFileView } from '../meeting-files/meeting-file-view.ts';
import { download } from '../shared/download.ts';
import { DraggedFiles, filesIn } from '../shared/dragged-files.ts';
import { drop } from '../shared/drop.styles.ts';
import { explain, reasonOf } from '../shared/errors.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { chatView } from './meeting-chat.model.ts';
import { styles } from './meeting-chat.styles.ts';
import type { MeetingCompose } from './meeting-compose.ts';

/**
 * What people write to each other in a room: the messages, and the box for the next one. Files that
 * are dropped, pasted or picked here go into the room's files, and each comes with a message.
 *
 * @tag meeting-chat
 * @fires {FileUploadRequestEvent} file-upload-request - Somebody wants to send files.
 * @csspart message - A message.
 * @csspart message-box - The box to write in.
 * @csspart send-button - The button that sends.
 * @csspart attach-button - The button that picks files.
 * @csspart file - A file that a message brings.
 * @csspart upload - A file that is on its way.
 * @csspart file-button - A button of one of these.
 */
export class MeetingChat extends LitElement {
  static override styles = [tokens, drop, styles];
  /** Fetches and registers what shows files; set by `define`. */
  static loadFiles: () => Promise<unknown> = async () => undefined;

  /** The room, or its id, for a panel outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, chatView, { chat });

  @state() private answered: ChatMessage | undefined;
  @state() private edited: ChatMessage | undefined;
  /** Why the last thing that was tried with files was not done. */
  @state() private failed: string | undefined;
  @query('meeting-compose') private readonly compose!: MeetingCompose | null;
  @query('meeting-file-view') private readonly viewer!: MeetingFileView | null;

  readonly #dragged = new DraggedFiles(this, (files) => this.#send(files));
  #watch: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('paste', this.#paste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('paste', this.#paste);
    this.#watch?.abort();
    this.#watch = undefined;
  }

  /** Into the box, as soon as it is there. */
  override focus(options?: FocusOptions): void {
    void this.#enter(options);
  }

  protected override updated(): void {
    const { store, hasFiles, uploads = [] } = this.#room.value ?? {};
    if (!store || (!hasFiles && uploads.length === 0) || this.#watch || !this.isConnected) return;
    this.#watch = new AbortController();
    store.watchFiles(this.#watch.signal);
    // Without it, messages say what their files are called.
    void Promise.allSettled([MeetingChat.loadFiles()]);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { phase, uploads = [] } = this.#room.value ?? {};
    if (phase !== 'joined' && phase !== 'reconnecting') return nothing;
    const { chat: texts } = this.#room.locale.texts;
    return html`<meeting-messages
        exportparts="message, file, file-button"
        .meeting=${this.meeting}
        .reply=${this.#reply}
        .edit=${this.#edit}
        .view=${this.#view}
        .download=${(file: RoomFile) => void this.#download(file)}
      ></meeting-messages>
      ${
        uploads.length > 0
          ? html`<div class="uploads" role="list" aria-label=${texts.uploads}>
              ${uploads.map(
                (upload) =>
                  html`<meeting-upload
                    role="listitem"
                    exportparts="upload, file-button"
                    .meeting=${this.meeting}
                    .upload=${upload}
                  ></meeting-upload>`,
              )}
            </div>`
          : nothing
      }
      ${this.failed ? html`<p class="failed" role="alert">${this.failed}</p>` : nothing}
      <meeting-compose
        exportparts="message-box, send-button, attach-button"
        .meeting=${this.meeting}
        .answered=${this.answered}
        .edited=${this.edited}
        .done=${this.#done}
        .attach=${this.#send}
        .barred=${this.#barred()}
      ></meeting-compose>
      ${this.#dragged.isOver ? html`<div class="drop" aria-hidden="true">${texts.drop}</div>` : nothing}
      <meeting-file-view
        exportparts="dialog"
        .meeting=${this.meeting}
        @download=${(event: Event) => {
          const { file } = event.target as MeetingFileView;
          if (file) void this.#download(file);
        }}
      ></meeting-file-view>`;
  }

  async #enter(options?: FocusOptions): Promise<void> {
    await this.updateComplete;
    await this.compose?.updateComplete;
    this.compose?.focus(options);
  }

  /** Why no files may be sent now, whoever they are for. */
  #barred(): string | undefined {
    const { barred } = this.#room.value ?? {};
    return barred && explain(barred, this.#room.locale.texts).title;
  }

  readonly #send = (files: readonly File[]): void => {
    if (files.length === 0) return;
    const { filesForAll } = this.#room.locale.texts.chat;
    this.failed = this.#barred() ?? (this.compose?.isPrivate ? filesForAll : undefined);
    if (!this.failed) this.#room.request(new FileUploadRequestEvent(files, true));
  };

  /** Text that comes with a picture of itself, as from a table, is meant as text. */
  readonly #paste = (event: ClipboardEvent): void => {
    const pasted = filesIn(event.clipboardData);
    if (pasted.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.#send(pasted);
  };

  readonly #view = (file: RoomFile): void => {
    this.failed = undefined;
    void this.viewer?.show(file);
  };

  readonly #download = async (file: RoomFile): Promise<void> => {
    const { store } = this.#room.value ?? {};
    this.failed = undefined;
    try {
      if (store) download((await store.openFile(file.id)).url, this.ownerDocument);
    } catch (error) {
      this.failed = reasonOf(error, this.#room.locale.texts);
    }
  };

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
    this.failed = undefined;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-chat': MeetingChat;
  }
}
