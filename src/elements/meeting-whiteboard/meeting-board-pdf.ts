import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { whiteboard } from '../../locales/en-whiteboard.ts';
import type { RoomFile } from '../../protocol/file.ts';
import { button } from '../shared/button.styles.ts';
import { dialog } from '../shared/dialog.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-board-pdf.styles.ts';
import type { PdfPages } from './pdf-pages.ts';
import { MAX_PAGE_LENGTH, type Picture, shrink } from './pictures.ts';

/** So many pages are shown to choose from. */
const MAX_SHOWN = 200;
/** So many are added at a time: a board keeps some 60 of small print. */
const MAX_CHOSEN = 10;
/** A PDF is read whole into memory, in bytes. */
const MAX_BYTES = 50_000_000;
/** Longer sides, in pixels: of a page to choose, and of one on the board before it is made small. */
const THUMB = 220;
const PAGE = 1_600;

type Trouble = 'pdfFailed' | 'pdfPassword' | 'pdfTooLarge' | 'pictureFailed';

/**
 * Asks which pages of which PDF shall be on a whiteboard: one of the room's files, or from the
 * person's disk.
 *
 * @tag meeting-board-pdf
 * @csspart dialog - The dialog.
 */
export class MeetingBoardPdf extends LitElement {
  static override styles = [tokens, button, dialog, styles];

  /** The room, or its id, for a dialog outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({ store, files: store.files.value, phase: store.connection.value.phase }),
    { whiteboard },
  );

  @state() private name: string | undefined;
  @state() private pages: readonly (HTMLCanvasElement | undefined)[] | undefined;
  @state() private chosen: readonly number[] = [];
  @state() private trouble: Trouble | undefined;
  /** How many of the chosen pages are ready; undefined before somebody said that they shall be. */
  @state() private ready: number | undefined;
  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  @query('input[type=file]') private readonly picker!: HTMLInputElement | null;

