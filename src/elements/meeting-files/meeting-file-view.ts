import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { files } from '../../locales/en-files.ts';
import type { RoomFile } from '../../protocol/file.ts';
import { iconDownload, iconX } from '../icons.generated.ts';
import { dialog } from '../shared/dialog.styles.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { viewer } from './viewer.styles.ts';

/**
 * Shows a picture or PDF over everything. The bytes were fetched as they are and are shown as this
 * one type, from a URL of this page that dies with the dialog.
 *
 * @tag meeting-file-view
 * @fires download - Somebody wants the file on their disk.
 * @csspart dialog - The dialog.
 */
export class MeetingFileView extends LitElement {
  static override styles = [tokens, iconButton, dialog, viewer];

  /** The room, or its id, for a viewer outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  /** What is shown; undefined while nothing is. */
  @state() file: RoomFile | undefined;

  @state() private url: string | undefined;
  @state() private hasFailed = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement | null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({ store, files: store.files.value, phase: store.connection.value.phase }),
    { files },
  );
  #blocked = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  /** Opens it, and fetches what it shows. */
  async show(file: RoomFile): Promise<void> {
    this.#forget();
    this.file = file;
    await this.updateComplete;
    this.dialog?.showModal();
    try {
      const blob = await this.#room.value?.store.viewFile(file.id);
      if (!blob || this.file !== file) return;
      this.#watchPolicy();
      this.url = URL.createObjectURL(blob);
    } catch {
      this.hasFailed = this.file === file;
    }
  }

  protected override updated(): void {
    const { files: known, phase } = this.#room.value ?? {};
    const isIn = phase === 'joined' || phase === 'reconnecting';
    const isThere = known?.phase !== 'known' || known.files.some(({ id }) => id === this.file?.id);
    // Deleted, or out of the call: nothing of it stays in sight.
    if (this.file && !(isIn && isThere)) this.dialog?.close();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { file } = this;
    if (!file) return nothing;
    const { viewer: texts } = this.#room.locale.texts.files;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @close=${() => this.#forget()}
      @click=${this.#outside}
      @keydown=${this.#keydown}
    >
      <header>
        <h2 id="title"><bdi>${file.name}</bdi></h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${texts.download}
          title=${texts.download}
          @click=${() => this.dispatchEvent(new Event('download'))}
        >
          ${iconDownload()}
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label=${texts.close}
          title=${texts.close}
          @click=${() => this.dialog?.close()}
        >
          ${iconX()}
        </button>
      </header>
      <div class="content">${this.#renderContent(file)}</div>
    </dialog>`;
  }

  #renderContent(file: RoomFile): TemplateResult {
    const { viewer: texts } = this.#room.locale.texts.files;
    const fail = (): void => {
      this.hasFailed = true;
    };
    if (this.hasFailed) return html`<p role="alert">${texts.failed}</p>`;
    if (this.url === undefined) return html`<p role="status">${texts.loading}</p>`;
    return file.image
      ? html`<img src=${this.url} alt=${file.name} @error=${fail} />`
      : html`<iframe src=${this.url} title=${file.name}></iframe>`;
  }

  /** A page whose policy forbids it shows nothing; only the policy's event tells. */
  #watchPolicy(): void {
    const { signal } = this.#blocked;
    const hear = ({ blockedURI }: SecurityPolicyViolationEvent): void => {
      if (blockedURI.startsWith('blob')) this.hasFailed = true;
    };
    this.ownerDocument.addEventListener('securitypolicyviolation', hear, { signal });
  }

  /** Escape closes the dialog, and not the panel below it as well; no key means the call. */
  readonly #keydown = (event: KeyboardEvent): void => event.stopPropagation();

  readonly #outside = (event: Event): void => {
    if (event.target === this.dialog) this.dialog?.close();
  };

  #forget(): void {
    this.#blocked.abort();
    this.#blocked = new AbortController();
    if (this.url !== undefined) URL.revokeObjectURL(this.url);
    this.url = undefined;
    this.hasFailed = false;
    this.file = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-file-view': MeetingFileView;
  }
}
