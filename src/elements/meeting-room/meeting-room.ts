import { ContextProvider } from '@lit/context';
import { signal, type Signal } from '@preact/signals-core';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { roomContext } from '../../controllers/room-context.ts';
import type { ConnectionState, RoomOptions, Store } from '../../core/state.ts';
import { RoomStore } from '../../core/room-store.ts';
import type { MeetingRoomEventMap } from '../../events/map.ts';
import { en } from '../../locales/en.ts';
import { loadLocale } from '../../locales/load.ts';
import type { Locale } from '../../locales/locale.ts';
import type { Answer } from '../../protocol/routes.ts';
import type { MeetingConfirm } from '../meeting-confirm/meeting-confirm.ts';
import type { MeetingToasts } from '../meeting-toasts/meeting-toasts.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { takeKeyFromAddress } from './access-key.ts';
import { RoomSession } from './room-session.ts';
import { styles } from './meeting-room.styles.ts';

/** Attributes that are secrets: read once, then taken off the element. */
const SECRETS = { 'entry-token': 'entryToken', 'access-key': 'accessKey' } as const;

const EXPORTED =
  'stage, invitation, tile, video, name, remove-button, controls, microphone-button, camera-button, leave-button, notice, banner, lobby, preview, join-button, dialog, toast';

/**
 * A meeting room: join screen, call, and what comes after it.
 *
 * @tag meeting-room
 * @slot header - Above everything.
 * @slot footer - Below everything.
 * @slot logo - On the join screen, above its heading.
 * @slot empty - Replaces the invitation that somebody alone in the call sees.
 * @slot notices - On the screen after an exit, below the steps.
 * @fires {MeetingJoinedEvent} meeting-joined - This page is in the call.
 * @fires {MeetingLeftEvent} meeting-left - This page's stay is over.
 * @fires {MeetingReconnectingEvent} meeting-reconnecting - The connection is lost.
 * @fires {MeetingReconnectedEvent} meeting-reconnected - The connection is back.
 * @fires {MeetingErrorEvent} meeting-error - Something that was asked for failed.
 * @fires {ParticipantJoinedEvent} participant-joined - Somebody is in the call.
 * @fires {ParticipantLeftEvent} participant-left - Somebody is no longer in the call.
 * @fires {ParticipantRemovedEvent} participant-removed - A host put somebody out.
 * @fires {ParticipantRestoredEvent} participant-restored - A host undid a removal.
 * @fires {RoomLockedEvent} room-locked - The public link asks people to knock.
 * @fires {RoomUnlockedEvent} room-unlocked - The public link lets people straight in.
 * @cssprop --meeting-accent - What is on, or what to do.
 * @cssprop --meeting-danger - Leaving and removing.
 * @cssprop --meeting-surface - Join screen, dialogs, notices.
 * @cssprop --meeting-text - Text on the surface.
 * @cssprop --meeting-stage - Behind the tiles.
 * @cssprop --meeting-font - The font family.
 * @cssprop [--meeting-radius=12px] - Corners of tiles.
 * @cssprop [--meeting-min-height=30rem] - The least height.
 */
