import { effect, type ReadonlySignal } from '@preact/signals-core';
import type { RoomContext } from '../../controllers/room-context.ts';
import type { ConnectionState, RoomOptions, Store } from '../../core/state.ts';
import { ParticipantRestoreRequestEvent } from '../../events/participant-restore-request.ts';
import type { Locale } from '../../locales/locale.ts';
import type { MeetingConfirm } from '../meeting-confirm/meeting-confirm.ts';
import type { MeetingToasts } from '../meeting-toasts/meeting-toasts.ts';
import { Announcer, type LiveRegions } from './announcer.ts';
import { keepDevices } from './device-wish.ts';
import { toEvent } from './facts.ts';
import { routeRequests } from './request-router.ts';

/** What a session needs of its shell. */
export interface SessionPorts {
  readonly shell: HTMLElement;
  readonly language: ReadonlySignal<Locale>;
  connected(connection: ConnectionState): void;
  confirm(): Promise<MeetingConfirm | undefined>;
  toasts(): Promise<MeetingToasts | undefined>;
  regions(): LiveRegions | undefined;
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

  /** @param owned Whether `store` was made for this session and ends with it. */
  constructor(store: Store, owned: boolean, ports: SessionPorts) {
    this.store = store;
    this.context = { store, locale: ports.language, shell: ports.shell };
    this.#owned = owned;
    this.#ports = ports;
  }

  /** Comes back by an earlier session or shows the join screen, and listens from now on. */
  start(options: RoomOptions): void {
    const { signal } = this.#ended;
    this.store.configure(options);
    this.#listen(signal);
    this.#route(signal);
    // An error stands in `connection`, where the join screen shows it.
    const restored = this.store.restore().catch(() => false);
    void restored.then(() => {
      if (signal.aborted) return;
      this.#until(effect(() => this.#ports.connected(this.store.connection.value)));
      this.#until(keepDevices(this.store));
    });
  }

  stop(): void {
    this.#ended.abort();
    if (this.#owned) this.store.dispose();
  }

  #until(stop: () => void): void {
    this.#ended.signal.addEventListener('abort', stop, { once: true });
  }

  #listen(signal: AbortSignal): void {
    const { shell, language, regions } = this.#ports;
    const announcer = new Announcer(() => language.peek().texts.live, regions);
    this.#until(() => announcer.stop());
    this.store.listen((fact) => {
      announcer.tell(fact, this.store.me.peek()?.identity);
      shell.dispatchEvent(toEvent(fact));
    }, signal);
  }

  #route(signal: AbortSignal): void {
    const { shell, language, confirm, toasts } = this.#ports;
    routeRequests(
      shell,
      {
        store: this.store,
        texts: () => language.peek().texts,
        ask: async (question) => (await (await confirm())?.ask(question)) ?? false,
        toast: async (toast) => (await (await toasts())?.show(toast)) ?? false,
        requestRestore: (participant) =>
          void toasts().then((from) =>
            (from ?? shell).dispatchEvent(new ParticipantRestoreRequestEvent(participant)),
          ),
      },
      signal,
    );
  }
}