  #pdf: PdfPages | undefined;
  #life = new AbortController();
  #answer: ((pictures: readonly Picture[]) => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#settle([]);
  }

  /**
   * Opens the dialog, at the pages of `file` when there is one.
   * @returns the chosen pages as pictures; none for Cancel and Escape.
   */
  async ask(file?: File): Promise<readonly Picture[]> {
    this.#settle([]);
    this.#life = new AbortController();
    const { signal } = this.#life;
    await this.updateComplete;
    this.dialog?.showModal();
    const answer = new Promise<readonly Picture[]>((resolve) => (this.#answer = resolve));
    if (file) void this.#read(file.name, file, signal);
    else this.#room.value?.store.watchFiles(signal);
    return answer;
  }

  protected override updated(): void {
    const { phase } = this.#room.value ?? {};
    // Out of the call: nothing of the room's files stays in sight.
    if (this.#answer && phase !== 'joined' && phase !== 'reconnecting') this.#settle([]);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#room.value) return nothing;
    const { whiteboard: texts } = this.#room.locale.texts;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @close=${() => this.#settle([])}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      <h2 id="title">${this.name === undefined ? texts.pdf : html`<bdi>${this.name}</bdi>`}</h2>
      ${this.trouble ? html`<p role="alert">${texts[this.trouble]}</p>` : nothing}
      ${this.name === undefined ? this.#renderSources() : this.#renderPages()}
      <div class="actions">
        <button class="button" type="button" @click=${() => this.#settle([])}>
          ${texts.cancel}
        </button>
        ${
          this.pages
            ? html`<button
                class="button primary"
                type="button"
                ?disabled=${this.chosen.length === 0 || this.ready !== undefined}
                @click=${this.#add}
              >
                ${texts.pdfAdd(this.chosen.length)}
              </button>`
            : nothing
        }
      </div>
      <input type="file" accept="application/pdf" hidden @change=${this.#picked} />
    </dialog>`;
  }

  #renderSources(): TemplateResult {
    const { whiteboard: texts } = this.#room.locale.texts;
    const { files } = this.#room.value ?? {};
    const pdfs = files?.phase === 'known' ? files.files.filter(isPdf) : [];
    return html`<button class="button primary" type="button" @click=${() => this.picker?.click()}>
        ${texts.pdfDevice}
      </button>
      ${
        pdfs.length > 0
          ? html`<h3 id="room">${texts.pdfRoom}</h3>
              <ul class="files" aria-labelledby="room">
                ${pdfs.map(
                  (file) =>
                    html`<li>
                      <button class="button" type="button" @click=${() => this.#pick(file)}>
                        <bdi>${file.name}</bdi>
                      </button>
                    </li>`,
                )}
              </ul>`
          : nothing
      }`;
  }

  #renderPages(): TemplateResult | typeof nothing {
    const { whiteboard: texts } = this.#room.locale.texts;
    const { pages, chosen, ready } = this;
    if (this.trouble) return nothing;
    if (!pages) return html`<p role="status">${texts.pdfLoading}</p>`;
    const isFull = chosen.length >= MAX_CHOSEN;
    const said = ready === undefined ? texts.pdfChoose(MAX_CHOSEN) : texts.pdfAdding(ready + 1);
    return html`<p role="status">${said}</p>
      <ul class="pages">
        ${pages.map((page, index) => {
          const number = index + 1;
          const isChosen = chosen.includes(number);
          return html`<li>
            <label>
              <input
                type="checkbox"
                .checked=${isChosen}
                ?disabled=${(isFull && !isChosen) || ready !== undefined}
                @change=${() => this.#choose(number)}
              />
              <span class="sheet" aria-hidden="true">${page}</span>
              <span>${texts.pdfPage(number)}</span>
            </label>
          </li>`;
        })}
      </ul>`;
  }

  #choose(number: number): void {
    this.chosen = this.chosen.includes(number)
      ? this.chosen.filter((one) => one !== number)
      : [...this.chosen, number].sort((one, other) => one - other);
  }

  #pick(file: RoomFile): void {
    const { store } = this.#room.value ?? {};
    if (store) void this.#read(file.name, store.viewFile(file.id), this.#life.signal);
  }

  readonly #picked = (): void => {
    const [file] = this.picker?.files ?? [];
    if (file) void this.#read(file.name, file, this.#life.signal);
  };

  /** Opens a PDF and shows its pages, one after another. Never rejects. */
  async #read(name: string, source: Blob | Promise<Blob>, signal: AbortSignal): Promise<void> {
    this.name = name;
    try {
      const [{ PdfPages: engine }, blob] = await Promise.all([import('./pdf-pages.ts'), source]);
      if (signal.aborted) return;
      if (blob.size > MAX_BYTES) {
        this.trouble = 'pdfTooLarge';
        return;
      }
      const pdf = await engine.open(new Uint8Array(await blob.arrayBuffer()));
      if (signal.aborted) {
        pdf.close();
        return;
      }
      this.#pdf = pdf;
      signal.addEventListener('abort', () => pdf.close(), { once: true });
      const count = Math.min(pdf.count, MAX_SHOWN);
      this.pages = Array.from({ length: count }, () => undefined);
      if (count === 1) this.chosen = [1];
      await this.#drawThumbs(pdf, count, signal);
    } catch (error) {
      if (signal.aborted) return;
      const hasPassword = error instanceof Error && error.name === 'PasswordException';
      this.trouble = hasPassword ? 'pdfPassword' : 'pdfFailed';
    }
  }

  async #drawThumbs(pdf: PdfPages, count: number, signal: AbortSignal): Promise<void> {
    for (let number = 1; number <= count && !signal.aborted; number += 1) {
      // One that can't be drawn stays white, and is a page all the same.
      const thumb = await pdf.draw(number, THUMB).catch(() => undefined);
      if (!signal.aborted) this.pages = this.pages?.with(number - 1, thumb);
    }
  }

  readonly #add = async (): Promise<void> => {
    const { signal } = this.#life;
    const pictures: Picture[] = [];
    try {
      for (const number of this.chosen) {
        this.ready = pictures.length;
        const canvas = await this.#pdf?.draw(number, PAGE);
        if (!canvas || signal.aborted) return;
        const { whiteboard: texts } = this.#room.locale.texts;
        const alt = `${this.name ?? ''}, ${texts.pdfPage(number)}`;
        pictures.push({ src: await shrink(canvas, MAX_PAGE_LENGTH), name: alt });
      }
      if (!signal.aborted) this.#settle(pictures);
    } catch {
      if (!signal.aborted) this.trouble = 'pictureFailed';
    }
  };

  #settle(pictures: readonly Picture[]): void {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#life.abort();
    this.#pdf = undefined;
    this.name = undefined;
    this.pages = undefined;
    this.chosen = [];
    this.trouble = undefined;
    this.ready = undefined;
    if (this.picker) this.picker.value = '';
    if (this.dialog?.open) this.dialog.close();
    answer?.(pictures);
  }
}

const isPdf = ({ type, size }: RoomFile): boolean =>
  type === 'application/pdf' && size <= MAX_BYTES;

declare global {
  interface HTMLElementTagNameMap {
    'meeting-board-pdf': MeetingBoardPdf;
  }
}
