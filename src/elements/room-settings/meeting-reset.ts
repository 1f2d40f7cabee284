import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { ParticipantRemoveRequestEvent } from '../../events/participant-remove-request.ts';
import { RoomResetRequestEvent } from '../../events/room-reset-request.ts';
import { settings } from '../../locales/en-settings.ts';
import type { Participant } from '../../protocol/participant.ts';
import type { ResetPart } from '../../protocol/reset.ts';
import type { Answer } from '../../protocol/routes.ts';
import { iconCheck } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { reasonOf } from '../shared/errors.model.ts';
import { saveReceipt } from '../shared/receipt.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { knownParts, resetView } from './meeting-reset.model.ts';
import { Restorables } from './restorables.ts';
import { styles } from './meeting-reset.styles.ts';
import { sections } from './sections.styles.ts';

/** What changes in a burst is counted once, ms. */
const COUNT_AFTER = 300;

/**
 * Clears what the room keeps, by parts, with their counts. For hosts.
 *
 * @tag meeting-reset
 * @fires {RoomResetRequestEvent} room-reset-request - A host wants to clear parts.
 * @fires {ResetRestoreRequestEvent} reset-restore-request - A host wants back what was cleared.
 * @fires {ParticipantRemoveRequestEvent} participant-remove-request - A host wants somebody out.
 * @csspart reset-button - The button that resets.
 * @csspart restore-button - The button that puts back what an earlier reset cleared.
 */
export class MeetingReset extends LitElement {
  static override styles = [tokens, button, sections, styles];

