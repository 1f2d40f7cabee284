import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { people } from '../../locales/en-people.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-people.styles.ts';

/**
 * The people in the call; hosts decide on them here.
 *
 * @tag meeting-people
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
    ({ store }) => ({ phase: store.connection.value.phase }),
    { people },
  );

  protected override render(): TemplateResult | typeof nothing {
    const { phase } = this.#room.value ?? {};
    if (phase !== 'joined' && phase !== 'reconnecting') return nothing;
    const { people: texts } = this.#room.locale.texts;
    return html`<div class="scroll" role="group" aria-label=${texts.inCall} tabindex="0">
      <meeting-people-list
        exportparts="person, person-button, menu, menu-item"
        .meeting=${this.meeting}
        .withoutRemove=${this.withoutRemove}
      ></meeting-people-list>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-people': MeetingPeople;
  }
}
