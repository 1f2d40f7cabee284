import { effect } from '@preact/signals-core';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { BoardState } from '../../core/board-state.ts';
import { whiteboard } from '../../locales/en-whiteboard.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import { button } from '../shared/button.styles.ts';
import { hue } from '../shared/person.model.ts';
import { saveFile } from '../shared/save-file.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { noteOf } from './board-note.model.ts';
import { boardTools } from './board-tools.styles.ts';
import { renderTools } from './board-tools.template.ts';
import type * as drawing from './drawing.ts';
import { drawingStyles } from './drawing.styles.ts';
import { styles } from './meeting-board.styles.ts';
import type { MeetingBoardPdf } from './meeting-board-pdf.ts';
import { Paper } from './paper.ts';
import { shrink } from './pictures.ts';
import { ToolStops } from './tool-stops.ts';
import { COLORS, fileName, type Ink, type Tool, WIDTHS } from './whiteboard.model.ts';

/** That somebody draws is said no more often than this, of each, in ms. */
const SAID_GAP = 10_000;

/**
 * One whiteboard: the paper, and what one draws with.
 *
 * @tag meeting-board
 * @csspart whiteboard-paper - What is drawn on.
 * @csspart whiteboard-tools - The toolbar.
 * @csspart whiteboard-tool - One of its tools.
 */
export class MeetingBoard extends LitElement {
  static override styles = [tokens, button, drawingStyles, boardTools, styles];

