import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { RoomContext } from '../../controllers/room-context.ts';
import { canView } from '../../core/files/can-view.ts';
import { requestKey } from '../../core/state.ts';
import { FileDeleteRequestEvent } from '../../events/file-delete-request.ts';
import { files } from '../../locales/en-files.ts';
import type { RoomFile } from '../../protocol/file.ts';
import { iconDownload, iconTrash2 } from '../icons.generated.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { fileIcon } from './file-icon.ts';
import { formatSize } from '../shared/sizes.ts';
import { formatTime, kindOf, splitName } from './meeting-files.model.ts';
import { row } from './row.styles.ts';

/** A file's row hears of its own file alone. */
function fileView({ store }: RoomContext, file: RoomFile | undefined) {
  const isPending = (stem: 'file-delete' | 'file-open'): boolean =>
    file !== undefined && store.requests.value.get(requestKey(stem, file.id))?.phase === 'pending';
  return {
    store,
    self: store.me.value?.person,
    mayDelete: file !== undefined && store.explain('file-delete', file.id).allowed,
    isGoing: isPending('file-delete'),
    isOpening: isPending('file-open'),
  };
}

/**
 * A row of the list of files: what it is, who added it when; view, download, delete.
 *
 * @tag meeting-file
 * @fires {FileDeleteRequestEvent} file-delete-request - Somebody wants the file to be gone.
 * @fires view - Somebody wants to see the file in place.
 * @fires download - Somebody wants the file on their disk.
 * @csspart file - The row.
 * @csspart file-button - One of its buttons.
 */
export class MeetingFile extends LitElement {
  static override styles = [tokens, iconButton, row];

  /** The file. */
  @property({ attribute: false }) file: RoomFile | undefined;
  /** The room, or its id, for a row outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  /** What a message brings: who added it when stands above it, and it is deleted elsewhere. */
  @property({ type: Boolean }) brief = false;

  readonly #room = new PanelController(this, (room) => fileView(room, this.file), { files });

  @state() private picture: string | undefined;
  #seen: IntersectionObserver | undefined;
  #wasSeen = false;
  /** Of which file the picture was asked for. */
  #asked: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // Pictures of rows that nobody scrolls to are not fetched.
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#seen?.disconnect();
      this.#wasSeen = true;
      void this.#fetchPicture();
    });
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
    this.#wasSeen = false;
    this.#drop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('file');
    if (!changed.has('file')) return;
    this.#room.refresh();
    if (before && before.id !== this.file?.id) this.#drop();
  }

  /** The row may be in sight before its room is found, and stays so with another file. */
  protected override updated(_: PropertyValues): void {
    if (this.#wasSeen) void this.#fetchPicture();
  }

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('button')?.focus(options);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { file } = this;
    const view = this.#room.value;
    if (!file || !view) return nothing;
    const { files: texts } = this.#room.locale.texts;
    const kind = kindOf(file);
    const what = html`<span class="face" role="img" aria-label=${texts.kinds[kind]}
        >${this.picture ? html`<img src=${this.picture} alt="" />` : fileIcon(kind)}</span
      >
      <span class="words">${this.#renderName(file)}${this.#renderNote(file, view.self)}</span>`;
    // The button lies over all of it, with no words in it but its name.
    return html`<div class="row ${view.isGoing ? 'going' : ''}" part="file">
      <span class="what">
        ${what}
        ${
          canView(file)
            ? html`<button
                class="view"
                part="file-button"
                type="button"
                aria-label=${texts.view(file.name)}
                aria-describedby="note"
                @click=${() => this.dispatchEvent(new Event('view'))}
              ></button>`
            : nothing
        }
      </span>
      <button
        class="icon-button action"
        part="file-button"
        type="button"
        aria-label=${texts.download(file.name)}
        title=${texts.download(file.name)}
        aria-disabled=${view.isOpening ? 'true' : nothing}
        @click=${() => {
          if (!view.isOpening) this.dispatchEvent(new Event('download'));
        }}
      >
        ${iconDownload()}
      </button>
      ${
        view.mayDelete && !this.brief
          ? html`<button
              class="icon-button action"
              part="file-button"
              type="button"
              aria-label=${texts.delete(file.name)}
              title=${texts.delete(file.name)}
              aria-disabled=${view.isGoing ? 'true' : nothing}
              @click=${() => {
                if (!view.isGoing) this.#room.request(new FileDeleteRequestEvent(file));
              }}
            >
              ${iconTrash2()}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderName({ name }: RoomFile): TemplateResult {
    const [stem, ending] = splitName(name);
    // Whatever direction a name has, its ending is where endings are.
    return html`<bdi class="name" title=${name}
      ><span class="stem">${stem}</span><span class="ending">${ending}</span></bdi
    >`;
  }

  #renderNote(file: RoomFile, self: string | undefined): TemplateResult {
    const { code, texts } = this.#room.locale;
    const { by } = file;
    const who =
      'person' in by ? (by.person === self ? texts.files.byYou : by.name) : texts.files.bySite;
    const time = formatTime(file.at, Date.now(), code);
    if (this.brief) return html`<span class="note" id="note">${formatSize(file.size, code)}</span>`;
    return html`<span class="note" id="note"
      >${formatSize(file.size, code)} · <bdi>${who}</bdi> ·
      <time datetime=${new Date(file.at).toISOString()}>${time}</time></span
    >`;
  }

  async #fetchPicture(): Promise<void> {
    const { file } = this;
    const { store } = this.#room.value ?? {};
    if (!file?.preview || !store || this.#asked === file.id) return;
    this.#asked = file.id;
    try {
      const blob = await store.filePreview(file.id);
      if (this.isConnected && this.file?.id === file.id) this.picture = URL.createObjectURL(blob);
    } catch {
      // The icon says enough.
      return;
    }
  }

  #drop(): void {
    if (this.picture !== undefined) URL.revokeObjectURL(this.picture);
    this.picture = undefined;
    this.#asked = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-file': MeetingFile;
  }
}
