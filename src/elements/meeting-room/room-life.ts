import type { Fact, Store } from '../../core/state.ts';
import { ParticipantRestoreRequestEvent } from '../../events/participant-restore-request.ts';
import type { Participant } from '../../protocol/participant.ts';
import type { Question } from '../meeting-confirm/meeting-confirm.ts';
import type { Toast } from '../meeting-toasts/meeting-toasts.ts';
import { Announcer } from './announcer.ts';
import { toEvent } from './facts.ts';
import { routeRequests } from './request-router.ts';
import type { SessionPorts } from './room-session.ts';

/**
 * What a shell does beyond its join screen: tells the page and screen readers of facts, and carries
 * out requests. Fetched at idle, for the join screen does without.
 */
export class RoomLife {
  readonly #ports: SessionPorts;
  readonly #store: Store;
  readonly #announcer: Announcer;

  constructor(store: Store, ports: SessionPorts, signal: AbortSignal) {
    this.#ports = ports;
    this.#store = store;
    this.#announcer = new Announcer(() => ports.language.peek().texts.live, ports.regions);
    signal.addEventListener('abort', () => this.#announcer.stop(), { once: true });
    this.#route(signal);
  }

  /** Tells everybody outside of the room's own elements of a fact. */
  tell(fact: Fact): void {
    this.#announcer.tell(fact, this.#store.me.peek()?.identity);
    this.#ports.shell.dispatchEvent(toEvent(fact));
  }

  #route(signal: AbortSignal): void {
    const { shell, language, confirm, toasts } = this.#ports;
    const ports = {
      store: this.#store,
      texts: () => language.peek().texts,
      ask: async (question: Question) => (await (await confirm())?.ask(question)) ?? false,
      toast: async (toast: Toast) => (await (await toasts())?.show(toast)) ?? false,
      requestRestore: async (participant: Participant) => {
        const from = (await toasts()) ?? shell;
        from.dispatchEvent(new ParticipantRestoreRequestEvent(participant));
      },
    };
    routeRequests(shell, ports, signal);
  }
}
