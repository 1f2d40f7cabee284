import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { people } from '../../locales/en-people.ts';
import { stepAlong } from '../shared/row-keys.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-people.styles.ts';

type Tab = 'people' | 'access' | 'activity' | 'note';
const TABS: readonly Tab[] = ['people', 'access', 'activity', 'note'];

/**
 * The people in the call. Hosts decide on them here, say who else may come in, see what happened,
 * and keep notes of their own.
 *
 * @tag meeting-people
 * @csspart tab - What hosts choose a part by.
 * @csspart person - A row.
 * @csspart person-button - The button that opens a row's menu.
 * @csspart menu - A row's menu.
 * @csspart menu-item - One of its items.
 */
export class MeetingPeople extends LitElement {
  static override styles = [tokens, styles];

  /** The room, or its id, for a panel outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Leaves out what removes. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({
      phase: store.connection.value.phase,
      host: store.me.value?.role === 'host',
    }),
    { people },
  );

  @state() private tab: Tab = 'people';
  @state() private hasNote = false;

  protected override willUpdate(): void {
    // From then on it stays: what could not be saved yet must not go with a look elsewhere.
    this.hasNote ||= this.tab === 'note';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { phase, host } = this.#room.value ?? {};
    if (phase !== 'joined' && phase !== 'reconnecting') return nothing;
    const { people: texts } = this.#room.locale.texts;
    if (!host) {
      return html`<div class="scroll" role="group" aria-label=${texts.inCall} tabindex="0">
        ${this.#renderPeople()}
      </div>`;
    }
    return html`<div class="tabs" role="tablist" aria-label=${texts.tabs} @keydown=${this.#walk}>
        ${TABS.map((tab) => this.#renderTab(tab))}
      </div>
      <div class="scroll" id="panel" role="tabpanel" aria-labelledby=${this.tab} tabindex="0">
        ${this.#renderPart()} ${this.hasNote ? this.#renderNote() : nothing}
      </div>`;
  }

  #renderTab(tab: Tab): TemplateResult {
    const isChosen = tab === this.tab;
    return html`<button
      class="tab"
      part="tab"
      id=${tab}
      type="button"
      role="tab"
      aria-selected=${String(isChosen)}
      aria-controls=${isChosen ? 'panel' : nothing}
      tabindex=${isChosen ? 0 : -1}
      @click=${() => (this.tab = tab)}
    >
      ${this.#room.locale.texts.people.tab[tab]}
    </button>`;
  }

  #renderPart(): TemplateResult | typeof nothing {
    switch (this.tab) {
      case 'people':
        return html`${this.#renderPeople()}
          <meeting-outside exportparts="person" .meeting=${this.meeting}></meeting-outside>`;
      case 'access':
        return html`<meeting-access .meeting=${this.meeting}></meeting-access>`;
      case 'activity':
        return html`<meeting-activity .meeting=${this.meeting}></meeting-activity>`;
      case 'note':
        return nothing;
    }
  }

  #renderNote(): TemplateResult {
    return html`<meeting-note
      ?hidden=${this.tab !== 'note'}
      .meeting=${this.meeting}
    ></meeting-note>`;
  }

  #renderPeople(): TemplateResult {
    return html`<meeting-people-list
      exportparts="person, person-button, menu, menu-item"
      .meeting=${this.meeting}
      .withoutRemove=${this.withoutRemove}
    ></meeting-people-list>`;
  }

  readonly #walk = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tab = stepAlong(event, TABS, TABS.indexOf(this.tab), this);
    if (!tab) return;
    event.preventDefault();
    this.tab = tab;
    this.shadowRoot?.querySelector<HTMLElement>(`#${tab}`)?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-people': MeetingPeople;
  }
}
