import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { people } from '../../locales/en-people.ts';
import { walk } from '../shared/menu.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import type { MeetingPerson } from './meeting-person.ts';

/**
 * The list of the people in the call. For hosts, arrow keys move from row to row.
 *
 * @tag meeting-people-list
 * @csspart person - A row.
 * @csspart person-button - The button that opens a row's menu.
 * @csspart menu - A row's menu.
 * @csspart menu-item - One of its items.
 */
export class MeetingPeopleList extends LitElement {
  static override styles = [tokens];

  /** The room, or its id, for a list outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Leaves out what removes. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;

  readonly #room = new PanelController(this, ({ store }) => ({ roster: store.roster.value }), {
    people,
  });

  @state() private active: string | undefined;

  #shown: readonly string[] = [];
  #focus: number | undefined;

  protected override willUpdate(): void {
    const { roster = [] } = this.#room.value ?? {};
    this.#focus = undefined;
    if (this.active === undefined || !roster.includes(this.active)) {
      // The row in focus is gone: the one that took its place is next.
      const index = this.active === undefined ? -1 : this.#shown.indexOf(this.active);
      if (index >= 0 && this.shadowRoot?.activeElement) {
        this.#focus = Math.min(index, roster.length - 1);
      }
      this.active = roster[Math.max(0, Math.min(index, roster.length - 1))];
    }
    this.#shown = roster;
  }

  protected override updated(_: PropertyValues): void {
    if (this.#focus !== undefined) this.#rows()[this.#focus]?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { roster } = this.#room.value ?? {};
    if (!roster) return nothing;
    const { people: texts } = this.#room.locale.texts;
    return html`<div
      role="list"
      aria-label=${texts.inCall}
      @keydown=${this.#keydown}
      @focusin=${this.#focusin}
    >
      ${repeat(
        roster,
        (identity) => identity,
        (identity) =>
          html`<meeting-person
            role="listitem"
            exportparts="person, person-button, menu, menu-item"
            .meeting=${this.meeting}
            .identity=${identity}
            .active=${identity === this.active}
            .withoutRemove=${this.withoutRemove}
          ></meeting-person>`,
      )}
    </div>`;
  }

  #rows(): MeetingPerson[] {
    return [...(this.shadowRoot?.querySelectorAll<MeetingPerson>('meeting-person') ?? [])];
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = this.#rows();
    const at = rows.findIndex((row) => row.matches(':focus-within'));
    const target = walk(event.key, at, rows.length);
    if (at < 0 || target === undefined) return;
    event.preventDefault();
    rows[target]?.focus();
  };

  readonly #focusin = (event: Event): void => {
    this.active = (event.target as MeetingPerson).identity;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-people-list': MeetingPeopleList;
  }
}
