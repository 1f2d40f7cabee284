import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { requestKey } from '../../core/state.ts';
import { WhiteboardCreateRequestEvent } from '../../events/whiteboard-create-request.ts';
import { WhiteboardRenameRequestEvent } from '../../events/whiteboard-rename-request.ts';
import { whiteboard } from '../../locales/en-whiteboard.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import { button } from '../shared/button.styles.ts';
import { explain } from '../shared/errors.model.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { stepAlong } from '../shared/row-keys.ts';
import { panelStates } from '../shared/panel-states.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { iconLock, iconPlus, iconPresentation } from '../whiteboard-icons.generated.ts';
import type { MeetingBoard } from './meeting-board.ts';
import { styles } from './meeting-whiteboard.styles.ts';
import { freeName } from './whiteboard.model.ts';

/**
 * The whiteboards of the room: one after another as tabs, and the one that is chosen.
 *
 * @tag meeting-whiteboard
 * @fires {WhiteboardCreateRequestEvent} whiteboard-create-request - Somebody wants another one.
 * @fires {WhiteboardRenameRequestEvent} whiteboard-rename-request - Somebody wants to rename one.
 * @csspart whiteboard-tab - The tab of a whiteboard.
 * @csspart whiteboard-paper - What is drawn on.
 * @csspart whiteboard-tools - The toolbar.
 * @csspart whiteboard-tool - One of its tools.
 * @csspart menu - The menu of a whiteboard.
 * @csspart menu-item - One of its items.
 */
export class MeetingWhiteboard extends LitElement {
  static override styles = [tokens, button, iconButton, panelStates, styles];

