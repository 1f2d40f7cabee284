import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../../controllers/room-controller.ts';
import type { ParticipantTile } from '../participant-tile/participant-tile.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { HiddenWatch } from './hidden-watch.ts';
import { renderInvitation, type Copied } from './invitation.template.ts';
import { glide, movesOf } from './glide.ts';
import {
  GAP,
  type Layout,
  type Standing,
  type Visible,
  arrange,
  move,
  see,
} from './meeting-grid.model.ts';
import { styles } from './meeting-grid.styles.ts';
import { renderPages } from './pages.template.ts';

/** How long the button says that the link is copied, ms. */
const COPIED = 2_000;

const NOBODY = { roster: [], screens: [], isSharing: false };

const NOWHERE: Standing = {
  shown: [],
  tiles: { start: 0, top: 0, width: 0, height: 0, below: 0 },
  large: undefined,
  arrangement: { columns: 1, rows: 1, tileWidth: 0, tileHeight: 0 },
};

/**
 * The people in the call, in equal tiles as large as fit, or whoever speaks in a large one, with no
 * scrollbars; and beside them, or above, the screens that they share.
 *
 * @tag meeting-grid
 * @slot empty - Replaces the invitation that somebody alone in the call sees.
 * @csspart stage - The box with the tiles.
 * @csspart participant - Each `<participant-tile>`, for its states: `::part(participant):state(muted)`.
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
  /** All equal, or whoever speaks large and the others in a strip. A shared screen goes first. */
  @property() layout: Layout = 'grid';
  /** Leaves out the buttons that remove. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;

  readonly #room = new RoomController(this, ({ store }) => ({
    roster: store.roster.value,
    screens: store.screens.value,
    isSharing: store.screenShare.value.phase === 'on',
    self: store.me.value?.identity,
    activeSpeaker: store.activeSpeaker.value,
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
    const { shown, people, tiles, large } = this.#visible();
    const arrangement = arrange(shown.length - (large ? 1 : 0), tiles.width, tiles.height);
    const standing = { shown, tiles, large, arrangement };
    const moves = movesOf(this.#tiles(), this.#standing, standing);
    const { columns, tileWidth, tileHeight } = arrangement;
    const used = columns * tileWidth + (columns - 1) * GAP;
    const set = ({ style }: HTMLElement, sizes: Readonly<Record<string, number>>): void => {
      for (const [name, px] of Object.entries(sizes)) style.setProperty(`--_${name}`, `${px}px`);
    };
    set(this, { 'people-width': people.width, 'people-height': people.height });
    set(this.stage, {
      'tile-width': tileWidth,
      'tile-height': tileHeight,
      inset: Math.max(0, Math.floor((tiles.width - used) / 2)),
      start: tiles.start,
      top: tiles.top,
      below: tiles.below,
      'large-start': large?.start ?? 0,
      'large-top': large?.top ?? 0,
      'large-width': large?.width ?? 0,
      'large-height': large?.height ?? 0,
    });
    this.#standing = standing;
    glide(moves);
    if (this.#focused !== undefined) this.#tile(shown[this.#focused])?.focus();
    else if (this.#hadScreenFocus && !this.#focusedIn) this.#tile(this.active)?.focus();
    this.#focused = undefined;
    this.#fetchScreen();
  }

  protected override render(): TemplateResult {
    const { shown, pages, alone, screens, isBeside, large } = this.#visible();
    const turn = (step: 1 | -1): void => this.#turn(step, pages);
    const { grid } = this.#room.locale.texts;
    return html`${this.#renderOwnScreen()}
      <div class="both ${isBeside ? 'beside' : ''}">
        ${screens.length > 0 ? this.#renderScreens(screens) : nothing}
        <div class="people">
          ${this.#renderPeople(shown, large?.identity)}
          ${pages > 1 ? renderPages(grid, this.page, pages, turn) : nothing}
        </div>
      </div>
      <slot name="empty" ?hidden=${!alone}>${alone ? this.#renderInvitation() : nothing}</slot>`;
  }

  #renderPeople(shown: readonly string[], large: string | undefined): TemplateResult {
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
            class=${identity === large ? 'large' : nothing}
            part="participant"
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

  #visible = (): Visible =>
    see({ ...(this.#room.value ?? NOBODY), layout: this.layout }, this.size, this.page);

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
    const { shown, arrangement, large } = this.#standing;
    // With a large one, there are no rows that all stand in.
    const columns = large ? 1 : arrangement.columns;
    const index = shown.indexOf(this.active ?? '');
    const dir = getComputedStyle(this).direction === 'rtl' ? 'rtl' : 'ltr';
    const target = move(event.key, index, shown.length, columns, dir);
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
