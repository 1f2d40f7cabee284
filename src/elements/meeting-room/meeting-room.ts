import { ContextProvider } from '@lit/context';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { roomContext } from '../../controllers/room-context.ts';
import type { ConnectionState, RoomOptions, Store } from '../../core/state.ts';
import { RoomStore } from '../../core/room-store.ts';
import type { MeetingRoomEventMap } from '../../events/map.ts';
import type { Locale } from '../../locales/locale.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { takeKeyFromAddress } from './access-key.ts';
import { renderAbove, renderMain, type StageModule, type StageState } from './main.template.ts';
import { RoomLanguage } from './room-language.ts';
import { OPTIONS, optionsOf } from './room-options.ts';
import { RoomParts } from './room-parts.ts';
import { RoomSession } from './room-session.ts';
import { styles } from './meeting-room.styles.ts';
import { whenIdle } from './when-idle.ts';

/** Attributes that are secrets: read once, then taken off the element. */
const SECRETS = { 'entry-token': 'entryToken', 'access-key': 'accessKey' } as const;

/**
 * A meeting room: join screen, call, and what comes after it. What it fires stands in
 * `MeetingRoomEventMap`; its parts are those of the elements in it.
 *
 * @tag meeting-room
 * @slot header - Above everything.
 * @slot footer - Below everything.
 * @slot logo - On the join screen, above its heading.
 * @slot empty - Replaces the invitation that somebody alone in the call sees.
 * @slot notices - On the screen after an exit, below the steps.
 * @attr {string} entry-token - A JWT of the page's backend; taken off once it is read.
 * @attr {string} access-key - The secret of an invitation or of the private link; taken off once it is read.
 * @cssprop --meeting-accent - What is on, or what to do.
 * @cssprop --meeting-danger - Leaving and removing.
 * @cssprop --meeting-surface - Join screen, dialogs, notices.
 * @cssprop --meeting-text - Text on the surface.
 * @cssprop --meeting-stage - Behind the tiles.
 * @cssprop --meeting-stage-surface - Bar, menus and panels of the call, which is dark.
 * @cssprop --meeting-on-accent - Text on the accent; what can be read on it when there is none.
 * @cssprop --meeting-on-danger - Text on the danger colour, likewise.
 * @cssprop --meeting-warning - What needs attention.
 * @cssprop --meeting-font - The font family.
 * @cssprop [--meeting-radius=12px] - Corners of tiles.
 * @cssprop [--meeting-min-height=30rem] - The least height.
 */
