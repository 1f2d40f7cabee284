import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { EntranceController } from '../../controllers/entrance-controller.ts';
import type { AccessState, Store } from '../../core/state.ts';
import { MAX_KNOCK_MESSAGE_LENGTH } from '../../protocol/limits.ts';
import type { MeetingError } from '../../protocol/meeting-error.ts';
import { button } from '../shared/button.styles.ts';
import { deviceButton } from '../shared/device-button.styles.ts';
import { entrance } from '../shared/entrance.styles.ts';
import { ShownVideo, renderPreview, setDevice } from '../shared/preview.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-lobby.styles.ts';
import type * as Later from '../later.ts';

/** How long nothing shows that the way in is being looked at, ms. */
const PATIENCE = 200;

/**
 * The join screen: own picture, devices, name, and where one must knock, a line to the
 * host. It works without devices.
 *
 * @tag meeting-lobby
 * @slot logo - Above the heading.
 * @csspart lobby - The screen.
 * @csspart preview - The own picture.
 * @csspart join-button - The button that joins or knocks.
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
    store,
  }));

  @state() private missing = false;
  @state() private slow = false;
  @state() private trouble: typeof Later | 'failed' | undefined;
  @query('input[name=name]') private readonly input!: HTMLInputElement;
  @query('input[name=message]') private readonly message!: HTMLInputElement | null;
  @query('video') private readonly video!: HTMLVideoElement | null;

  readonly #shown = new ShownVideo();
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** How far one got when last known: it stays on the screen while it is looked at again. */
  #knocks: boolean | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown.show(undefined, null);
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  protected override willUpdate(): void {
    this.#findWords();
    const access = this.#room.value?.access;
    if (access?.phase === 'known') this.#knocks = access.access === 'knock';
    else if (access?.phase === 'failed') this.#knocks = false;
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
    const { texts } = this.#room.locale;
    const { connection, devices, store } = view;
    return html`<div class="entrance" part="lobby">
      ${renderPreview({ store, devices, texts })}
      <form class="words" novalidate @submit=${this.#join}>
        <slot name="logo"></slot>
        <header>
          <h1>${texts.lobby.heading}</h1>
          ${this.room ? html`<p class="room">${this.room}</p>` : nothing}
        </header>
        ${this.#renderName(view.access)} ${this.#renderMessage()}
        ${this.#renderButton(connection.phase === 'joining')}
        ${
          connection.phase === 'idle' && connection.error && this.trouble
            ? this.#renderProblem(connection.error)
            : nothing
        }
        ${
          this.trouble && this.trouble !== 'failed'
            ? this.trouble.renderHelp(devices, this.#room.locale, this.#retryDevices)
            : nothing
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

  /** Rooms are locked unless somebody unlocks them: a place is kept, so that nothing jumps. */
  #keepsPlace(): boolean {
    const checking = this.#room.value?.access.phase === 'checking';
    return this.#knocks === undefined && checking && !this.nameOptional;
  }

  #renderMessage(): TemplateResult | typeof nothing {
    const { lobby } = this.#room.locale.texts;
    const kept = this.#keepsPlace();
    if (!this.#knocks && !kept) return nothing;
    return html`<label class="message ${kept ? 'kept' : ''}">
      ${lobby.message}
      <input name="message" autocomplete="off" maxlength=${MAX_KNOCK_MESSAGE_LENGTH} />
    </label>`;
  }

  #renderButton(joining: boolean): TemplateResult {
    const { lobby } = this.#room.locale.texts;
    const kept = this.#keepsPlace();
    const [words, working] = this.#knocks
      ? [lobby.knock, lobby.knocking]
      : [lobby.join, lobby.joining];
    return html`<button
        class="button primary join ${this.slow ? 'checking' : ''}"
        part="join-button"
        aria-disabled=${joining || this.slow ? 'true' : nothing}
        aria-describedby=${this.#knocks ? 'hint' : nothing}
      >
        ${joining ? working : words}
      </button>
      ${
        this.#knocks || kept
          ? html`<p class="hint ${kept ? 'kept' : ''}" id="hint">${lobby.knockHint}</p>`
          : nothing
      }`;
  }

  #renderProblem(error: MeetingError): TemplateResult {
    const { locale } = this.#room;
    const { engine } = locale.texts.errors;
    return html`<p class="problem" role="alert">
      ${
        this.trouble === 'failed'
          ? html`<strong>${engine.title}</strong><span>${engine.text}</span>`
          : this.trouble?.renderProblem(error, locale)
      }
    </p>`;
  }

  /** Fetches the words for what does not work, when something doesn't. */
  #findWords(): void {
    const { connection, devices } = this.#room.value ?? {};
    const blocked = devices?.camera.phase === 'blocked' || devices?.microphone.phase === 'blocked';
    const failed = connection?.phase === 'idle' && connection.error !== undefined;
    if ((!blocked && !failed) || (this.trouble && this.trouble !== 'failed')) return;
    import('../later.ts').then(
      (trouble) => (this.trouble = trouble),
      // The network is gone: the words that are built in say so.
      () => (this.trouble = 'failed'),
    );
  }

  readonly #typed = (): void => {
    this.name = this.input.value;
    this.missing = false;
  };

  readonly #join = (event: Event): void => {
    event.preventDefault();
    const view = this.#room.value;
    if (!view || view.connection.phase === 'joining' || this.slow) return;
    const given = givenName(view.access);
    const name = given === undefined ? this.input.value.trim() : '';
    this.missing = name === '' && given === undefined && !this.nameOptional;
    if (this.missing) {
      this.input.focus();
      return;
    }
    // Why it failed stands in `connection`, which is shown here.
    void this.#enter(view.store, name).catch(() => undefined);
  };

  #enter(store: Store, name: string): Promise<void> {
    const who = name ? { name } : {};
    if (!this.#knocks) return store.join(who);
    const message = this.message?.value.trim();
    return store.knock({ ...who, ...(message && { message }) });
  }

  readonly #retryDevices = (): void => {
    const { devices, store } = this.#room.value ?? {};
    for (const device of ['camera', 'microphone'] as const) {
      if (store && devices?.[device].phase === 'blocked') setDevice(store, device, true);
    }
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
