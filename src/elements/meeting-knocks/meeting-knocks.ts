import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../../controllers/room-controller.ts';
import type { Fact, Store } from '../../core/state.ts';
import { requestKey } from '../../core/state.ts';
import { KnockAdmitRequestEvent } from '../../events/knock-admit-request.ts';
import type { Knock, KnockDecision } from '../../protocol/knock.ts';
import { button } from '../shared/button.styles.ts';
import { hue, initials } from '../shared/person.model.ts';
import { duration, ticking } from '../shared/ticking.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { actionStyles } from './knock-actions.styles.ts';
import { knockActions } from './knock-actions.ts';
import { cardStyles } from './knock-card.styles.ts';
import { KnockHints } from './knock-hints.ts';
import { knockPicture } from './knock-picture.ts';
import { SHOWN, cards, decisionIn, decisionText, type Card } from './meeting-knocks.model.ts';
import { styles } from './meeting-knocks.styles.ts';

/** How long a card says what another host decided, ms. */
const STAY = 5_000;

/**
 * Who is at the door, for hosts: a card for each with Admit and Deny, and their picture when they
 * knock with camera, the longest waiting first. Shows nothing while nobody knocks.
 *
 * @tag meeting-knocks
 * @fires {KnockAdmitRequestEvent} knock-admit-request - A host wants to let somebody in.
 * @fires {KnockDenyRequestEvent} knock-deny-request - A host wants to turn somebody down.
 * @csspart knocks - The stack.
 * @csspart knock - One card.
 * @csspart admit-button - The button that lets in.
 * @csspart deny-button - The button that turns down.
 * @csspart deny-note-button - The button that turns down with a message.
 */
export class MeetingKnocks extends LitElement {
  static override styles = [tokens, button, actionStyles, cardStyles, styles];

  /** The room, or its id, for cards outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** No sound when somebody knocks. */
  @property({ type: Boolean, attribute: 'without-knock-sound' }) withoutKnockSound = false;
  /** Leaves the page's title alone. */
  @property({ type: Boolean, attribute: 'without-title-hint' }) withoutTitleHint = false;
  /** How long a card says what another host decided, ms. */
  @property({ type: Number }) stay = STAY;

