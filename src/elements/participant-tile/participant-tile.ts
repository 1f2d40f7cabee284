import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import type { ParticipantState, VideoSource } from '../../core/state.ts';
import { ParticipantRemoveRequestEvent } from '../../events/participant-remove-request.ts';
import type { Texts } from '../../locales/en.ts';
import { iconMic, iconMicOff } from '../device-icons.generated.ts';
import { iconSignalLow, iconWifiOff } from '../icons.generated.ts';
import { sentenceOf } from '../shared/errors.model.ts';
import { longPress } from '../shared/long-press.ts';
import { hue, initials } from '../shared/person.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { tileView, type TileView } from './participant-tile.model.ts';
import { styles } from './participant-tile.styles.ts';

/**
 * One participant: video or initials, name, microphone, and for hosts the button that removes.
 *
 * @tag participant-tile
 * @fires {ParticipantRemoveRequestEvent} participant-remove-request - A host wants this person out.
 * @csspart tile - The frame.
 * @csspart video - The picture.
 * @csspart name - The name and what stands beside it.
 * @csspart remove-button - The button that removes.
 * @cssstate speaking - While this participant speaks.
 * @cssstate muted - While the microphone is off.
 * @cssstate host - This participant is a host.
 * @cssstate self - This is oneself.
 * @cssstate open - The controls were asked for by long press or menu key.
 * @cssstate removing - A removal is on its way.
 */
export class ParticipantTile extends LitElement {
  static override styles = [tokens, styles];

  /** The participant's identity. */
  @property() identity = '';
  /** The room, or its id, for a tile outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Whether the Tab key stops here; a grid gives this to one tile at a time. */
  @property({ type: Boolean }) active = false;
  /** Leaves out the button that removes. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;

  readonly #room = new RoomController(this, (room) => tileView(room, this.identity));
  readonly #internals = this.attachInternals();

  @query('video') private readonly video!: HTMLVideoElement | null;
  @query('.frame') private readonly frame!: HTMLElement | null;

  #shown: VideoSource | undefined;
  #shownIn: HTMLVideoElement | undefined;
  #listening: AbortController | undefined;
  #forgetPress: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#show(undefined);
    this.#stopListening();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('identity')) this.#room.refresh();
  }

  protected override updated(): void {
    const view = this.#room.value;
    const { participant, media } = view ?? {};
    this.#show(media?.camera);
    this.#setStates(view);
    if (participant) this.style.setProperty('--_hue', String(hue(participant.person)));
    if (this.#mayRemove(view)) this.#listen();
    else this.#stopListening();
  }

  override focus(options?: FocusOptions): void {
    this.frame?.focus(options);
  }

  /** Asks for this person's removal in the host's name; does nothing where that is not offered. */
  askToRemove(): void {
    const view = this.#room.value;
    if (!view?.participant || !this.#mayRemove(view) || view.removing || view.whyNot) return;
    const { identity, name, role, person } = view.participant;
    this.#internals.states.delete('open');
    this.#room.request(new ParticipantRemoveRequestEvent({ identity, name, role, person }));
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view?.participant) return nothing;
    const { participant, media } = view;
    const { tile } = this.#room.locale.texts;
    return html`<div
      class="frame"
      part="tile"
      role="group"
      aria-label=${participant.name}
      tabindex=${this.active ? 0 : -1}
    >
      ${
        media?.camera
          ? html`<video part="video" autoplay playsinline muted disablepictureinpicture></video>`
          : html`<div class="initials" aria-hidden="true">${initials(participant.name)}</div>`
      }
      ${this.#renderName(participant, view, tile)} ${this.#renderTrouble(view, tile)}
      ${this.#mayRemove(view) ? this.#renderRemove(participant, view, tile) : nothing}
    </div>`;
  }

