import { effect, type Signal } from '@preact/signals-core';
import type { Forward } from '../../controllers/room-context.ts';
import type { Fact, Store } from '../../core/state.ts';
import type { RequestEvent } from '../../events/request-event.ts';
import { ParticipantRestoreRequestEvent } from '../../events/participant-restore-request.ts';
import { complete } from '../../locales/complete.ts';
import type { Texts } from '../../locales/en.ts';
import { explain } from '../shared/errors.model.ts';
import { actorName } from '../shared/person.model.ts';
import type { RoomEventOf } from '../../protocol/events.ts';
import type { Participant } from '../../protocol/participant.ts';
import type { Consent, Question } from '../meeting-confirm/meeting-confirm.ts';
import type { Toast } from '../meeting-toasts/meeting-toasts.ts';
import { Announcer } from './announcer.ts';
import { keepDevices } from './device-wish.ts';
import { toEvent } from './facts.ts';
import { Forwarding } from './forwarding.ts';
import { carryOut, refuse } from './request-router.ts';
import type { RouterPorts } from './router-ports.ts';
import type { SessionPorts } from './room-session.ts';

/**
 * What a shell does beyond its join screen: tells the page and screen readers of facts, carries out
 * requests, and keeps the devices as people want them. Fetched at once, after the join screen.
 */
export class RoomLife {
  readonly #ports: SessionPorts;
  readonly #store: Store;
  readonly #announcer: Announcer;
  readonly #router: RouterPorts;
  readonly #forwarding: Forwarding;

  /** @param forward Where the notice finds that the page is about to be sent on. */
  constructor(
    store: Store,
    ports: SessionPorts,
    signal: AbortSignal,
    forward: Signal<Forward | undefined>,
  ) {
    this.#ports = ports;
    this.#store = store;
    this.#announcer = new Announcer(
      () => this.#texts().live,
      ports.regions,
      () => store.chatMark.peek().unread,
    );
    signal.addEventListener('abort', () => this.#announcer.stop(), { once: true });
    signal.addEventListener('abort', this.#tellOfRecordings(), { once: true });
    this.#router = this.#routerPorts();
    this.#forwarding = new Forwarding({
      ...{ store, forward, signal, shell: ports.shell },
      url: () => ports.forwardUrl(),
      refused: (verdict) => refuse(verdict, this.#router),
    });
    // The page may have gone while this was fetched.
    if (!signal.aborted) signal.addEventListener('abort', keepDevices(store), { once: true });
  }

  /** Tells everybody outside of the room's own elements of a fact. */
  tell(fact: Fact): void {
    const self = this.#store.me.peek()?.identity;
    this.#announcer.tell(fact, self);
    if (fact.type === 'room-reset' || fact.type === 'room-restored')
      void this.#tellOfReset(fact, self);
    void this.#tellOfScreen(fact);
    this.#ports.shell.dispatchEvent(toEvent(fact));
    // After everybody has heard why, for the page may be gone then.
    if (fact.type === 'meeting-left') void this.#forwarding.after(fact);
  }

  /** By what is known and not by facts, so that who comes later, or back, is told, too. */
  #tellOfRecordings(): () => void {
    let told: string | undefined;
    return effect(() => {
      const { recording } = this.#store;
      const { running } = recording.value ?? {};
      if (running?.id === told) return;
      told = running?.id;
      const { live } = this.#texts();
      if (running) this.#announcer.say(live.recorded(actorName(running.by)));
      else if (recording.value) this.#announcer.say(live.notRecorded);
    });
  }

  /** What was on the screen is gone, or back: whoever did not do it is told who did. */
  async #tellOfReset(
    { type, parts, by }: RoomEventOf<'room-reset' | 'room-restored'>,
    self: string | undefined,
  ): Promise<void> {
    if (by && 'identity' in by && by.identity === self) return;
    const { live } = this.#texts();
    const say = type === 'room-reset' ? live.cleared : live.contentBack;
    await this.#router.toast({ title: say(parts, actorName(by)) });
  }

  /** The own screen that ended by a host, or could not be had. */
  async #tellOfScreen(fact: Fact): Promise<void> {
    const texts = this.#texts();
    if (fact.type === 'screen-share-changed' && fact.reason === 'presenter-mode') {
      const { title } = explain('presenter-mode', texts);
      await this.#router.toast({ title: texts.live.yourScreen.off, detail: `${title}.` });
    } else if (fact.type === 'meeting-error' && fact.error.code.startsWith('screen-')) {
      const { title, text } = explain(fact.error.code, texts);
      await this.#router.toast({ title, detail: text });
    }
  }

  /** Does what a request asks for, unless somebody on its way says no. */
  async carryOut(event: RequestEvent): Promise<void> {
    await carryOut(event, this.#router);
  }

  #texts(): Texts {
    return complete(this.#ports.language.peek()).texts;
  }

  #routerPorts(): RouterPorts {
    const { shell, panels, confirm, toasts } = this.#ports;
    return {
      store: this.#store,
      texts: () => this.#texts(),
      ask: async (question: Question): Promise<Consent | undefined> =>
        (await confirm())?.ask(question),
      toast: async (toast: Toast) => (await (await toasts())?.show(toast)) ?? false,
      showPanel: async (name) => {
        if (name === null) shell.closePanel();
        else if (panels.peek().offered.includes(name)) await shell.openPanel(name);
      },
      requestRestore: async (participant: Participant) => {
        const from = (await toasts()) ?? shell;
        from.dispatchEvent(new ParticipantRestoreRequestEvent(participant));
      },
    };
  }
}
