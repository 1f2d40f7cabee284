import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { EntranceController } from '../../controllers/entrance-controller.ts';
import { type AccessState, type ConnectionState, requestKey } from '../../core/state.ts';
import { button } from '../shared/button.styles.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { entrance } from '../shared/entrance.styles.ts';
import { ShownVideo, renderPreview } from '../shared/preview.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-lobby.styles.ts';
import type * as Later from '../later.ts';
import type { Refusal } from '../shared/refusal.ts';

/** How long nothing shows that the way in is being looked at, ms. */
const PATIENCE = 200;

/**
 * The join screen: own picture, devices, name; where one must knock, a line to the host, and whether
 * hosts see the own picture meanwhile. It works without devices. What not everybody needs of it is
 * fetched when it shows.
 *
 * @tag meeting-lobby
 * @slot logo - Above the heading.
 * @fires {CallEnterRequestEvent} call-enter-request - Somebody wants to go in.
 * @fires {KnockRequestEvent} knock-request - Somebody wants to be let in.
 * @csspart lobby - The screen.
 * @csspart preview - The own picture.
 * @csspart join-button - The button that joins or knocks.
 * @csspart beside-button - The button that joins a second time, for who is in already.
 */
export class MeetingLobby extends LitElement {
  static override styles = [tokens, button, deviceButton, entrance, styles];

  /** The room, or its id, for a join screen outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** What the name box begins with. */
  @property() name = '';
  /** What is shown as the room's name. */
  @property() room = '';
  /** Somebody else says who this is, so that the name may stay empty. */
  @property({ type: Boolean, attribute: 'name-optional' }) nameOptional = false;

  readonly #room = new EntranceController(this, ({ store }) => ({
    connection: store.connection.value,
    access: store.access.value,
    devices: store.devices.value,
    asking: (['call-enter', 'knock'] as const).some(
      (stem) => store.requests.value.get(requestKey(stem))?.phase === 'pending',
    ),
    store,
  }));

  @state() private missing = false;
  @state() private slow = false;
  @state() private later: typeof Later | 'failed' | undefined;
  @state() private refusal: Refusal | undefined;
  @query('input[name=name]') private readonly input!: HTMLInputElement;
  @query('form') private readonly form!: HTMLFormElement;
  @query('video') private readonly video!: HTMLVideoElement | null;

  readonly #shown = new ShownVideo();
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** How far one got when last known: it stays on the screen while it is looked at again. */
  #known: (AccessState & { phase: 'known' }) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#fetch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown.show(undefined, null);
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  protected override willUpdate(): void {
    const access = this.#room.value?.access;
    if (access?.phase === 'known') this.#known = access;
    else if (access?.phase === 'failed') this.#known = undefined;
    if (access?.phase === 'checking') {
      this.#patience ??= setTimeout(() => (this.slow = true), PATIENCE);
      return;
    }
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.slow = false;
  }

  protected override updated(): void {
    this.#shown.show(this.#room.value?.devices.preview, this.video);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    const { locale } = this.#room;
    const { access, connection, devices, store } = view;
    const later = this.later === 'failed' ? undefined : this.later;
    return html`<div class="entrance" part="lobby">
      ${renderPreview({ store, devices, texts: locale.texts })}
      <form class="words" novalidate @submit=${this.#submit}>
        <slot name="logo"></slot>
        <header>
          <h1>${locale.texts.lobby.heading}</h1>
          ${this.room ? html`<p class="room">${this.room}</p>` : nothing}
        </header>
        ${this.#renderName(access)}
        ${
          later?.renderDoor({
            known: this.#known,
            // Rooms are locked unless somebody unlocks them: a place is kept, so that nothing jumps.
            kept: access.phase === 'checking' && !this.#known && !this.nameOptional,
            working: this.#isWorking(connection),
            slow: this.slow,
            ...{ connection, devices, locale, store, refusal: this.refusal },
          }) ?? this.#renderPlain(connection)
        }
      </form>
    </div>`;
  }

  #renderName(access: AccessState): TemplateResult {
    const { lobby } = this.#room.locale.texts;
    const given = givenName(access);
    return html`<label>
        ${lobby.name}
        <input
          name="name"
          autocomplete="name"
          maxlength="200"
          ?readonly=${given !== undefined}
          aria-invalid=${this.missing ? 'true' : nothing}
          aria-describedby=${this.missing ? 'missing' : nothing}
          .value=${given ?? this.name}
          @input=${this.#typed}
        />
      </label>
      ${
        this.missing
          ? html`<p class="missing" id="missing" role="alert">${lobby.nameMissing}</p>`
          : nothing
      }`;
  }

  /** Until there is more: what does for whoever may go straight in. */
  #renderPlain(connection: ConnectionState): TemplateResult {
    const { errors, lobby } = this.#room.locale.texts;
    const working = this.#isWorking(connection);
    return html`<button
        class="button primary join ${this.slow ? 'checking' : ''}"
        part="join-button"
        aria-disabled=${working || this.slow ? 'true' : nothing}
      >
        ${working ? lobby.joining : lobby.join}
      </button>
      ${
        this.later === 'failed'
          ? html`<p class="problem" role="alert">
              <strong>${errors.engine.title}</strong><span>${errors.engine.text}</span>
            </p>`
          : nothing
      }`;
  }

  #isWorking(connection: ConnectionState): boolean {
    return connection.phase === 'joining' || this.#room.value?.asking === true;
  }

  async #fetch(): Promise<typeof Later | undefined> {
    try {
      const later = await import('../later.ts');
      const { styleSheet } = later.doorStyles;
      if (styleSheet && this.later !== later) this.shadowRoot?.adoptedStyleSheets.push(styleSheet);
      this.later = later;
      return later;
    } catch {
      // The network is gone: the words that are built in say so.
      this.later = 'failed';
      return undefined;
    }
  }

  readonly #typed = (): void => {
    this.name = this.input.value;
    this.missing = false;
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const view = this.#room.value;
    if (!view || this.#isWorking(view.connection) || this.slow) return;
    const given = givenName(view.access);
    const name = given === undefined ? this.input.value.trim() : '';
    this.missing = name === '' && given === undefined && !this.nameOptional;
    if (this.missing) {
      this.input.focus();
      return;
    }
    this.refusal = undefined;
    const form = new FormData(this.form, event.submitter);
    const later = await this.#fetch();
    const wish = { name, form, known: this.#known, devices: view.devices };
    this.refusal = await later?.askToComeIn(this.#room, wish);
  };
}

/** What the entry token calls them; then there is nothing to type. */
function givenName(access: AccessState): string | undefined {
  return access.phase === 'known' ? access.name : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-lobby': MeetingLobby;
  }
}
