import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
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
import { isFocusGone, walkMenu } from '../shared/menu-keys.ts';
import { menu } from '../shared/menu.styles.ts';
import { hue, initials } from '../shared/person.model.ts';
import { Popup } from '../shared/popup.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { personView, type PersonView } from './meeting-person.model.ts';
import { person } from './person.styles.ts';

/** One thing to do with somebody. */
interface Item {
  readonly title: string;
  readonly hint?: string;
  readonly icon: () => TemplateResult;
  readonly danger?: boolean;
  /** Why it can't be done now. */
  readonly why: ErrorCode | undefined;
  readonly act: () => void;
}

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

  @state() private open = false;
  @query('.options') private readonly button!: HTMLElement | null;
  @query('.menu') private readonly menu!: HTMLElement | null;

  readonly #popup = new Popup({
    host: this,
    button: () => this.button,
    menu: () => this.menu,
    close: (focus) => this.#close(focus),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('identity')) this.#room.refresh();
    const { participant } = this.#room.value ?? {};
    if (participant) this.style.setProperty('--_hue', String(hue(participant.person)));
    if (!this.#room.value?.offered) this.#close();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('open') || !this.open) return;
    this.#popup.show();
    this.#items().at(0)?.focus();
  }

  override focus(options?: FocusOptions): void {
    this.button?.focus(options);
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
    const label = texts.options(participant.name);
    return html`<button
        class="icon-button options"
        part="person-button"
        type="button"
        tabindex=${this.active ? 0 : -1}
        aria-label=${label}
        title=${label}
        aria-haspopup="menu"
        aria-expanded=${String(this.open)}
        @click=${() => (this.open ? this.#close(true) : (this.open = true))}
      >
        ${iconEllipsis()}
      </button>
      ${this.open ? this.#renderMenu(label, this.#choices(view, participant)) : nothing}`;
  }

  #renderMenu(label: string, items: readonly Item[]): TemplateResult {
    return html`<div
      class="menu"
      part="menu"
      role="menu"
      popover="manual"
      aria-label=${label}
      @keydown=${this.#menuKey}
      @focusout=${this.#focusLeft}
    >
      ${items.map((item, index) => this.#renderItem(item, index))}
    </div>`;
  }

  /** A name is the title alone; what follows, or why it can't be, describes it. */
  #renderItem({ title, hint, icon, danger, why, act }: Item, index: number): TemplateResult {
    const words = why ? sentenceOf(why, this.#room.locale.texts) : hint;
    return html`<button
      class="item ${danger ? 'danger' : ''}"
      part="menu-item"
      role="menuitem"
      type="button"
      tabindex="-1"
      aria-describedby=${words ? `hint-${index}` : nothing}
      aria-disabled=${why ? 'true' : nothing}
      @click=${() => {
        if (why) return;
        this.#close(true);
        act();
      }}
    >
      ${icon()}
      <span class="words">
        <span class="title">${title}</span>
        ${
          words
            ? html`<span class="hint" id="hint-${index}" aria-hidden="true">${words}</span>`
            : nothing
        }
      </span>
    </button>`;
  }

  #choices(view: PersonView, participant: ParticipantState): Item[] {
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
    const roleItem: Item = {
      title,
      hint,
      icon: to === 'host' ? iconCrown : iconUser,
      why: view.whyNotRole,
      act: () => void this.#room.request(new RoleSetRequestEvent(whom, to)),
    };
    if (self || this.withoutRemove) return [roleItem];
    const removeItem: Item = {
      title: texts.remove,
      icon: iconUserX,
      danger: true,
      why: view.whyNotRemove,
      act: () => void this.#room.request(new ParticipantRemoveRequestEvent(whom)),
    };
    return [roleItem, removeItem];
  }

  #note({ pending }: PersonView, { role, kind, connection, self }: ParticipantState): string {
    const { tile, people: texts } = this.#room.locale.texts;
    if (pending) return pending === 'removal' ? tile.removing : texts.saving;
    if (connection === 'reconnecting' && !self) return tile.reconnecting;
    if (kind !== 'person') return tile[kind];
    return role === 'host' ? tile.host : '';
  }

  #items(): HTMLElement[] {
    return [...(this.menu?.querySelectorAll<HTMLElement>('.item') ?? [])];
  }

  #close(focus = false): void {
    if (!this.open) return;
    this.open = false;
    if (focus) this.button?.focus();
    this.#popup.hide();
  }

  readonly #menuKey = (event: KeyboardEvent): void =>
    walkMenu(event, { items: () => this.#items(), close: (focus) => this.#close(focus) });

  readonly #focusLeft = (event: FocusEvent): void => {
    if (isFocusGone(event, this.menu, this.button)) this.#close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-person': MeetingPerson;
  }
}