export class MeetingRoom extends LitElement {
  static override styles = [tokens, styles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...Object.keys(SECRETS)];
  }

  /** Fetches and registers what a call needs beyond the join screen; set by `define`. */
  static loadStage: () => Promise<unknown> = async () => undefined;

  /** The server half's public base, `https://example.com/meeting`. */
  @property() server = '';
  /** The room's name. */
  @property() room = '';
  /** What the person is called, unless the entry token says; the join screen begins with it. */
  @property() name = '';
  /** A JWT of the page's backend, or a function that fetches a fresh one. */
  @property({ attribute: false }) entryToken: RoomOptions['entryToken'];
  /** The secret of an invitation or of the private link; no shortcut key, as elsewhere in HTML. */
  @property({ attribute: false }) override accessKey = '';
  /** Sends the page's cookies with the way in. */
  @property({ type: Boolean }) credentials = false;
  /** The room's language, BCP 47; the page's own when there is none. */
  @property({ reflect: true }) override lang = '';
  /** A language of the page's own; goes before `lang`. */
  @property({ attribute: false }) locale: Locale | undefined;
  /** Light or dark; `auto` follows the system. The stage is dark in both. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** The address that "Copy link" copies; the page's own unless an entry token is set. */
  @property({ attribute: 'invite-url' }) inviteUrl: string | null = null;
  /** Leaves out the bar, for a page with controls of its own. */
  @property({ type: Boolean, attribute: 'without-controls' }) withoutControls = false;
  /** Leaves out the Leave button. */
  @property({ type: Boolean, attribute: 'without-leave' }) withoutLeave = false;
  /** Leaves out the buttons that remove people. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;
  /** Turns the keys M and V off. */
  @property({ type: Boolean, attribute: 'without-shortcuts' }) withoutShortcuts = false;

  readonly #provider = new ContextProvider(this, { context: roomContext });
  readonly #language: Signal<Locale> = signal(en);

  @state() private connection: ConnectionState = { phase: 'idle' };
  @state() private stageReady = false;
  @query('meeting-confirm') private readonly confirm!: MeetingConfirm | null;
  @query('meeting-toasts') private readonly toasts!: MeetingToasts | null;
  @query('.polite') private readonly polite!: HTMLElement | null;
  @query('.assertive') private readonly assertive!: HTMLElement | null;
  @query('.stage') private readonly stage!: HTMLElement | null;

  #session: RoomSession | undefined;
  #given: Store | undefined;

  /** The headless room; undefined while the element is not in a page. */
  get store(): Store | undefined {
    return this.#session?.store ?? this.#given;
  }

  /** Sets a headless room of the page's own, before the element is in the page; it is not disposed. */
  set store(store: Store | undefined) {
    this.#given = store;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!(name in SECRETS)) return super.attributeChangedCallback(name, old, value);
    if (value === null) return;
    this[SECRETS[name as keyof typeof SECRETS]] = value;
    this.removeAttribute(name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A move in the page, or a framework that mounts twice: the room goes on.
    if (this.#session) return;
    this.#session = new RoomSession(this.#given ?? new RoomStore(), this.#given === undefined, {
      shell: this,
      language: this.#language,
      connected: (connection) => this.#connected(connection),
      confirm: () => this.#part(() => this.confirm),
      toasts: () => this.#part(() => this.toasts),
      regions: () =>
        this.polite && this.assertive
          ? { polite: this.polite, assertive: this.assertive }
          : undefined,
    });
    this.#provider.setValue(this.#session.context);
    if (this.hasUpdated) this.#session.start(this.#options());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move takes the element out and puts it back in the same task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#session?.stop();
      this.#session = undefined;
      this.#provider.setValue(undefined);
    });
  }

  /** Joins with what the attributes say, without the join screen's button. */
  async join(options?: { name?: string }): Promise<void> {
    await this.store?.join(options);
  }

  /** Leaves the call. */
  async leave(): Promise<void> {
    await this.store?.leave();
  }

  /**
   * Puts somebody out at once, without asking.
   * @throws MeetingError `not-host`, `not-yourself`, `participant-not-found`.
   */
  async removeParticipant(
    identity: string,
    options?: { note?: string },
  ): Promise<Answer<'participant-remove'> | undefined> {
    return this.store?.removeParticipant(identity, options);
  }

  /** Undoes a removal. */
  async restoreParticipant(identity: string): Promise<void> {
    await this.store?.restoreParticipant(identity);
  }

  /** Makes the public link ask people to knock, or let them straight in. */
  async setLocked(locked: boolean): Promise<void> {
    await this.store?.setLocked(locked);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated && !this.entryToken && !this.accessKey) {
      this.accessKey = takeKeyFromAddress() ?? '';
    }
    if (changed.has('lang') || changed.has('locale')) void this.#setLanguage();
  }

  protected override firstUpdated(): void {
    this.#session?.start(this.#options());
  }

  protected override updated(changed: PropertyValues<this>): void {
    const options = ['server', 'room', 'name', 'entryToken', 'accessKey', 'credentials'] as const;
    if (options.some((option) => changed.has(option))) this.store?.configure(this.#options());
  }

  protected override render(): TemplateResult {
    const { dir, code } = this.#language.value;
    return html`<div class="shell" dir=${dir} lang=${code}>
      <slot name="header"></slot>
      <div class="main">${this.#renderMain()}</div>
      <slot name="footer"></slot>
      <meeting-toasts exportparts=${EXPORTED}></meeting-toasts>
      <meeting-confirm exportparts=${EXPORTED}></meeting-confirm>
      <div class="live polite" role="status" aria-live="polite" aria-atomic="false"></div>
      <div class="live assertive" role="alert" aria-live="assertive"></div>
    </div>`;
  }

  #renderMain(): TemplateResult {
    const { connection, stageReady } = this;
    if (connection.phase === 'idle' || (connection.phase === 'joining' && !connection.resuming)) {
      return html`<meeting-lobby
        exportparts=${EXPORTED}
        .name=${this.name}
        .room=${this.room}
        .nameOptional=${this.entryToken !== undefined}
      >
        <slot name="logo" slot="logo"></slot>
      </meeting-lobby>`;
    }
    if (connection.phase === 'joining' || !stageReady) {
      return html`<div class="waiting">${this.#language.value.texts.lobby.resuming}</div>`;
    }
    if (connection.phase === 'out') {
      return html`<meeting-notice exportparts=${EXPORTED}>
        <slot name="notices"></slot>
      </meeting-notice>`;
    }
    return this.#renderStage();
  }

  #renderStage(): TemplateResult {
    return html`<div class="stage" tabindex="-1">
      <meeting-notice class="above" exportparts=${EXPORTED}></meeting-notice>
      <meeting-grid
        exportparts=${EXPORTED}
        .inviteUrl=${this.#inviteUrl()}
        .withoutRemove=${this.withoutRemove}
      >
        ${this.querySelector(':scope > [slot="empty"]')
          ? html`<slot name="empty" slot="empty"></slot>`
          : nothing}
      </meeting-grid>
      ${this.withoutControls
        ? nothing
        : html`<meeting-controls
            exportparts=${EXPORTED}
            .withoutLeave=${this.withoutLeave}
            .withoutShortcuts=${this.withoutShortcuts}
          ></meeting-controls>`}
    </div>`;
  }

  #options(): RoomOptions {
    const { server, room, name, entryToken, accessKey, credentials } = this;
    return {
      server,
      room,
      ...(name && { name }),
      ...(entryToken && { entryToken }),
      ...(accessKey && { accessKey }),
      ...(credentials && { credentials }),
    };
  }

  /** A page that vouches for people may have addresses that are for one person only. */
  #inviteUrl(): string | null {
    if (this.inviteUrl !== null || this.entryToken !== undefined) return this.inviteUrl;
    return location.href.replace(/#.*$/s, '');
  }

  #connected(connection: ConnectionState): void {
    const before = this.connection.phase;
    this.connection = connection;
    if (connection.phase === 'idle') this.#prepare();
    else void this.#loadStage();
    if (connection.phase === 'joined' && before !== 'joined' && before !== 'reconnecting') {
      // Where the join screen was, so that keys work and Tab goes on in the call.
      void this.#loadStage().then(async () => {
        await this.updateComplete;
        if (!this.ownerDocument.activeElement?.closest('dialog')) this.stage?.focus();
      });
    }
  }

  /** Fetches what the call needs while the person types their name. */
  #prepare(): void {
    const fetchAll = (): void => {
      void this.#loadStage();
      // Tried again on the click, where a failure is told.
      void this.#session?.store.prepare().catch(() => undefined);
    };
    // Safari has no requestIdleCallback.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(fetchAll, { timeout: 2_000 });
    else setTimeout(fetchAll, 200);
  }

  async #loadStage(): Promise<void> {
    if (this.stageReady) return;
    await MeetingRoom.loadStage();
    this.stageReady = true;
  }

  /** A part of the shell that comes with the stage. */
  async #part<P extends Element>(part: () => P | null): Promise<P | undefined> {
    await this.#loadStage();
    await this.updateComplete;
    return part() ?? undefined;
  }

  async #setLanguage(): Promise<void> {
    const wished = (): string =>
      this.lang ||
      this.parentElement?.closest<HTMLElement>('[lang]')?.lang ||
      globalThis.navigator?.language ||
      'en';
    const tag = wished();
    const locale = this.locale ?? (await loadLocale(tag));
    // A later wish may have been quicker.
    if (tag !== wished() || (this.locale && this.locale !== locale)) return;
    this.#language.value = locale;
    this.requestUpdate();
  }
}

/** Typed listeners: `room.addEventListener('meeting-left', (event) => event.reason)`. */
export interface MeetingRoom {
  addEventListener<T extends keyof (MeetingRoomEventMap & HTMLElementEventMap)>(
    type: T,
    listener: (this: MeetingRoom, event: (MeetingRoomEventMap & HTMLElementEventMap)[T]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<T extends keyof (MeetingRoomEventMap & HTMLElementEventMap)>(
    type: T,
    listener: (this: MeetingRoom, event: (MeetingRoomEventMap & HTMLElementEventMap)[T]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-room': MeetingRoom;
  }
}