  /** The room, or its id, for a reset outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, resetView, { settings });

  readonly #restorables = new Restorables(this, this.#room);

  @state() private ticked: ReadonlySet<ResetPart> = new Set();
  @state() private keepMe = false;
  @state() private preview: Answer<'reset-preview'> | 'failed' | undefined;
  @state() private outcome: Answer<'room-reset'> | undefined;
  @state() private failure: unknown;
  @state() private vetoed = false;
  @query('h3') private readonly heading!: HTMLElement | null;

  #watch: AbortController | undefined;
  #counting: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.abort();
    this.#watch = undefined;
    clearTimeout(this.#counting);
  }

  protected override updated(): void {
    const view = this.#room.value;
    if (!view?.isHost || this.#watch || !this.isConnected) return;
    this.#watch = new AbortController();
    view.store.listen((fact) => {
      if ('seq' in fact) this.#countSoon(COUNT_AFTER);
    }, this.#watch.signal);
    this.#countSoon(0);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view?.isHost) return nothing;
    const { outcome, preview } = this;
    const resets = typeof preview === 'object' ? preview.restorable : [];
    return html`${outcome ? this.#renderOutcome(outcome) : this.#renderForm(view.isPending)}
    ${this.#restorables.render(resets)}`;
  }

  #renderForm(isPending: boolean): TemplateResult {
    const { texts } = this.#room.locale;
    const words = texts.settings.reset;
    const isFull = this.ticked.has('activity');
    const hasNone = this.ticked.size === 0;
    return html`<form @submit=${this.#submit}>
      <p class="hint">${words.intro(this.#keptHours())}</p>
      <div class="parts" role="group" aria-label=${texts.settings.sections.reset}>
        ${knownParts(this.preview).map((part) => this.#renderPart(part, isFull, isPending))}
      </div>
      ${isFull ? this.#renderLeaving(isPending) : nothing}
      <p class="hint">${words.local}</p>
      ${this.#renderTrouble()}
      <div class="actions">
        <span class="why" id="why">${hasNone ? words.none : nothing}</span>
        <button
          class="button danger"
          part="reset-button"
          ?disabled=${hasNone}
          aria-disabled=${isPending ? 'true' : nothing}
          aria-describedby="why"
        >
          ${isPending ? words.resetting : words.reset}
        </button>
      </div>
    </form>`;
  }

  #renderPart(part: ResetPart, isFull: boolean, isPending: boolean): TemplateResult {
    const { reset: words } = this.#room.locale.texts.settings;
    const isImplied = isFull && part !== 'activity';
    const isCleared = isPending && this.#room.value?.cleared.some((one) => one.part === part);
    return html`<div class="check">
      <input
        type="checkbox"
        id=${part}
        name=${part}
        aria-describedby="${part}-hint ${part}-count"
        .checked=${isImplied || this.ticked.has(part)}
        ?disabled=${isImplied || isPending}
        @change=${this.#tick}
      />
      <label for=${part}>${words.parts[part]}</label>
      <span class="count" id="${part}-count">
        ${isCleared ? html`<span class="cleared">${iconCheck()}</span>` : this.#count(part)}
      </span>
      <span class="hint" id="${part}-hint">${words.hints[part]}</span>
    </div>`;
  }

  #count(part: ResetPart): string {
    const { reset: words } = this.#room.locale.texts.settings;
    if (this.preview === 'failed') return words.countFailed;
    const found = this.preview?.parts.find((one) => one.part === part);
    return found ? words.counts[part](found.count) : words.counting;
  }

  #keptHours(): number {
    return typeof this.preview === 'object' ? this.preview.keptFor / 3_600_000 : 0;
  }

  #renderLeaving(isPending: boolean): TemplateResult {
    const { reset: words } = this.#room.locale.texts.settings;
    const people = typeof this.preview === 'object' ? this.preview.people : 1;
    return html`<div class="leaving">
      <p>${this.keepMe ? words.leaveOthers(people) : words.leave(people)}</p>
      <label>
        <input
          type="checkbox"
          name="keep-host"
          .checked=${this.keepMe}
          ?disabled=${isPending}
          @change=${this.#toggleKeepMe}
        />
        ${words.keepMe}
      </label>
    </div>`;
  }

  #renderTrouble(): TemplateResult | typeof nothing {
    const { texts } = this.#room.locale;
    const words = texts.settings.reset;
    if (this.vetoed) return html`<p class="trouble" role="alert">${words.vetoed}</p>`;
    if (this.failure === undefined) return nothing;
    return html`<p class="trouble" role="alert">
      <strong>${words.failed}.</strong> ${reasonOf(this.failure, texts)}
    </p>`;
  }

  #renderOutcome({ receipt, here, settled }: Answer<'room-reset'>): TemplateResult {
    const { reset: words } = this.#room.locale.texts.settings;
    const left = here.filter(({ identity }) => this.#room.value?.roster.includes(identity));
    return html`<section aria-labelledby="done">
      <h3 id="done" tabindex="-1">${words.done}</h3>
      ${settled ? nothing : html`<p class="hint">${words.goesOn}</p>`}
      ${
        receipt
          ? html`<ul>
                ${receipt.parts.map(
                  ({ part, count }) =>
                    html`<li>
                      ${iconCheck()}<span>${words.parts[part]}</span>
                      <span class="count">${words.counts[part](count)}</span>
                    </li>`,
                )}
              </ul>
              <p class="hint">
                ${receipt.people > 0 ? words.people(receipt.people) : nothing}
                ${words.at(receipt.finishedAt)}
              </p>`
          : nothing
      }
      ${left.length > 0 ? this.#renderHere(left) : nothing}
      <div class="actions">
        ${
          receipt
            ? html`<button class="button" type="button" @click=${this.#save}>
                ${words.receipt}
              </button>`
            : nothing
        }
        <button class="button primary" type="button" @click=${this.#again}>${words.back}</button>
      </div>
    </section>`;
  }

  #renderHere(here: readonly Participant[]): TemplateResult {
    const { reset: words } = this.#room.locale.texts.settings;
    return html`<h4>${words.here}</h4>
      <p class="hint">${words.hereText(here.map(({ name }) => name))}</p>
      <div class="here">
        ${here.map(
          (participant) =>
            html`<button
              class="button"
              type="button"
              @click=${() =>
                this.#room.request(new ParticipantRemoveRequestEvent({ ...participant }))}
            >
              ${words.remove(participant.name)}
            </button>`,
        )}
      </div>`;
  }

  #countSoon(after: number): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => void this.#recount(), after);
  }

  /** Never rejects: without numbers, one can still reset. */
  async #recount(): Promise<void> {
    const { store } = this.#room.value ?? {};
    try {
      this.preview = await store?.previewReset();
    } catch {
      this.preview = 'failed';
    }
  }

  readonly #tick = (event: Event): void => {
    const { name, checked } = event.target as HTMLInputElement;
    const next = new Set(this.ticked);
    if (checked) next.add(name as ResetPart);
    else next.delete(name as ResetPart);
    this.ticked = next;
  };

  readonly #toggleKeepMe = (event: Event): void => {
    this.keepMe = (event.target as HTMLInputElement).checked;
  };

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.ticked.size === 0 || this.#room.value?.isPending) return;
    this.failure = undefined;
    this.vetoed = false;
    const isFull = this.ticked.has('activity');
    const parts = isFull ? (['activity'] as const) : [...this.ticked];
    const request = this.#room.request(
      new RoomResetRequestEvent({ parts, keepMe: isFull && this.keepMe }),
    );
    if (request.defaultPrevented) {
      this.vetoed = true;
      return;
    }
    try {
      this.outcome = await request.answered;
    } catch (error) {
      this.failure = error;
      return;
    }
    await this.updateComplete;
    this.heading?.focus();
  };

  readonly #save = (): void => {
    const { store } = this.#room.value ?? {};
    const { receipt } = this.outcome ?? {};
    if (!receipt) return;
    const room = store?.room.peek()?.name ?? '';
    saveReceipt(receipt, { room, by: store?.me.peek()?.name });
  };

  readonly #again = (): void => {
    this.outcome = undefined;
    this.ticked = new Set();
    this.keepMe = false;
    this.#countSoon(0);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-reset': MeetingReset;
  }
}
