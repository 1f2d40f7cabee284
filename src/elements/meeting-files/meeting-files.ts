import type { FilesState } from '../../core/file-state.ts';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { FileUploadRequestEvent } from '../../events/file-upload-request.ts';
import { files } from '../../locales/en-files.ts';
import type { ErrorCode } from '../../protocol/meeting-error.ts';
import type { Explanation } from '../../protocol/permissions.ts';
import type { RoomFile } from '../../protocol/file.ts';
import { iconFiles, iconUpload } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { explain } from '../shared/errors.model.ts';
import { panelStates } from '../shared/panel-states.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { download } from '../shared/download.ts';
import { DraggedFiles, filesIn } from '../shared/dragged-files.ts';
import { drop } from '../shared/drop.styles.ts';
import type { MeetingFileView } from './meeting-file-view.ts';
import { formatSize } from '../shared/sizes.ts';
import { styles } from './meeting-files.styles.ts';

/** What of a file's row pages may style. */
const PARTS = 'file, upload, file-button';

/**
 * The files of the room: drop, paste and pick; progress; view, download and delete.
 *
 * @tag meeting-files
 * @fires {FileUploadRequestEvent} file-upload-request - Somebody wants to put files into the room.
 * @csspart file - A row.
 * @csspart upload - A row of a file that is on its way.
 * @csspart file-button - A button in a row.
 * @csspart add-button - The button that picks files.
 * @csspart dialog - Where a picture or PDF is viewed.
 */
export class MeetingFiles extends LitElement {
  static override styles = [tokens, button, panelStates, drop, styles];

  /** The room, or its id, for a panel outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store, shell }) => ({
      store,
      shell,
      phase: store.connection.value.phase,
      files: store.files.value,
      uploads: store.uploads.value,
      barred: whyNot(store.explain('file-upload')),
    }),
    { files },
  );

  @state() private failed: string | undefined;
  @query('input') private readonly picker!: HTMLInputElement | null;
  @query('meeting-file-view') private readonly viewer!: MeetingFileView | null;

  readonly #dragged = new DraggedFiles(this, (files) => this.#add(files));
  #watch = new AbortController();
  #shown: readonly RoomFile[] = [];
  /** Which row gets the focus because the one that had it is gone. */
  #focus: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    this.ownerDocument.addEventListener('paste', this.#paste, { signal });
    // The room is found a moment later; then it is watched.
    void this.updateComplete.then(() => this.#room.value?.store.watchFiles(signal));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.abort();
  }

