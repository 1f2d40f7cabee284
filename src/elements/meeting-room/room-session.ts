import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Forward, RoomContext } from '../../controllers/room-context.ts';
import type { ConnectionState, RoomOptions, Store } from '../../core/state.ts';
import type { RequestEvent } from '../../events/request-event.ts';
import { ROUTED } from '../../events/request-names.ts';
import type { RoomLocale } from '../../locales/locale.ts';
import type { MeetingConfirm } from '../meeting-confirm/meeting-confirm.ts';
import type { MeetingToasts } from '../meeting-toasts/meeting-toasts.ts';
import type { LiveRegions } from './announcer.ts';
import type { RoomLife } from './room-life.ts';
import type { RoomParts } from './room-parts.ts';

/** What a session needs of its shell. */
export interface SessionPorts {
  readonly shell: RoomParts;
  readonly language: ReadonlySignal<RoomLocale>;
  readonly panels: RoomContext['panels'];
  readonly inviteUrl: RoomContext['inviteUrl'];
  connected(connection: ConnectionState): void;
  confirm(): Promise<MeetingConfirm | undefined>;
  toasts(): Promise<MeetingToasts | undefined>;
  regions(): LiveRegions | undefined;
  /** Where the page is sent on to after the end of a stay, as the page wrote it. */
  forwardUrl(): string | null;
}

/**
 * A shell's time in a page: one headless room, and everything that listens to it. `stop()` leaves
 * nothing behind.
 */
export class RoomSession {
  readonly store: Store;
  readonly context: RoomContext;
  readonly #owned: boolean;
  readonly #ports: SessionPorts;
  readonly #ended = new AbortController();
  readonly #forward = signal<Forward | undefined>(undefined);
  #life: Promise<RoomLife> | undefined;

  /** @param owned Whether `store` was made for this session and ends with it. */
  constructor(store: Store, owned: boolean, ports: SessionPorts) {
    this.store = store;
    const { language: locale, shell, panels, inviteUrl } = ports;
    this.context = { store, locale, shell, panels, inviteUrl, forward: this.#forward };
    this.#owned = owned;
    this.#ports = ports;
  }

  /** Comes back by an earlier session or shows the join screen, and listens from now on. */
  start(options: RoomOptions): void {
    const { signal } = this.#ended;
    this.store.configure(options);
    this.#listen(signal);
    // At once in another phase when there is a session, so that no join screen flashes up; an error
    // stands in `connection`, where the join screen shows it.
    this.store.restore().catch(() => false);
    this.#until(effect(() => this.#ports.connected(this.store.connection.value)));
  }

  stop(): void {
    this.#ended.abort();
    if (this.#owned) this.store.dispose();
  }

  #until(stop: () => void): void {
    this.#ended.signal.addEventListener('abort', stop, { once: true });
  }

  /** Facts and requests wait for the code that tells and carries them out, in their order. */
  #listen(signal: AbortSignal): void {
    this.#fetchLife().catch(() => 'fetched again when it is needed');
    this.store.listen((fact) => {
      this.#fetchLife().then(
        (life) => life.tell(fact),
        // Without it there is no call either, and the join screen says what to do about that.
        () => 'nobody to tell it',
      );
    }, signal);
    // In the capture phase, so that a page that stops an event does not veto it by accident; acted
    // on in a microtask, when the page's own listeners further up have had their say.
    for (const type of ROUTED) {
      this.#ports.shell.addEventListener(
        type,
        (event) => queueMicrotask(() => void this.#carryOut(event)),
        { capture: true, signal },
      );
    }
  }

  async #carryOut(event: RequestEvent): Promise<void> {
    try {
      await (await this.#fetchLife()).carryOut(event);
    } catch {
      // Its code could not be fetched: nothing was done, and the person must know.
      const { title, text } = this.#ports.language.peek().texts.errors.engine;
      await (await this.#ports.toasts())?.show({ title, detail: text });
    }
  }

  #fetchLife(): Promise<RoomLife> {
    this.#life ??= import('../later.ts').then(
      ({ RoomLife }) => new RoomLife(this.store, this.#ports, this.#ended.signal, this.#forward),
    );
    this.#life.catch(() => (this.#life = undefined));
    return this.#life;
  }
}
