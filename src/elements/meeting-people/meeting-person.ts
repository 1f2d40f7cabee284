import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { ParticipantState } from '../../core/state.ts';
import { ParticipantRemoveRequestEvent } from '../../events/participant-remove-request.ts';
import { RoleSetRequestEvent } from '../../events/role-set-request.ts';
import { people } from '../../locales/en-people.ts';
import type { ErrorCode } from '../../protocol/meeting-error.ts';
import type { Participant } from '../../protocol/participant.ts';
import { iconMicOff } from '../device-icons.generated.ts';
import { iconCrown, iconEllipsis, iconUser, iconUserX } from '../icons.generated.ts';
import { sentenceOf } from '../shared/errors.model.ts';
import { menu } from '../shared/menu.styles.ts';
import { hue, initials } from '../shared/person.model.ts';
import { type Option, OptionsMenu } from '../shared/options-menu.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { personView, type PersonView } from './meeting-person.model.ts';
import { person } from './person.styles.ts';

/**
 * A row of the list of people: name, role, and for hosts a menu of what they may decide on somebody.
 *
 * @tag meeting-person
 * @fires {RoleSetRequestEvent} role-set-request - A host wants to make somebody host or guest.
 * @fires {ParticipantRemoveRequestEvent} participant-remove-request - A host wants somebody out.
 * @csspart person - The row.
 * @csspart person-button - The button that opens the menu.
 * @csspart menu - The menu.
 * @csspart menu-item - One of its items.
 */
export class MeetingPerson extends LitElement {
  static override styles = [tokens, iconButton, menu, person];

  /** The participant's identity. */
  @property() identity = '';
  /** The room, or its id, for a row outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Whether the Tab key stops here; a list gives this to one row at a time. */
  @property({ type: Boolean }) active = false;
  /** Leaves out what removes. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;

  readonly #room = new PanelController(this, (room) => personView(room, this.identity), { people });

  readonly #options = new OptionsMenu(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('identity')) this.#room.refresh();
    const { participant } = this.#room.value ?? {};
    if (participant) this.style.setProperty('--_hue', String(hue(participant.person)));
    if (!this.#room.value?.offered) this.#options.close();
  }

  override focus(options?: FocusOptions): void {
    this.#options.button?.focus(options);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view?.participant) return nothing;
    const { name } = view.participant;
    const { texts } = this.#room.locale;
    const note = this.#note(view, view.participant);
    return html`<div class="row ${view.pending === 'removal' ? 'going' : ''}" part="person">
      <span class="initials" aria-hidden="true">${initials(name)}</span>
      <span class="words">
        <span class="name" dir="auto" title=${name}
          >${view.participant.self ? texts.people.you(name) : name}</span
        >
        ${note ? html`<span class="note">${note}</span>` : nothing}
      </span>
      ${
        view.microphone === 'on'
          ? nothing
          : html`<span class="muted" role="img" aria-label=${texts.tile.muted}
              >${iconMicOff()}</span
            >`
      }
      ${view.offered ? this.#renderOptions(view, view.participant) : nothing}
    </div>`;
  }

  #renderOptions(view: PersonView, participant: ParticipantState): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    return this.#options.render(
      {
        label: texts.options(participant.name),
        icon: iconEllipsis,
        part: 'person-button',
        tabIndex: this.active ? 0 : -1,
      },
      () => this.#choices(view, participant),
    );
  }

  /** Why it can't be takes the place of what follows. */
  #option(why: ErrorCode | undefined, option: Omit<Option, 'isOff'>): Option {
    if (!why) return option;
    return { ...option, hint: sentenceOf(why, this.#room.locale.texts), isOff: true };
  }

  #choices(view: PersonView, participant: ParticipantState): Option[] {
    const { people: texts } = this.#room.locale.texts;
    const { identity, name, person: of, role, self } = participant;
    const whom: Participant = { identity, name, role, person: of };
    const to = role === 'host' ? 'guest' : 'host';
    const [title, hint] =
      to === 'host'
        ? [texts.makeHost, texts.makeHostHint]
        : self
          ? [texts.makeMeGuest, texts.makeMeGuestHint]
          : [texts.makeGuest, texts.makeGuestHint];
    const roleItem = this.#option(view.whyNotRole, {
      title,
      hint,
      icon: to === 'host' ? iconCrown : iconUser,
      act: () => void this.#room.request(new RoleSetRequestEvent(whom, to)),
    });
    if (self || this.withoutRemove) return [roleItem];
    const removeItem = this.#option(view.whyNotRemove, {
      title: texts.remove,
      icon: iconUserX,
      danger: true,
      act: () => void this.#room.request(new ParticipantRemoveRequestEvent(whom)),
    });
    return [roleItem, removeItem];
  }

  #note({ pending }: PersonView, { role, kind, connection, self }: ParticipantState): string {
    const { tile, people: texts } = this.#room.locale.texts;
    if (pending) return pending === 'removal' ? tile.removing : texts.saving;
    if (connection === 'reconnecting' && !self) return tile.reconnecting;
    if (kind !== 'person') return tile[kind];
    return role === 'host' ? tile.host : '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-person': MeetingPerson;
  }
}
