import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { iconChevronLeft, iconChevronRight } from '../icons.generated.ts';
import type { ParticipantTile } from '../participant-tile/participant-tile.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { HiddenWatch } from './hidden-watch.ts';
import { renderInvitation, type Copied } from './invitation.template.ts';
import { glide, movesOf, type Standing } from './glide.ts';
import { GAP, arrange, move, see, type Visible } from './meeting-grid.model.ts';
import { styles } from './meeting-grid.styles.ts';

/** How long the button says that the link is copied, ms. */
const COPIED = 2_000;

const NOBODY = { roster: [], screens: [], isSharing: false, self: undefined };

const NOWHERE: Standing = {
  shown: [],
  arrangement: { columns: 1, rows: 1, tileWidth: 0, tileHeight: 0 },
  width: 0,
  height: 0,
};

/**
 * The people in the call, in equal tiles as large as fit, with no scrollbars; and beside them, or
 * above, the screens that they share.
 *
 * @tag meeting-grid
 * @slot empty - Replaces the invitation that somebody alone in the call sees.
 * @csspart stage - The box with the tiles.
 * @csspart screen - The frame around somebody's screen.
 * @csspart sharing - The line that says that one's own screen is shared.
 * @csspart stop-sharing-button - The button that ends it.
 * @csspart invitation - What somebody alone in the call sees above their tile.
 */
export class MeetingGrid extends LitElement {
  static override styles = [tokens, button, styles];
  /** Fetches and registers what shows a screen; set by `define`. */
  static loadScreen: () => Promise<unknown> = async () => undefined;

  /** The room, or its id, for a grid outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** The address that "Copy link" copies; without one there is no such button. */
  @property({ attribute: 'invite-url' }) inviteUrl: string | null = null;
  /** Leaves out the buttons that remove. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;

  readonly #room = new RoomController(this, ({ store }) => ({
    roster: store.roster.value,
    screens: store.screens.value,
    isSharing: store.screenShare.value.phase === 'on',
    self: store.me.value?.identity,
    isFilmed: store.devices.value.camera.phase === 'on',
  }));

  @state() private size = { width: 0, height: 0 };
  @state() private page = 0;
  @state() private active: string | undefined;
  @state() private screenFailed = false;
  @state() private copy: Copied = 'idle';
  @query('.stage') private readonly stage!: HTMLElement;

  #standing: Standing = NOWHERE;
  #hadScreenFocus = false;
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

  protected override willUpdate(): void {
    this.#hadScreenFocus = this.#focusedIn === 'meeting-screen';
    const { pages, shown } = this.#visible();
    if (this.page >= pages) this.page = pages - 1;
    if (this.active !== undefined && shown.includes(this.active)) return;
    // The tile in focus is gone: the one that took its place is next.
    const index = this.active === undefined ? -1 : this.#standing.shown.indexOf(this.active);
    this.#focused =
      index >= 0 && this.#focusedIn === 'participant-tile'
        ? Math.min(index, shown.length - 1)
        : undefined;
    this.active = shown[Math.max(0, Math.min(index, shown.length - 1))];
  }

  protected override updated(): void {
    const { shown, people, height } = this.#visible();
    const { width } = people;
    const arrangement = arrange(shown.length, width, height);
    const standing = { shown, arrangement, width, height };
    const moves = movesOf(this.#tiles(), this.#standing, standing);
    const { columns, tileWidth, tileHeight } = arrangement;
    const used = columns * tileWidth + (columns - 1) * GAP;
    this.style.setProperty('--_people-width', `${width}px`);
    this.style.setProperty('--_people-height', `${people.height}px`);
    this.stage.style.setProperty('--_tile-width', `${tileWidth}px`);
    this.stage.style.setProperty('--_tile-height', `${tileHeight}px`);
    this.stage.style.setProperty('--_inset', `${Math.max(0, Math.floor((width - used) / 2))}px`);
    this.#standing = standing;
    glide(moves);
    if (this.#focused !== undefined) this.#tile(shown[this.#focused])?.focus();
    else if (this.#hadScreenFocus && !this.#focusedIn) this.#tile(this.active)?.focus();
    this.#focused = undefined;
    this.#fetchScreen();
  }

  protected override render(): TemplateResult {
    const { shown, pages, alone, screens, isBeside } = this.#visible();
    return html`${this.#renderOwnScreen()}
      <div class="both ${isBeside ? 'beside' : ''}">
        ${screens.length > 0 ? this.#renderScreens(screens) : nothing}
        <div class="people">
          ${this.#renderPeople(shown)}${pages > 1 ? this.#renderPages(pages) : nothing}
        </div>
      </div>
      <slot name="empty" ?hidden=${!alone}>${alone ? this.#renderInvitation() : nothing}</slot>`;
  }

  #renderPeople(shown: readonly string[]): TemplateResult {
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
    </div>`;
  }

  #renderOwnScreen(): TemplateResult | typeof nothing {
    const isShown = this.#visible().isOwnShown && !this.screenFailed;
    const own = this.#renderScreen(this.#room.value?.self ?? '');
    return isShown ? html`<div class="stage-line">${own}</div>` : nothing;
  }

  #renderScreens(screens: readonly string[]): TemplateResult {
    const { panels, help } = this.#room.locale.texts;
    if (!this.screenFailed) {
      const each = repeat(
        screens,
        (identity) => identity,
        (identity) => this.#renderScreen(identity),
      );
      return html`<div class="screens">${each}</div>`;
    }
    const again = (): void => void (this.screenFailed = false);
    return html`<div class="screens failed" role="alert">
      ${panels.failed}
      <button class="button" type="button" @click=${again}>${help.retry}</button>
    </div>`;
  }

  #renderScreen(identity: string): TemplateResult {
    return html`<meeting-screen
      exportparts="screen, sharing, stop-sharing-button"
      .meeting=${this.meeting}
      .identity=${identity}
    ></meeting-screen>`;
  }

  #renderInvitation(): TemplateResult {
    const { inviteUrl, copy } = this;
    const { grid } = this.#room.locale.texts;
    return renderInvitation({ grid, inviteUrl, copy, copyLink: this.#copyLink });
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

  #visible = (): Visible => see(this.#room.value ?? NOBODY, this.size, this.page);

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

  /** What shows screens is fetched with the first one. */
  #fetchScreen(): void {
    const { screens, isOwnShown } = this.#visible();
    if ((screens.length === 0 && !isOwnShown) || this.screenFailed) return;
    MeetingGrid.loadScreen().catch(() => (this.screenFailed = true));
  }

  #tiles(): ParticipantTile[] {
    return [...this.stage.querySelectorAll('participant-tile')];
  }

  get #focusedIn(): string | undefined {
    return this.shadowRoot?.activeElement?.localName;
  }

  #tile(identity: string | undefined): ParticipantTile | undefined {
    return this.#tiles().find((tile) => tile.identity === identity);
  }

  #turn(step: 1 | -1, pages: number): void {
    this.page = Math.max(0, Math.min(pages - 1, this.page + step));
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const { shown, arrangement } = this.#standing;
    const index = shown.indexOf(this.active ?? '');
    const dir = getComputedStyle(this).direction === 'rtl' ? 'rtl' : 'ltr';
    const target = move(event.key, index, shown.length, arrangement.columns, dir);
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#tile(shown[target])?.focus();
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

declare global {
  interface HTMLElementTagNameMap {
    'meeting-grid': MeetingGrid;
  }
}