  /** The room, or its id, for a board outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Which one. */
  @property({ attribute: false }) whiteboard: Whiteboard | undefined;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({
      store,
      isHost: store.me.value?.role === 'host',
      isPresenting: store.room.value?.presenterMode === true,
    }),
    { whiteboard },
  );

  @state() private tool: Tool = 'pen';
  @state() private ink: Ink = { color: COLORS.black, width: WIDTHS.medium };
  @state() private board: BoardState | undefined;
  @state() private failed: 'engine' | 'picture' | 'export' | undefined;
  @state() private count = 0;
  @state() private hasPages = false;
  @state() private said = '';
  @query('.box') private readonly box!: HTMLElement | null;
  @query('.over') private readonly over!: HTMLElement | null;
  @query('input[type=file]') private readonly picker!: HTMLInputElement | null;
  @query('meeting-board-pdf') private readonly pdf!: MeetingBoardPdf | null;

  #paper: Paper | undefined;
  #opened = new AbortController();
  #shownId: string | undefined;
  readonly #stops = new ToolStops(() => [
    ...this.renderRoot.querySelectorAll<HTMLElement>('.tool'),
  ]);
  readonly #saidAt = new Map<string, number>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#opened.abort();
    this.#paper?.dispose();
    this.#paper = undefined;
    this.#shownId = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** Puts the focus on the paper. */
  override focus(options?: FocusOptions): void {
    const area = this.#paper?.area ?? this.renderRoot.querySelector<HTMLElement>('.tool');
    area?.focus(options);
  }

  /** Saves the board on the person's disk. */
  async export(kind: 'png' | 'svg'): Promise<void> {
    if (!this.#paper || !this.whiteboard) return;
    this.failed = undefined;
    try {
      const file = kind === 'png' ? await this.#paper.png() : this.#paper.svg();
      saveFile(this.ownerDocument, file, fileName(this.whiteboard.name, kind));
    } catch {
      this.failed = 'export';
    }
  }

  protected override updated(_: PropertyValues): void {
    const id = this.whiteboard?.id;
    if (this.#room.value && id !== undefined && id !== this.#shownId) void this.#open(id);
    this.#paper?.setReadOnly(this.#isReadOnly);
    this.#stops.set();
    const { whiteboard: texts } = this.#room.locale.texts;
    const area = this.#paper?.area;
    area?.setAttribute('role', 'application');
    area?.setAttribute('aria-label', texts.paper(this.whiteboard?.name ?? '', this.count));
    area?.setAttribute('aria-description', texts.keys);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#room.value || !this.whiteboard) return nothing;
    const { whiteboard: texts } = this.#room.locale.texts;
    const note = noteOf(
      { ...this.#room.value, ...this.board, failed: this.failed, locked: this.whiteboard.locked },
      this.#room.locale.texts,
    );
    return html`<div class="paper" part="whiteboard-paper">
        <div class="box" @dragover=${this.#dragged} @drop=${this.#dropped}></div>
        <div class="over" aria-hidden="true"></div>
        ${
          this.board?.phase === 'loading' || !this.board
            ? html`<div class="loading" role="status" aria-label=${texts.loading}></div>`
            : nothing
        }
        ${note ? html`<p class="note" role="status">${note}</p>` : nothing}
        ${
          this.failed === 'engine'
            ? html`<div class="failure" role="alert">
                <span>${texts.engineFailed}</span>
                <button class="button" type="button" @click=${this.#again}>
                  ${this.#room.locale.texts.help.retry}
                </button>
              </div>`
            : nothing
        }
      </div>
      <div
        class="tools"
        part="whiteboard-tools"
        role="toolbar"
        aria-label=${texts.toolbar}
        @keydown=${this.#stops.walk}
        @focusin=${this.#stops.remember}
      >
        ${renderTools({
          texts,
          ...{ tool: this.tool, ink: this.ink, isReadOnly: this.#isReadOnly },
          canUndo: this.board?.canUndo === true,
          canRedo: this.board?.canRedo === true,
          choose: (tool) => this.#use(tool, this.ink),
          paint: (ink) => this.#use(this.tool, { ...this.ink, ...ink }),
          undo: () => this.#paper?.undo(),
          redo: () => this.#paper?.redo(),
          remove: () => this.#paper?.removeSelection(),
          pickPicture: () => this.picker?.click(),
          pickPages: () => void this.#addPages(),
          removePages: this.hasPages ? () => this.#paper?.removeFixed() : undefined,
          zoomIn: () => this.#paper?.zoomIn(),
          zoomOut: () => this.#paper?.zoomOut(),
          fit: () => this.#paper?.fit(),
        })}
        <input type="file" accept="image/*" hidden @change=${this.#picked} />
      </div>
      <meeting-board-pdf exportparts="dialog" .meeting=${this.meeting}></meeting-board-pdf>
      <div class="live" role="status" aria-live="polite">${this.said}</div>`;
  }

  get #isReadOnly(): boolean {
    const { isHost, isPresenting } = this.#room.value ?? {};
    const phase = this.board?.phase;
    if (phase !== 'live' && phase !== 'offline') return true;
    return !isHost && (this.whiteboard?.locked === true || isPresenting === true);
  }

  /** Never rejects. */
  async #open(id: string): Promise<void> {
    const { store } = this.#room.value ?? {};
    if (!store) return;
    this.#opened.abort();
    this.#opened = new AbortController();
    const { signal } = this.#opened;
    this.#shownId = id;
    this.board = undefined;
    this.failed = undefined;
    try {
      const [module, board] = await Promise.all([
        import('./drawing.ts'),
        store.openWhiteboard(id, signal),
      ]);
      if (signal.aborted) return;
      this.#paper ??= this.#newPaper(module);
      this.#paper?.open(board);
      const end = effect(() => {
        this.board = board.state.value;
      });
      signal.addEventListener('abort', end, { once: true });
      this.#use(this.tool, this.ink);
    } catch {
      if (!signal.aborted) this.failed = 'engine';
    }
  }

  #newPaper(module: typeof drawing): Paper | undefined {
    const { box, over } = this;
    if (!box || !over) return undefined;
    const label = this.#room.locale.texts.whiteboard.keys;
    return new Paper(
      module,
      { box, over, label },
      {
        who: (identity) => {
          const person = this.#room.value?.store.participant(identity).peek();
          return person && { name: person.name, hue: hue(person.person) };
        },
        chose: (tool) => this.#use(tool, this.ink),
        counted: () => {
          this.count = this.#paper?.count ?? 0;
          this.hasPages = this.#paper?.hasFixed === true;
        },
        drew: (identity) => this.#say(identity),
      },
    );
  }

  #use(tool: Tool, ink: Ink): void {
    // A colour is for drawing: whoever chooses one with the eraser wants to draw.
    const isInkNew = ink !== this.ink;
    this.tool = isInkNew && ['eraser', 'hand', 'select'].includes(tool) ? 'pen' : tool;
    this.ink = ink;
    this.#paper?.use(this.tool, ink);
  }

  #say(identity: string): void {
    const { store } = this.#room.value ?? {};
    const now = Date.now();
    if (identity === store?.me.peek()?.identity) return;
    if (now - (this.#saidAt.get(identity) ?? 0) < SAID_GAP) return;
    this.#saidAt.set(identity, now);
    const name = store?.participant(identity).peek()?.name;
    if (name !== undefined) this.said = this.#room.locale.texts.whiteboard.draws(name);
  }

  async #add(files: readonly File[]): Promise<void> {
    this.failed = undefined;
    try {
      for (const file of files) {
        if (file.type === 'application/pdf') await this.#addPages(file);
        else await this.#paper?.addPictures([{ src: await shrink(file), name: file.name }]);
      }
    } catch {
      this.failed = 'picture';
    }
  }

  /** Pages that stay where they are, for all to draw on. */
  async #addPages(file?: File): Promise<void> {
    const pages = await this.pdf?.ask(file);
    if (pages) await this.#paper?.addPictures(pages, true);
  }

  readonly #again = (): void => {
    if (this.whiteboard) void this.#open(this.whiteboard.id);
  };

  readonly #picked = (): void => {
    const files = [...(this.picker?.files ?? [])];
    if (this.picker) this.picker.value = '';
    void this.#add(files);
  };

  readonly #dragged = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };

  readonly #dropped = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.#add(
      files.filter(({ type }) => type.startsWith('image/') || type === 'application/pdf'),
    );
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-board': MeetingBoard;
  }
}