  protected override willUpdate(_: PropertyValues): void {
    const state = this.#room.value?.files;
    const now = state?.phase === 'known' ? state.files : [];
    const at = this.#rows().findIndex((row) => row.matches(':focus-within'));
    const isGone = at >= 0 && !now.some(({ id }) => id === this.#shown[at]?.id);
    this.#focus = isGone ? Math.min(at, now.length - 1) : undefined;
    this.#shown = now;
  }

  protected override updated(): void {
    if (this.#focus === undefined) return;
    const row = this.#rows()[this.#focus];
    (row ?? this.shadowRoot?.querySelector<HTMLElement>('.add'))?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { phase, files: state, uploads = [] } = this.#room.value ?? {};
    if (!state || (phase !== 'joined' && phase !== 'reconnecting')) return nothing;
    const { files: texts } = this.#room.locale.texts;
    const why = this.#whyNot();
    return html`<div class="scroll" role="group" aria-label=${texts.list} tabindex="0">
        ${
          uploads.length > 0
            ? html`<div class="uploads" role="list" aria-label=${texts.uploads}>
                ${repeat(
                  uploads,
                  ({ id }) => id,
                  (upload) =>
                    html`<meeting-upload
                      role="listitem"
                      exportparts=${PARTS}
                      .meeting=${this.meeting}
                      .upload=${upload}
                    ></meeting-upload>`,
                )}
              </div>`
            : nothing
        }
        ${this.#renderFiles(state, uploads.length > 0)}
      </div>
      ${this.failed ? html`<p class="failure" role="alert">${this.failed}</p>` : nothing}
      <footer>
        <button
          class="button add"
          part="add-button"
          type="button"
          aria-disabled=${why ? 'true' : nothing}
          aria-describedby=${why ? 'why' : nothing}
          @click=${() => why || this.picker?.click()}
        >
          ${iconUpload()}${texts.add}
        </button>
        ${why ? html`<span class="usage" id="why">${why}</span>` : this.#renderUsage(state)}
        <input type="file" multiple hidden @change=${this.#picked} />
      </footer>
      ${
        this.#dragged.isOver && !why
          ? html`<div class="drop" aria-hidden="true">${iconUpload()}${texts.drop}</div>`
          : nothing
      }
      <meeting-file-view
        exportparts="dialog"
        .meeting=${this.meeting}
        @download=${(event: Event) => void this.#download((event.target as MeetingFileView).file)}
      ></meeting-file-view>`;
  }

  #renderFiles(state: FilesState, isUploading: boolean): TemplateResult | typeof nothing {
    const { texts } = this.#room.locale;
    if (state.phase === 'failed') {
      const { title, text } = explain(state.error.code, texts);
      return html`<div class="failure" role="alert">${title}. ${text}</div>`;
    }
    if (state.phase !== 'known') {
      return html`<div class="skeleton" role="status" aria-label=${texts.files.loading}>
        <i></i><i></i><i></i>
      </div>`;
    }
    if (state.files.length === 0) {
      if (isUploading) return nothing;
      return html`<div class="empty">
        ${iconFiles()}<strong>${texts.files.emptyTitle}</strong>
        <span>${texts.files.emptyText}</span>
      </div>`;
    }
    return html`<div role="list" aria-label=${texts.files.list}>
      ${repeat(
        state.files,
        ({ id }) => id,
        (file) =>
          html`<meeting-file
            role="listitem"
            exportparts=${PARTS}
            .meeting=${this.meeting}
            .file=${file}
            @view=${() => void this.viewer?.show(file)}
            @download=${() => void this.#download(file)}
          ></meeting-file>`,
      )}
    </div>`;
  }

  #renderUsage(state: FilesState): TemplateResult | typeof nothing {
    if (state.phase !== 'known') return nothing;
    const { code, texts } = this.#room.locale;
    const used = formatSize(state.usage.bytes, code);
    const all = formatSize(state.limits.roomBytes, code);
    return html`<span class="usage">${texts.files.usage(used, all)}</span>`;
  }

  /** Why nothing can be added now, in words. */
  #whyNot(): string | undefined {
    const { barred } = this.#room.value ?? {};
    return barred && explain(barred, this.#room.locale.texts).title;
  }

  #rows(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>('meeting-file') ?? [])];
  }

  #add(chosen: readonly File[]): void {
    if (chosen.length > 0 && !this.#whyNot())
      this.#room.request(new FileUploadRequestEvent(chosen));
  }

  async #download(file: RoomFile | undefined): Promise<void> {
    const { store } = this.#room.value ?? {};
    if (!file || !store) return;
    this.failed = undefined;
    try {
      download((await store.openFile(file.id)).url, this.ownerDocument);
    } catch {
      this.failed = this.#room.locale.texts.files.downloadFailed;
    }
  }

  readonly #picked = (): void => {
    const { picker } = this;
    if (!picker) return;
    this.#add([...(picker.files ?? [])]);
    // The same file again is a choice, too.
    picker.value = '';
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const { shell } = this.#room.value ?? {};
    const path = event.composedPath();
    const isOurs = shell && (path.includes(shell) || path[0] === this.ownerDocument.body);
    const [target] = path;
    const isTyping =
      target instanceof HTMLElement &&
      (target.isContentEditable || target.matches('input, textarea'));
    const pasted = filesIn(event.clipboardData);
    if (!isOurs || isTyping || event.defaultPrevented || pasted.length === 0) return;
    event.preventDefault();
    this.#add(pasted);
  };
}

const whyNot = (answer: Explanation): ErrorCode | undefined =>
  answer.allowed ? undefined : answer.why;

declare global {
  interface HTMLElementTagNameMap {
    'meeting-files': MeetingFiles;
  }
}
