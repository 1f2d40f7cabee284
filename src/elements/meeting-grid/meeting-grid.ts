import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { iconCheck, iconChevronLeft, iconChevronRight, iconLink } from '../icons.generated.ts';
import type { ParticipantTile } from '../participant-tile/participant-tile.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { HiddenWatch } from './hidden-watch.ts';
import { GAP, arrange, move, paginate, place, type Arrangement } from './meeting-grid.model.ts';
import { styles } from './meeting-grid.styles.ts';

/** How long tiles glide to their new places, ms. */
const GLIDE = 200;
/** How long the button says that the link is copied, ms. */
const COPIED = 2_000;

const EMPTY: Arrangement = { columns: 1, rows: 1, tileWidth: 0, tileHeight: 0 };

/**
 * The people in the call, in equal tiles as large as fit, with no scrollbars.
 *
 * @tag meeting-grid
 * @slot empty - Replaces the invitation that somebody alone in the call sees.
 * @csspart stage - The box with the tiles.
 * @csspart invitation - What somebody alone in the call sees above their tile.
 */
export class MeetingGrid extends LitElement {
  static override styles = [tokens, button, styles];

  /** The room, or its id, for a grid outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** The address that "Copy link" copies; without one there is no such button. */
  @property({ attribute: 'invite-url' }) inviteUrl: string | null = null;
  /** Leaves out the buttons that remove. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;

  readonly #room = new RoomController(this, ({ store }) => ({
    roster: store.roster.value,
    isFilmed: store.devices.value.camera.phase === 'on',
  }));

  @state() private size = { width: 0, height: 0 };
  @state() private page = 0;
  @state() private active: string | undefined;
  @state() private copy: 'idle' | 'copied' | 'failed' = 'idle';
  @query('.stage') private readonly stage!: HTMLElement;

  #shown: readonly string[] = [];
  #arrangement: Arrangement = EMPTY;
  #resized = false;
  #focused: number | undefined;
  #observer: ResizeObserver | undefined;
  #frame = 0;

  constructor() {
    super();
    new HiddenWatch(this, () => this.#room.value?.isFilmed === true);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#resized = changed.has('size');
    const { pages, shown } = this.#visible();
    if (this.page >= pages) this.page = pages - 1;
    if (this.active !== undefined && shown.includes(this.active)) return;
    // The tile in focus is gone: the one that took its place is next.
    const index = this.active === undefined ? -1 : this.#shown.indexOf(this.active);
    this.#focused = index >= 0 && this.#hasFocus() ? Math.min(index, shown.length - 1) : undefined;
    this.active = shown[Math.max(0, Math.min(index, shown.length - 1))];
  }

  protected override updated(): void {
    const { shown, height } = this.#visible();
    const { width } = this.size;
    const arrangement = arrange(shown.length, width, height);
    const moved = this.#moves(shown, arrangement, height);
    const { columns, tileWidth, tileHeight } = arrangement;
    const used = columns * tileWidth + (columns - 1) * GAP;
    this.stage.style.setProperty('--_tile-width', `${tileWidth}px`);
    this.stage.style.setProperty('--_tile-height', `${tileHeight}px`);
    this.stage.style.setProperty('--_inset', `${Math.max(0, Math.floor((width - used) / 2))}px`);
    this.#shown = shown;
    this.#arrangement = arrangement;
    for (const [tile, from] of moved) glide(tile, from);
    if (this.#focused !== undefined) this.#tile(shown[this.#focused])?.focus();
    this.#focused = undefined;
  }

  protected override render(): TemplateResult {
    const { shown, pages, alone } = this.#visible();
    return html`<div
        class="stage"
        part="stage"
        role="list"
        aria-label=${this.#room.locale.texts.grid.stage}
        @keydown=${this.#keydown}
        @focusin=${this.#focusin}
      >
        ${repeat(
          shown,
          (identity) => identity,
          (identity) =>
            html`<participant-tile
              role="listitem"
              exportparts="tile, video, name, remove-button"
              .meeting=${this.meeting}
              .identity=${identity}
              .active=${identity === this.active}
              .withoutRemove=${this.withoutRemove}
            ></participant-tile>`,
        )}
      </div>
      <slot name="empty" ?hidden=${!alone}>${alone ? this.#renderInvitation() : nothing}</slot>
      ${pages > 1 ? this.#renderPages(pages) : nothing}`;
  }

  #renderInvitation(): TemplateResult {
    const { grid } = this.#room.locale.texts;
    return html`<div class="invitation" part="invitation">
      <div class="words">
        <h2>${grid.alone}</h2>
        <p>${this.inviteUrl ? grid.invite : grid.waitForOthers}</p>
      </div>
      ${
        this.inviteUrl
          ? html`<button class="button" type="button" @click=${this.#copyLink}>
              ${this.copy === 'copied' ? iconCheck() : iconLink()}
              <span role="status">${this.copy === 'copied' ? grid.copied : grid.copyLink}</span>
            </button>`
          : nothing
      }
      ${
        this.copy === 'failed'
          ? html`<input readonly aria-label=${grid.copyFailed} .value=${this.inviteUrl ?? ''} />`
          : nothing
      }
    </div>`;
  }

  #renderPages(pages: number): TemplateResult {
    const { grid } = this.#room.locale.texts;
    const turn = (label: string, step: 1 | -1, icon: TemplateResult): TemplateResult =>
      html`<button
        type="button"
        aria-label=${label}
        aria-disabled=${this.page + step < 0 || this.page + step >= pages ? 'true' : nothing}
        @click=${() => this.#turn(step, pages)}
      >
        ${icon}
      </button>`;
    return html`<div class="pages">
      ${turn(grid.previousPage, -1, iconChevronLeft())}
      <span role="status">${grid.page(this.page + 1, pages)}</span>
      ${turn(grid.nextPage, 1, iconChevronRight())}
    </div>`;
  }

  #visible(): { shown: readonly string[]; pages: number; height: number; alone: boolean } {
    const roster = this.#room.value?.roster ?? [];
    const { size, pages, height } = paginate(roster.length, this.size.width, this.size.height);
    const start = Math.min(this.page, pages - 1) * size;
    return { shown: roster.slice(start, start + size), pages, height, alone: roster.length === 1 };
  }

  /** The element itself, whose size does not follow from what is in it. */
  #observe(): void {
    this.#observer ??= new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      // In the next frame: a layout that answers at once can be a loop, which pages see as an error.
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => {
        if (width !== this.size.width || height !== this.size.height) this.size = { width, height };
      });
    });
    this.#observer.observe(this);
  }

  #hasFocus(): boolean {
    return this.shadowRoot?.activeElement?.localName === 'participant-tile';
  }

  #tile(identity: string | undefined): ParticipantTile | undefined {
    return [...this.stage.querySelectorAll('participant-tile')].find(
      (tile) => tile.identity === identity,
    );
  }

  /** The tiles that are elsewhere now, and how they got there from where they were. */
  #moves(shown: readonly string[], to: Arrangement, height: number): Map<ParticipantTile, string> {
    const moves = new Map<ParticipantTile, string>();
    const from = this.#arrangement;
    const same =
      shown.length === this.#shown.length && shown.every((id, i) => id === this.#shown[i]);
    if (same || this.#resized || from.tileWidth === 0 || to.tileWidth === 0) return moves;
    const forward = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const box = (of: Arrangement): { start: number; top: number } => ({
      start: (this.size.width - of.columns * (of.tileWidth + GAP) + GAP) / 2,
      top: (height - of.rows * (of.tileHeight + GAP) + GAP) / 2,
    });
    const [fromBox, toBox] = [box(from), box(to)];
    const tiles = [...this.stage.querySelectorAll('participant-tile')];
    for (const [index, tile] of tiles.entries()) {
      const before = this.#shown.indexOf(tile.identity);
      if (before < 0) continue;
      const was = place(before, this.#shown.length, from);
      const is = place(index, shown.length, to);
      const x = fromBox.start + was.start - toBox.start - is.start;
      const y = fromBox.top + was.top - toBox.top - is.top;
      const scale = from.tileWidth / to.tileWidth;
      moves.set(tile, `translate(${x * forward}px, ${y}px) scale(${scale})`);
    }
    return moves;
  }

  #turn(step: 1 | -1, pages: number): void {
    this.page = Math.max(0, Math.min(pages - 1, this.page + step));
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const index = this.#shown.indexOf(this.active ?? '');
    const dir = getComputedStyle(this).direction === 'rtl' ? 'rtl' : 'ltr';
    const target = move(event.key, index, this.#shown.length, this.#arrangement.columns, dir);
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#tile(this.#shown[target])?.focus();
  };

  readonly #focusin = (event: Event): void => {
    const tile = event.target as Partial<ParticipantTile>;
    if (tile.identity !== undefined) this.active = tile.identity;
  };

  readonly #copyLink = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.inviteUrl ?? '');
      this.copy = 'copied';
      setTimeout(() => (this.copy = 'idle'), COPIED);
    } catch {
      // No permission, or not a secure page: the link is shown to be copied by hand.
      this.copy = 'failed';
    }
  };
}

function glide(tile: HTMLElement, from: string): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const origin = getComputedStyle(tile).direction === 'rtl' ? 'top right' : 'top left';
  tile.animate(
    [
      { transform: from, transformOrigin: origin },
      { transform: 'none', transformOrigin: origin },
    ],
    { duration: GLIDE, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' },
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-grid': MeetingGrid;
  }
}
