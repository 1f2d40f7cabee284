import type { Fact } from '../../core/state.ts';
import type { Texts } from '../../locales/en.ts';
import { actorName } from '../shared/person.model.ts';

/** People who come or go within this time are told of in one sentence, ms. */
const BATCH = 800;

/** Where the sentences go; a screen reader reads what changes there. */
export interface LiveRegions {
  readonly polite: HTMLElement;
  readonly assertive: HTMLElement;
}

/** Turns facts into what screen readers say, crowds in one sentence. */
export class Announcer {
  readonly #texts: () => Texts['live'];
  readonly #regions: () => LiveRegions | undefined;
  readonly #unread: () => number;
  #joined: string[] = [];
  #left: string[] = [];
  #knocking: string[] = [];
  #wrote: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param unread How many messages are unread now. */
  constructor(
    texts: () => Texts['live'],
    regions: () => LiveRegions | undefined,
    unread: () => number,
  ) {
    this.#texts = texts;
    this.#regions = regions;
    this.#unread = unread;
  }

  /** Tells of a fact. `self` is the own identity. */
  tell(fact: Fact, self: string | undefined): void {
    const live = this.#texts();
    switch (fact.type) {
      case 'meeting-joined':
        return this.say(live.youJoined);
      case 'meeting-reconnecting':
        return this.#shout(live.reconnecting);
      case 'meeting-reconnected':
        return this.say(live.reconnected);
      case 'screen-share-changed':
        return this.say(
          fact.participant.identity === self
            ? live.yourScreen[fact.on ? 'on' : 'off']
            : live.screen[fact.on ? 'on' : 'off'](fact.participant.name),
        );
      case 'participant-joined':
        if (fact.participant.identity !== self) this.#gather(this.#joined, fact.participant.name);
        return;
      case 'participant-left':
        // A removal, an end and a reset have an event of their own.
        if (!['removed', 'ended', 'reset'].includes(fact.reason))
          this.#gather(this.#left, fact.participant.name);
        return;
      case 'participant-removed':
        return this.say(live.removed(fact.participant.name));
      case 'participant-restored':
        return this.say(live.restored(fact.participant.name));
      case 'call-ended':
        if (fact.keptHost) this.say(live.othersLeft);
        return;
      case 'knock-received':
        return this.#gather(this.#knocking, fact.knock.name);
      case 'message-received':
        return this.#gather(this.#wrote, fact.message.by.name);
      case 'knock-admitted':
        return this.say(live.admitted(fact.knock.name));
      case 'knock-denied':
        return this.say(live.denied(fact.knock.name));
      case 'knock-over':
        return this.say(live.knockOver(fact.knock.name));
      case 'room-locked':
        return this.say(live.locked);
      case 'room-unlocked':
        return this.say(live.unlocked);
      case 'presenter-mode-changed':
        return this.say(live.presenterMode[fact.on ? 'on' : 'off']);
      case 'role-changed':
        return this.say(
          fact.participant.identity === self
            ? live.yourRole[fact.participant.role]
            : live.role[fact.participant.role](fact.participant.name),
        );
      case 'room-reset':
        return this.say(live.cleared(fact.parts, actorName(fact.by)));
      case 'room-restored':
        return this.say(live.contentBack(fact.parts, actorName(fact.by)));
      case 'file-added':
        return this.say(live.fileAdded(fact.file.name));
      case 'recording-started':
      case 'recording-stopped':
        // Told by what is known, so that who comes later is told, too.
        return;
      case 'recording-consented':
      case 'recording-added':
      case 'recording-deleted':
        // Seen in the list.
        return;
      case 'whiteboard-created':
        return this.say(live.boardCreated(fact.whiteboard.name));
      case 'whiteboard-cleared':
        return this.say(live.boardCleared(fact.whiteboard.name));
      case 'whiteboard-changed':
      case 'whiteboard-deleted':
        // Seen in the list, and where it is open.
        return;
      case 'file-deleted':
        // Whoever did it is told by a toast; others see it in the list.
        return;
      case 'message-edited':
      case 'message-deleted':
        // Seen where the message is.
        return;
      case 'invitation-created':
      case 'invitation-revoked':
      case 'link-changed':
      case 'pass-revoked':
        // Whoever did it is told by a toast; others see it in the list.
        return;
      case 'meeting-left':
      case 'meeting-error':
        // The notice takes the focus; a toast or the join screen tells of an error.
        return;
    }
  }

  /** Says a sentence when the screen reader is done with what it says. */
  say(sentence: string): void {
    const region = this.#regions()?.polite;
    if (!region) return;
    const line = region.ownerDocument.createElement('div');
    line.textContent = sentence;
    region.append(line);
    while (region.childElementCount > 3) region.firstElementChild?.remove();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#joined = [];
    this.#left = [];
    this.#knocking = [];
    this.#wrote = [];
  }

  #shout(sentence: string): void {
    const region = this.#regions()?.assertive;
    if (region) region.textContent = sentence;
  }

  #gather(names: string[], name: string): void {
    names.push(name);
    this.#timer ??= setTimeout(() => this.#flush(), BATCH);
  }

  #flush(): void {
    const live = this.#texts();
    const [joined] = this.#joined;
    const [left] = this.#left;
    const [knocking] = this.#knocking;
    if (joined !== undefined) this.say(live.joined(joined, this.#joined.length - 1));
    if (left !== undefined) this.say(live.left(left, this.#left.length - 1));
    if (knocking !== undefined) this.say(live.knocking(knocking, this.#knocking.length - 1));
    this.#tellUnread();
    this.stop();
  }

  /** The open chat speaks for itself; a closed one is told of once, until it is read. */
  #tellUnread(): void {
    const [wrote] = this.#wrote;
    const unread = this.#unread();
    if (wrote === undefined || unread === 0 || unread > this.#wrote.length) return;
    this.say(this.#texts().wrote(wrote, new Set(this.#wrote).size - 1));
  }
}
