import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { settings } from '../../locales/en-settings.ts';
import type { RoomEvent } from '../../protocol/events.ts';
import { button } from '../shared/button.styles.ts';
import { reasonOf } from '../shared/errors.model.ts';
import { saveFile } from '../shared/save-file.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { describe } from './activity.model.ts';
import { styles } from './meeting-activity.styles.ts';
import { sections } from './sections.styles.ts';

/**
 * What happened in the room, the newest first. For hosts.
 *
 * @tag meeting-activity
 */
export class MeetingActivity extends LitElement {
  static override styles = [tokens, button, sections, styles];

  /** The room, or its id, for a list outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({ store, isHost: store.me.value?.role === 'host' }),
    { settings },
  );

  @state() private events: readonly RoomEvent[] = [];
  @state() private phase: 'new' | 'loading' | 'more' | 'whole' = 'new';
  @state() private failure: unknown;

  protected override updated(): void {
    if (this.phase === 'new' && this.#room.value?.isHost) void this.#load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#room.value?.isHost) return nothing;
    const { texts } = this.#room.locale;
    const { activity } = texts.settings;
    return html`<div class="files">
        <button class="button" type="button" @click=${() => this.#save('csv')}>
          ${activity.csv}
        </button>
        <button class="button" type="button" @click=${() => this.#save('json')}>
          ${activity.json}
        </button>
      </div>
      ${
        this.failure === undefined
          ? nothing
          : html`<p class="trouble" role="alert">
              <strong>${activity.failed}.</strong> ${reasonOf(this.failure, texts)}
            </p>`
      }
      ${this.events.length > 0 ? this.#renderList() : this.#renderNothing()}
      ${
        this.phase === 'more' || (this.phase === 'loading' && this.events.length > 0)
          ? html`<button
              class="button"
              type="button"
              aria-disabled=${this.phase === 'loading' ? 'true' : nothing}
              @click=${this.#load}
            >
              ${this.phase === 'loading' ? activity.loading : activity.more}
            </button>`
          : nothing
      }`;
  }

  #renderNothing(): TemplateResult | typeof nothing {
    const { activity } = this.#room.locale.texts.settings;
    if (this.phase === 'whole') return html`<p class="hint">${activity.empty}</p>`;
    return this.phase === 'loading' ? html`<p class="hint">${activity.loading}</p>` : nothing;
  }

  #renderList(): TemplateResult {
    const { activity } = this.#room.locale.texts.settings;
    let last = '';
    return html`<ol aria-label=${activity.list}>
      ${this.events.map((event) => {
        const said = describe(event, activity);
        if (said === undefined) return nothing;
        const day = activity.day(event.at);
        const isNew = day !== last;
        last = day;
        return html`<li>
          ${isNew ? html`<h3>${day}</h3>` : nothing}
          <time datetime=${new Date(event.at).toISOString()}>${activity.time(event.at)}</time>
          <span dir="auto">${said}</span>
        </li>`;
      })}
    </ol>`;
  }

  readonly #load = async (): Promise<void> => {
    const { store } = this.#room.value ?? {};
    if (!store || this.phase === 'loading') return;
    this.phase = 'loading';
    this.failure = undefined;
    const before = this.events.at(-1)?.seq;
    try {
      const { events, more } = await store.activity(before === undefined ? {} : { before });
      this.events = [...this.events, ...events];
      this.phase = more ? 'more' : 'whole';
    } catch (error) {
      this.failure = error;
      this.phase = 'more';
    }
  };

  async #save(format: 'csv' | 'json'): Promise<void> {
    const { store } = this.#room.value ?? {};
    if (!store) return;
    this.failure = undefined;
    try {
      const name = store.room.peek()?.name ?? '';
      saveFile(await store.exportActivity(format), `${name}-activity.${format}`);
    } catch (error) {
      this.failure = error;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-activity': MeetingActivity;
  }
}