  readonly #room = new RoomController(this, ({ store, shell }) => ({
    knocks: store.knocks.value,
    requests: store.requests.value,
    inside: ['joined', 'reconnecting'].includes(store.connection.value.phase),
    store,
    shell,
  }));

  @state() private expanded = false;
  @state() private decided: ReadonlyMap<string, { knock: Knock; decision: KnockDecision }> =
    new Map();

  readonly #hints = new KnockHints();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #heard: { store: Store; abort: AbortController } | undefined;
  #known: readonly Knock[] = [];
  /** Which card had the focus before this update. */
  #focused: number | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hear(undefined);
    this.#hints.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.decided = new Map();
  }

  protected override willUpdate(): void {
    const view = this.#room.value;
    this.#hear(view?.store);
    for (const knock of this.#known) {
      const request = view?.requests.get(requestKey('knock-admit', knock.identity));
      const denial = view?.requests.get(requestKey('knock-deny', knock.identity));
      for (const each of [request, denial]) {
        if (each?.phase !== 'failed' || !each.error.decision) continue;
        this.#decide(knock, each.error.decision);
      }
    }
    this.#known = view?.knocks ?? [];
    const focused = this.shadowRoot?.activeElement;
    const card = focused?.closest('.card');
    this.#focused = focused
      ? Math.max(0, card ? this.#cards().indexOf(card as HTMLElement) : 0)
      : undefined;
  }

  protected override updated(): void {
    for (const card of this.#cards()) card.style.setProperty('--_hue', card.dataset['hue'] ?? '');
    const { knocks, inside } = this.#room.value ?? {};
    const { title } = this.#room.locale.texts.knocks;
    const [first] = knocks ?? [];
    const hint = first && title(first.name, knocks?.length ?? 0);
    // An update may still come after the element was taken out.
    if (inside && this.isConnected) {
      const sound = !this.withoutKnockSound;
      this.#hints.tell(knocks ?? [], { sound, title: this.withoutTitleHint ? undefined : hint });
    } else this.#hints.stop();
    this.#keepFocus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view?.inside) return nothing;
    const all = cards(view.knocks, this.decided, view.requests);
    if (all.length === 0) return nothing;
    const { knocks: texts } = this.#room.locale.texts;
    const shown = this.expanded ? all : all.slice(0, SHOWN);
    const waiting = all.filter(({ decided }) => !decided);
    return html`<section
      class="knocks ${all.length > 1 ? 'several' : ''}"
      part="knocks"
      aria-label=${texts.region}
    >
      <div class="list" id="list">
        ${repeat(
          shown,
          ({ knock }) => knock.identity,
          (card) => this.#renderCard(card),
        )}
      </div>
      ${all.length > SHOWN || waiting.length > 1 ? this.#renderFoot(all.length, waiting) : nothing}
    </section>`;
  }

  #renderCard({ knock, pending, decided }: Card): TemplateResult {
    const { knocks: texts } = this.#room.locale.texts;
    return html`<div
      class="card ${decided ? 'decided' : ''}"
      data-hue=${hue(knock.person)}
      part="knock"
      role="group"
      aria-label=${knock.name}
      aria-busy=${pending ? 'true' : nothing}
    >
      ${this.#renderFace(knock, decided !== undefined)}
      <div class="who">
        <div class="name">
          <bdi title=${knock.name}>${knock.name}</bdi>${
            knock.removedBefore && !decided
              ? html`<span class="badge">${texts.removedBefore}</span>`
              : nothing
          }
        </div>
        ${
          decided
            ? html`<div class="facts">${decisionText(decided, texts)}</div>`
            : this.#renderFacts(knock)
        }
      </div>
      ${
        knock.message && !decided
          ? html`<p class="message" dir="auto">${knock.message}</p>`
          : nothing
      }
      ${decided ? nothing : knockActions(this.#room, knock, pending)}
    </div>`;
  }

  #renderFace(knock: Knock, decided: boolean): unknown {
    const { store } = this.#room.value ?? {};
    const { knocks: texts } = this.#room.locale.texts;
    if (knock.camera && !decided && store) {
      return knockPicture(store, knock.identity, texts.camera(knock.name));
    }
    return html`<div class="initials" aria-hidden="true">${initials(knock.name)}</div>`;
  }

  #renderFacts(knock: Knock): TemplateResult {
    const { knocks: texts } = this.#room.locale.texts;
    const time = (): string => duration(Date.now() - knock.at);
    // Where there is little room, the time alone is shown; screen readers are told what it is.
    return html`<div class="facts">
      <span class="time">${ticking(() => texts.waiting(time()))}</span
      ><span class="clock" aria-hidden="true">${ticking(time)}</span>${
        knock.vouched
          ? nothing
          : html`<span title=${texts.unverifiedHint}>${texts.unverified}</span>`
      }${knock.present ? nothing : html`<span class="away">${texts.away}</span>`}
    </div>`;
  }

  #renderFoot(count: number, waiting: readonly Card[]): TemplateResult {
    const { knocks: texts } = this.#room.locale.texts;
    return html`<div class="foot">
      ${
        count > SHOWN
          ? html`<button
              class="button more"
              type="button"
              aria-expanded=${String(this.expanded)}
              aria-controls="list"
              @click=${() => (this.expanded = !this.expanded)}
            >
              ${this.expanded ? texts.fewer : texts.more(count - SHOWN)}
            </button>`
          : nothing
      }
      ${
        waiting.length > 1
          ? html`<button class="button all" type="button" @click=${() => this.#admitAll(waiting)}>
              ${texts.admitAll}
            </button>`
          : nothing
      }
    </div>`;
  }

  /** One request for each, so that a page may say no to one of them. */
  #admitAll(waiting: readonly Card[]): void {
    for (const { knock, pending } of waiting) {
      if (!pending) this.#room.request(new KnockAdmitRequestEvent(knock));
    }
  }

  #hear(store: Store | undefined): void {
    if (this.#heard?.store === store) return;
    this.#heard?.abort.abort();
    this.#heard = undefined;
    if (!store || !this.isConnected) return;
    const abort = new AbortController();
    this.#heard = { store, abort };
    store.listen((fact: Fact) => {
      const found = 'seq' in fact && decisionIn(fact, store.me.peek()?.identity);
      if (found) this.#decide(found.knock, found.decision);
    }, abort.signal);
  }

  #decide(knock: Knock, decision: KnockDecision): void {
    if (this.decided.has(knock.identity)) return;
    this.decided = new Map(this.decided).set(knock.identity, { knock, decision });
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const rest = new Map(this.decided);
      rest.delete(knock.identity);
      this.decided = rest;
    }, this.stay);
    this.#timers.add(timer);
  }

  #cards(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.card') ?? [])];
  }

  /** The card in focus is gone: the next one's Admit is where one would go on. */
  #keepFocus(): void {
    if (this.#focused === undefined || this.shadowRoot?.activeElement) return;
    const left = this.#cards();
    const next = left[Math.min(this.#focused, left.length - 1)] ?? left[0];
    const admit = next?.querySelector<HTMLElement>('.primary');
    if (admit) admit.focus();
    else this.#room.value?.shell.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-knocks': MeetingKnocks;
  }
}
