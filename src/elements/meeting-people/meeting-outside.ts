import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { requestKey } from '../../core/state.ts';
import { ParticipantRestoreRequestEvent } from '../../events/participant-restore-request.ts';
import { PassRevokeRequestEvent } from '../../events/pass-revoke-request.ts';
import { people } from '../../locales/en-people.ts';
import type { Exclusion, Pass } from '../../protocol/invitation.ts';
import type { Participant } from '../../protocol/participant.ts';
import { button } from '../shared/button.styles.ts';
import { initials } from '../shared/person.model.ts';
import { duration, ticking } from '../shared/ticking.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { AccessWatcher } from './access-watcher.ts';
import { outside } from './meeting-outside.styles.ts';
import { person } from './person.styles.ts';
import { section } from './section.styles.ts';

/** What a row offers. */
interface Offer {
  readonly label: string;
  readonly name: string;
  readonly pending: boolean;
  readonly act: () => void;
}

/**
 * For hosts: who left and comes back without knocking, and who is kept out.
 *
 * @tag meeting-outside
 * @fires {PassRevokeRequestEvent} pass-revoke-request - A host wants somebody to knock.
 * @fires {ParticipantRestoreRequestEvent} participant-restore-request - A host lets somebody back in.
 * @csspart person - A row.
 */
export class MeetingOutside extends LitElement {
  static override styles = [tokens, button, section, person, outside];

  /** The room, or its id, for a list outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({ access: store.accessList.value, requests: store.requests.value }),
    { people },
  );
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new AccessWatcher(this, () => this.#room.room?.store);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Nobody tells of a pass that runs out. */
  protected override updated(): void {
    clearTimeout(this.#timer);
    const ends = this.#passes().map(({ until }) => until);
    if (ends.length === 0) return;
    this.#timer = setTimeout(() => this.requestUpdate(), Math.min(...ends) - Date.now() + 50);
  }

  protected override render(): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const passes = this.#passes();
    const excluded = this.#list()?.excluded ?? [];
    return html`${
      passes.length > 0
        ? html`<h3 id="left">${texts.left}</h3>
            <ul aria-labelledby="left">
              ${passes.map((pass) => this.#renderPass(pass))}
            </ul>`
        : nothing
    }
    ${
      excluded.length > 0
        ? html`<h3 id="out">${texts.keptOut}</h3>
            <ul aria-labelledby="out">
              ${excluded.map((exclusion) => this.#renderExclusion(exclusion))}
            </ul>`
        : nothing
    }`;
  }

  #renderPass({ participant, until }: Pass): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const note = ticking(() => texts.leftFor(duration(until - Date.now())));
    return this.#renderRow(participant, html`<span class="note">${note}</span>`, {
      label: texts.revokePass,
      name: texts.revokePassOf(participant.name),
      pending: this.#isPending(requestKey('pass-revoke', participant.identity)),
      act: () => void this.#room.request(new PassRevokeRequestEvent(participant)),
    });
  }

  #renderExclusion({ participant, at, by, note, blocked }: Exclusion): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const removed = by && 'name' in by ? texts.removedBy(by.name, at) : texts.removedAt(at);
    const words = html`<span class="note">${removed}</span>
      ${note ? html`<span class="note" dir="auto">${texts.note(note)}</span>` : nothing}
      <span class="note">${blocked ? texts.mayNotKnock : texts.mayKnock}</span>`;
    return this.#renderRow(participant, words, {
      label: texts.letBackIn,
      name: texts.letBackInOf(participant.name),
      pending: this.#isPending(requestKey('participant-restore', participant.identity)),
      act: () => void this.#room.request(new ParticipantRestoreRequestEvent(participant)),
    });
  }

  #renderRow(
    { name }: Participant,
    words: TemplateResult,
    { label, name: action, pending, act }: Offer,
  ): TemplateResult {
    return html`<li class="row" part="person">
      <span class="initials" aria-hidden="true">${initials(name)}</span>
      <span class="words">
        <span class="name" dir="auto" title=${name}>${name}</span>
        ${words}
        <button
          class="button small"
          type="button"
          aria-label=${action}
          aria-disabled=${pending ? 'true' : nothing}
          @click=${() => pending || act()}
        >
          ${label}
        </button>
      </span>
    </li>`;
  }

  #list() {
    const { access } = this.#room.value ?? {};
    return access?.phase === 'known' || access?.phase === 'failed' ? access.list : undefined;
  }

  #passes(): Pass[] {
    return this.#list()?.passes.filter(({ until }) => until > Date.now()) ?? [];
  }

  #isPending(key: string): boolean {
    return this.#room.value?.requests.get(key)?.phase === 'pending';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-outside': MeetingOutside;
  }
}
