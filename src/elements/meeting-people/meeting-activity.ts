import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { Fact, Store } from '../../core/state.ts';
import { people } from '../../locales/en-people.ts';
import type { RoomEvent } from '../../protocol/events.ts';
import { button } from '../shared/button.styles.ts';
import { reasonOf } from '../shared/errors.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { byDay, isActivity, merge, sentence } from './activity.model.ts';
import { activity } from './meeting-activity.styles.ts';
import { saveFile } from '../shared/save-file.ts';
import { section } from './section.styles.ts';

/** How many events come at a time. */
const PAGE = 50;

/**
 * For hosts: what happened in the room, the newest first, live; and all of it as a file.
 *
 * @tag meeting-activity
 */
export class MeetingActivity extends LitElement {
  static override styles = [tokens, button, section, activity];

  /** The room, or its id, for a list outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, ({ store }) => ({ store, room: store.room.value }), {
    people,
  });

  @state() private events: readonly RoomEvent[] = [];
  @state() private phase: 'loading' | 'more' | 'all' | 'failed' = 'loading';
  @state() private problem: string | undefined;
  /** Whether the list begins with the newest: what is heard live alone has a gap below it. */
  #loaded = false;
  #heard: { store: Store; end: AbortController } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override updated(): void {
    const { store } = this.#room.value ?? {};
    if (store === this.#heard?.store) return;
    this.#stop();
    if (!store) return;
    const end = new AbortController();
    this.#heard = { store, end };
    // What is told meanwhile is not lost: it is merged by its place in the log.
    store.listen((fact) => this.#hear(fact), end.signal);
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { activity: texts } = this.#room.locale.texts.people;
    const { code } = this.#room.locale;
    return html`<section>
      ${byDay(this.#told(), code, texts.today).map(
        ({ day, events }) =>
          html`<h3>${day}</h3>
            <ul aria-label=${texts.list}>
              ${repeat(
                events,
                ({ seq }) => seq,
                (event) =>
                  html`<li>
                    <time dir="auto" datetime=${new Date(event.at).toISOString()}
                      >${texts.clock(event.at)}</time
                    >
                    <span dir="auto">${sentence(event, texts.said)}</span>
                  </li>`,
              )}
            </ul>`,
      )}
      ${this.#renderEnd()} ${this.events.length > 0 ? this.#renderSave() : nothing}
    </section>`;
  }

  #renderEnd(): TemplateResult | typeof nothing {
    const { people: texts } = this.#room.locale.texts;
    if (this.phase === 'loading') return html`<p class="hint" role="status">${texts.loading}</p>`;
    if (this.phase === 'failed') {
      return html`<p class="problem" role="alert">${texts.activity.failed}</p>
        ${this.#renderNext(texts.activity.retry)}`;
    }
    if (this.phase === 'more') return this.#renderNext(texts.activity.more);
    return this.events.length === 0 ? html`<p class="hint">${texts.activity.empty}</p>` : nothing;
  }

  #renderNext(words: string): TemplateResult {
    return html`<div class="actions">
      <button class="button small" type="button" @click=${() => void this.#load()}>${words}</button>
    </div>`;
  }

  #renderSave(): TemplateResult {
    const { activity: texts } = this.#room.locale.texts.people;
    const one = (format: 'csv' | 'json'): TemplateResult =>
      html`<button
        class="button small"
        type="button"
        aria-label=${texts.saveAs(texts[format])}
        @click=${() => void this.#save(format)}
      >
        ${texts[format]}
      </button>`;
    return html`<div class="save">
      <span class="hint">${texts.exported}</span>
      <div class="actions">${one('csv')} ${one('json')}</div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
    </div>`;
  }

  /** Those that have something to say of their own. */
  #told(): RoomEvent[] {
    const { said } = this.#room.locale.texts.people.activity;
    return this.events.filter((event) => sentence(event, said) !== undefined);
  }

  async #load(): Promise<void> {
    const heard = this.#heard;
    if (!heard) return;
    const oldest = this.events.at(-1)?.seq;
    const isFirst = !this.#loaded;
    this.phase = 'loading';
    try {
      const { events, more } = await heard.store.activity({
        limit: PAGE,
        ...(isFirst || oldest === undefined ? {} : { before: oldest }),
      });
      if (this.#heard !== heard) return;
      this.#loaded = true;
      this.events = merge(this.events, events);
      this.phase = more ? 'more' : 'all';
    } catch {
      if (this.#heard === heard) this.phase = 'failed';
    }
  }

  async #save(format: 'csv' | 'json'): Promise<void> {
    const { store, room } = this.#room.value ?? {};
    if (!store) return;
    this.problem = undefined;
    try {
      const file = await store.exportActivity(format);
      saveFile(this.ownerDocument, file, `${room?.name ?? 'room'}-activity.${format}`);
    } catch (error) {
      const { texts } = this.#room.locale;
      this.problem = `${texts.people.activity.saveFailed} ${reasonOf(error, texts)}`;
    }
  }

  #hear(fact: Fact): void {
    if (isActivity(fact)) this.events = merge(this.events, [fact]);
  }

  #stop(): void {
    this.#heard?.end.abort();
    this.#heard = undefined;
    this.events = [];
    this.#loaded = false;
    this.phase = 'loading';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-activity': MeetingActivity;
  }
}