  /** The room, or its id, for a panel outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** The id of the whiteboard that is shown; the first one unless there is such. */
  @property() whiteboard: string | null = null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({
      store,
      phase: store.connection.value.phase,
      boards: store.whiteboards.value,
      mayCreate: store.explain('whiteboard-create').allowed,
      isCreating: store.requests.value.get(requestKey('whiteboard-create'))?.phase === 'pending',
    }),
    { whiteboard },
  );

  @state() private renaming: string | undefined;
  @query('meeting-board') private readonly board!: MeetingBoard | null;
  @query('.rename input') private readonly nameBox!: HTMLInputElement | null;

  #watch = new AbortController();
  #known = new Set<string>();
  /** The next one that oneself makes is shown when it is there. */
  #isAwaited = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    // The room is found a moment later; then it is watched.
    void this.updateComplete.then(() => this.#room.value?.store.watchWhiteboards(signal));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.abort();
  }

  override focus(options?: FocusOptions): void {
    const begin = this.shadowRoot?.querySelector<HTMLElement>('[aria-selected=true], .add');
    begin?.focus(options);
  }

  protected override willUpdate(_: PropertyValues): void {
    const boards = this.#boards;
    const me = this.#room.value?.store.me.peek();
    const own = boards.find(
      ({ id, by }) => !this.#known.has(id) && 'person' in by && by.person === me?.person,
    );
    if (this.#isAwaited && own) {
      this.whiteboard = own.id;
      this.#isAwaited = false;
    }
    this.#known = new Set(boards.map(({ id }) => id));
    if (this.renaming !== undefined && this.renaming !== this.#chosen?.id)
      this.renaming = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('renaming') && this.renaming !== undefined) this.nameBox?.select();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { phase, boards: state } = this.#room.value ?? {};
    if (!state || (phase !== 'joined' && phase !== 'reconnecting')) return nothing;
    const { texts } = this.#room.locale;
    if (state.phase === 'failed') {
      const { title, text } = explain(state.error.code, texts);
      return html`<div class="failure" role="alert">${title}. ${text}</div>`;
    }
    if (state.phase !== 'known') {
      return html`<div
        class="skeleton"
        role="status"
        aria-label=${texts.whiteboard.loading}
      ></div>`;
    }
    const chosen = this.#chosen;
    return chosen ? this.#renderBoards(state.boards, chosen) : this.#renderEmpty();
  }

  #renderEmpty(): TemplateResult {
    const { whiteboard: texts } = this.#room.locale.texts;
    const { mayCreate, isCreating } = this.#room.value ?? {};
    return html`<div class="empty">
      ${iconPresentation()}<strong>${texts.emptyTitle}</strong>
      <span>${mayCreate ? texts.emptyText : texts.emptyPresenter}</span>
      ${
        mayCreate
          ? html`<button
              class="button primary add"
              type="button"
              ?disabled=${isCreating}
              @click=${this.#create}
            >
              ${texts.add}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderBoards(boards: readonly Whiteboard[], chosen: Whiteboard): TemplateResult {
    const { whiteboard: texts } = this.#room.locale.texts;
    const { mayCreate, isCreating } = this.#room.value ?? {};
    return html`<div class="bar">
        <div class="tabs" role="tablist" aria-label=${texts.list} @keydown=${this.#walk}>
          ${repeat(
            boards,
            ({ id }) => id,
            (one) =>
              html`<button
                class="tab"
                part="whiteboard-tab"
                role="tab"
                type="button"
                id=${`tab-${one.id}`}
                aria-selected=${String(one === chosen)}
                aria-controls=${one === chosen ? 'board' : nothing}
                tabindex=${one === chosen ? 0 : -1}
                title=${one.name}
                @click=${() => (this.whiteboard = one.id)}
              >
                <span dir="auto">${one.name}</span>
                ${
                  one.locked
                    ? html`<span role="img" aria-label=${texts.lockedMark}>${iconLock()}</span>`
                    : nothing
                }
              </button>`,
          )}
        </div>
        ${
          mayCreate
            ? html`<button
                class="icon-button add"
                type="button"
                aria-label=${texts.add}
                title=${texts.add}
                ?disabled=${isCreating}
                @click=${this.#create}
              >
                ${iconPlus()}
              </button>`
            : nothing
        }
        <meeting-board-menu
          exportparts="menu, menu-item"
          .meeting=${this.meeting}
          .whiteboard=${chosen}
          @rename=${() => (this.renaming = chosen.id)}
          @export-png=${() => void this.board?.export('png')}
          @export-svg=${() => void this.board?.export('svg')}
        ></meeting-board-menu>
      </div>
      ${this.renaming === chosen.id ? this.#renderRename(chosen) : nothing}
      <meeting-board
        id="board"
        role="tabpanel"
        aria-label=${chosen.name}
        exportparts="whiteboard-paper, whiteboard-tools, whiteboard-tool"
        .meeting=${this.meeting}
        .whiteboard=${chosen}
      ></meeting-board>`;
  }

  #renderRename(chosen: Whiteboard): TemplateResult {
    const { whiteboard: texts } = this.#room.locale.texts;
    return html`<form class="rename" @submit=${this.#rename} @keydown=${this.#renameKey}>
      <input
        aria-label=${texts.newName}
        maxlength="60"
        required
        autocomplete="off"
        .value=${chosen.name}
      />
      <button class="button primary" type="submit">${texts.save}</button>
      <button class="button" type="button" @click=${this.#endRename}>${texts.cancel}</button>
    </form>`;
  }

  get #boards(): readonly Whiteboard[] {
    const state = this.#room.value?.boards;
    return state?.phase === 'known' ? state.boards : [];
  }

  get #chosen(): Whiteboard | undefined {
    return this.#boards.find(({ id }) => id === this.whiteboard) ?? this.#boards[0];
  }

  readonly #create = (): void => {
    const { whiteboard: texts } = this.#room.locale.texts;
    const taken = this.#boards.map(({ name }) => name);
    this.#isAwaited = true;
    this.#room.request(new WhiteboardCreateRequestEvent(freeName(texts.name, taken)));
  };

  readonly #rename = (event: Event): void => {
    event.preventDefault();
    const name = this.nameBox?.value.trim() ?? '';
    const chosen = this.#chosen;
    if (chosen && name && name !== chosen.name) {
      this.#room.request(new WhiteboardRenameRequestEvent(chosen, name));
    }
    this.#endRename();
  };

  readonly #renameKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#endRename();
  };

  readonly #endRename = (): void => {
    this.renaming = undefined;
    this.focus();
  };

  readonly #walk = (event: KeyboardEvent): void => {
    const tabs = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.tab') ?? [])];
    const at = tabs.findIndex((tab) => tab.matches(':focus'));
    const tab = at < 0 ? undefined : stepAlong(event, tabs, at, this);
    if (!tab) return;
    event.preventDefault();
    tab.focus();
    tab.click();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-whiteboard': MeetingWhiteboard;
  }
}