  #renderName(
    { name, self, role, kind }: ParticipantState,
    { media }: TileView,
    tile: Texts['tile'],
  ): TemplateResult {
    const mark = kind !== 'person' ? tile[kind] : role === 'host' ? tile.host : undefined;
    // The mark is drawn by CSS from an attribute: a tile is few elements, for there may be many tiles.
    return html`<div class="name" part="name" data-mark=${mark ?? nothing}>
      ${media?.microphone === 'on' ? iconMic() : iconMicOff()}${self ? tile.you : name}
    </div>`;
  }

  #renderTrouble(
    { participant, media }: TileView,
    tile: Texts['tile'],
  ): TemplateResult | typeof nothing {
    if (participant?.connection === 'reconnecting' && !participant.self) {
      return html`<div class="trouble">${iconWifiOff()}${tile.reconnecting}</div>`;
    }
    if (media?.quality === 'lost') {
      return html`<div class="trouble">${iconWifiOff()}${tile.lost}</div>`;
    }
    if (media?.quality === 'poor') {
      return html`<div class="weak" role="img" aria-label=${tile.poor}>${iconSignalLow()}</div>`;
    }
    return nothing;
  }

  #renderRemove({ name }: ParticipantState, view: TileView, tile: Texts['tile']): TemplateResult {
    const why = view.whyNot && sentenceOf(view.whyNot, this.#room.locale.texts);
    return html`<button
      class="remove"
      part="remove-button"
      type="button"
      tabindex=${this.active ? 0 : -1}
      aria-label=${tile.remove(name)}
      aria-disabled=${view.removing || why ? 'true' : nothing}
      aria-description=${why ?? nothing}
      title=${why ?? (view.removing ? tile.removing : tile.remove(name))}
      @click=${this.askToRemove}
    ></button>`;
  }

  #mayRemove(view: TileView | undefined): boolean {
    return view?.removable === true && !this.withoutRemove;
  }

  #setStates(view: TileView | undefined): void {
    const states: Record<string, boolean | undefined> = {
      speaking: view?.media?.speaking,
      muted: view?.media?.microphone !== 'on',
      host: view?.participant?.role === 'host',
      self: view?.participant?.self,
      removing: view?.removing,
    };
    for (const [state, on] of Object.entries(states)) {
      if (on) this.#internals.states.add(state);
      else this.#internals.states.delete(state);
    }
  }

  #show(source: VideoSource | undefined): void {
    const video = (source && this.video) ?? undefined;
    if (source === this.#shown && video === this.#shownIn) return;
    if (this.#shown && this.#shownIn) this.#shown.detach(this.#shownIn);
    this.#shown = video && source;
    this.#shownIn = video;
    if (!source || !video) return;
    // The attribute of a template does not mute; only the property does.
    video.muted = true;
    source.attach(video);
  }

  #listen(): void {
    if (this.#listening || !this.isConnected) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener('keydown', this.#keydown, { signal });
    this.addEventListener('contextmenu', this.#contextmenu, { signal });
    this.addEventListener('pointerdown', this.#pointerdown, { signal });
  }

  #stopListening(): void {
    this.#forgetPress?.();
    this.#listening?.abort();
    this.#listening = undefined;
    this.#internals.states.delete('open');
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete') this.askToRemove();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) this.#open();
    else if (event.key === 'Escape' && this.#internals.states.has('open')) this.#close();
    else return;
    event.preventDefault();
  };

  // Fired by the menu key, by a long press on Android, and by a right click.
  readonly #contextmenu = (event: Event): void => {
    event.preventDefault();
    this.#open();
  };

  // Safari on iOS fires no `contextmenu` for a long press.
  readonly #pointerdown = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') return;
    this.#forgetPress?.();
    this.#forgetPress = longPress(this, () => this.#open());
  };

  #open(): void {
    const button = this.shadowRoot?.querySelector<HTMLElement>('.remove');
    if (!button) return;
    this.#internals.states.add('open');
    button.focus();
    const shut = (): void => void this.#internals.states.delete('open');
    button.addEventListener('blur', shut, { once: true });
  }

  #close(): void {
    this.#internals.states.delete('open');
    this.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'participant-tile': ParticipantTile;
  }
}