export class MeetingRoom extends RoomParts {
  static override styles = [tokens, button, styles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...Object.keys(SECRETS)];
  }

  /** Fetches and registers what a call needs; set by `define`. */
  static loadStage: () => Promise<StageModule> = () => Promise.reject(new Error('Not defined.'));

  /** The server half's public base, `https://example.com/meeting`. */
  @property() server = '';
  /** The room's name. */
  @property() room = '';
  /** What the person is called, unless the entry token says; the join screen begins with it. */
  @property() name = '';
  /** A JWT of the page's backend, or a function that fetches a fresh one. */
  @property({ attribute: false }) override entryToken: RoomOptions['entryToken'];
  /** The secret of an invitation or of the private link; no shortcut key, as elsewhere in HTML. */
  @property({ attribute: false }) override accessKey = '';
  /** Sends the page's cookies with the way in. */
  @property({ type: Boolean }) credentials = false;
  /** The room's language, BCP 47; the page's own when there is none. */
  @property({ reflect: true }) override lang = '';
  /** A language of the page's own; goes before `lang`. */
  @property({ attribute: false }) locale: Locale | undefined;

  readonly #provider = new ContextProvider(this, { context: roomContext });
  readonly #language = new RoomLanguage();

  @state() private connection: ConnectionState = { phase: 'idle' };
  @state() private stageState: StageState = 'loading';

  #session: RoomSession | undefined;
  #given: Store | undefined;

  /** What a call needs, once it is here. */
  get #stage(): StageModule | undefined {
    return typeof this.stageState === 'object' ? this.stageState : undefined;
  }

  /** The headless room; undefined while the element is not in a page. */
  override get store(): Store | undefined {
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
      language: this.#language.current,
      ...this.signals,
      connected: (connection) => this.#connected(connection),
      confirm: () => this.#part('meeting-confirm'),
      toasts: () => this.#part('meeting-toasts'),
      regions: () => {
        const polite = this.#find('.polite');
        const assertive = this.#find('.assertive');
        return polite && assertive ? { polite, assertive } : undefined;
      },
      forwardUrl: () => this.forwardUrl,
    });
    this.#provider.setValue(this.#session.context);
    if (this.hasUpdated) this.#session.start(optionsOf(this));
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#stage?.prepareCall(this, this.signals);
    if (!this.hasUpdated && !this.entryToken && !this.accessKey) {
      this.accessKey = takeKeyFromAddress() ?? '';
    }
    if (changed.has('lang') || changed.has('locale')) {
      void this.#language.choose(this, this.lang, this.locale).then(() => this.requestUpdate());
    }
  }

  protected override firstUpdated(): void {
    this.#session?.start(optionsOf(this));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!OPTIONS.some((option) => changed.has(option))) return;
    this.store?.configure(optionsOf(this));
    this.#check();
  }

  override async openPanel(name: string, at?: string): Promise<void> {
    const stage = await this.#loadStage();
    if (!stage) throw new MeetingError('engine-unavailable', 'The call could not be fetched.');
    await stage.openPanel(this, name, () => this.#part('meeting-panel'), at);
  }

  /** In a call, the stage takes the focus. */
  override focus(options?: FocusOptions): void {
    const stage = this.#find('.stage');
    if (stage) stage.focus(options);
    else super.focus(options);
  }

  protected override render(): TemplateResult {
    const { dir, code, texts } = this.#language.current.value;
    return html`<div class="shell" dir=${dir} lang=${code}>
      <slot name="header"></slot>
      <div class="main">
        ${renderMain({
          room: this,
          connection: this.connection,
          stage: this.stageState,
          texts,
          signals: this.signals,
          loadAgain: () => void this.#loadStage(),
        })}
      </div>
      <slot name="footer"></slot>
      ${renderAbove()}
      <div class="live polite" role="status" aria-live="polite" aria-atomic="false"></div>
      <div class="live assertive" role="alert" aria-live="assertive"></div>
    </div>`;
  }

  #connected(connection: ConnectionState): void {
    const before = this.connection.phase;
    // Who knocks again from the notice sees it until they wait, and no join screen in between.
    if (before === 'out' && connection.phase === 'joining' && !connection.resuming) return;
    this.connection = connection;
    if (connection.phase === 'idle') {
      this.#prepare();
      this.#check();
    } else void this.#loadStage();
    const entered = before !== 'joined' && before !== 'reconnecting';
    if (connection.phase === 'joined' && entered) void this.#focusStage();
  }

  /** Asks once; the store asks again whenever the way in changes. */
  #check(): void {
    const { store } = this;
    const fresh = store?.access.peek().phase === 'unknown' && this.connection.phase === 'idle';
    // What it came to stands in `access`.
    if (fresh && this.server && this.room) void store.check().catch(() => undefined);
  }

  /** Where the join screen was, so that keys work and Tab goes on in the call. */
  async #focusStage(): Promise<void> {
    await this.#loadStage();
    await this.updateComplete;
    // Only the focus that was ours: a page may have its own things to do.
    const active = this.ownerDocument.activeElement;
    if (active === this || active === this.ownerDocument.body) this.#find('.stage')?.focus();
  }

  /** Fetches what the call needs while the person types their name. */
  #prepare(): void {
    whenIdle(() => {
      void this.#loadStage();
      // Tried again on the click, where a failure is told.
      this.#session?.store.prepare().catch(() => undefined);
    });
  }

  /** @returns undefined when it can't be fetched: the screen says so, and offers another try. */
  async #loadStage(): Promise<StageModule | undefined> {
    try {
      this.stageState = this.#stage ?? (await MeetingRoom.loadStage());
    } catch {
      this.stageState = 'failed';
    }
    return this.#stage;
  }

  /** A part of the shell that comes with the stage. */
  async #part<T extends keyof HTMLElementTagNameMap>(
    tag: T,
  ): Promise<HTMLElementTagNameMap[T] | undefined> {
    const stage = await this.#loadStage();
    await this.updateComplete;
    return (stage && this.renderRoot.querySelector(tag)) ?? undefined;
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
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
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-room': MeetingRoom;
  }
}
