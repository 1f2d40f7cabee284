import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { PanelController } from '../../controllers/panel-controller.ts';
import { ResetRestoreRequestEvent } from '../../events/reset-restore-request.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Restorable } from '../../protocol/reset.ts';
import { actorName } from '../shared/person.model.ts';
import { reasonOf } from '../shared/errors.model.ts';
import type { ResetView } from './meeting-reset.model.ts';

/** With no `failure`, the page vetoed it. */
type Outcome = 'restored' | { readonly failure: unknown };

/** What earlier resets cleared, until when each can be undone, and the button that does. */
export class Restorables {
  readonly #host: LitElement;
  readonly #room: PanelController<ResetView, 'settings'>;
  /** The one that was asked for last. */
  #asked: string | undefined;
  #outcome: Outcome | undefined;

  constructor(host: LitElement, room: PanelController<ResetView, 'settings'>) {
    this.#host = host;
    this.#room = room;
  }

  render(resets: readonly Restorable[]): TemplateResult | typeof nothing {
    if (resets.length === 0 && this.#outcome === undefined) return nothing;
    const { trash } = this.#room.locale.texts.settings.reset;
    return html`<section class="trash" aria-labelledby="trash">
      <h3 id="trash" tabindex="-1">${trash.title}</h3>
      ${
        resets.length > 0
          ? html`<ul>
                ${resets.map((reset) => this.#renderOne(reset))}
              </ul>
              <p class="hint">${trash.hint}</p>`
          : nothing
      }
      ${this.#renderOutcome()}
    </section>`;
  }

  #renderOne(reset: Restorable): TemplateResult {
    const { parts: names, counts, trash } = this.#room.locale.texts.settings.reset;
    const isPending = this.#room.value?.isRestoring === true && this.#asked === reset.id;
    return html`<li>
      <span>
        ${reset.parts.map(
          ({ part, count }) =>
            html`<strong>${names[part]}</strong> <span class="count">${counts[part](count)}</span
              ><br />`,
        )}
        <span class="hint" dir="auto">
          ${trash.cleared(actorName(reset.by) ?? trash.aHost, reset.at)}.<br />
          ${trash.until(reset.until)}
        </span>
      </span>
      <button
        class="button small"
        type="button"
        part="restore-button"
        aria-label=${trash.restoreAll(reset.parts.map(({ part }) => names[part]))}
        aria-disabled=${isPending ? 'true' : nothing}
        @click=${() => void this.#restore(reset)}
      >
        ${isPending ? trash.restoring : trash.restore}
      </button>
    </li>`;
  }

  #renderOutcome(): TemplateResult | typeof nothing {
    const { texts } = this.#room.locale;
    const { trash, vetoed } = texts.settings.reset;
    if (this.#outcome === undefined) return nothing;
    if (this.#outcome === 'restored') return html`<p role="status">${trash.restored}</p>`;
    const { failure } = this.#outcome;
    const isGone = failure instanceof MeetingError && failure.code === 'reset-not-found';
    const why = failure === undefined ? vetoed : isGone ? trash.gone : reasonOf(failure, texts);
    return html`<p class="trouble" role="alert"><strong>${trash.failed}.</strong> ${why}</p>`;
  }

  async #restore(reset: Restorable): Promise<void> {
    if (this.#room.value?.isRestoring === true) return;
    this.#asked = reset.id;
    const request = this.#room.request(new ResetRestoreRequestEvent(reset));
    if (request.defaultPrevented) return this.#end({ failure: undefined });
    try {
      await request.answered;
      await this.#end('restored');
    } catch (failure) {
      await this.#end({ failure });
    }
  }

  /** The button may be gone: who pressed it goes on from the heading. */
  async #end(outcome: Outcome): Promise<void> {
    this.#outcome = outcome;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (outcome === 'restored') {
      this.#host.renderRoot.querySelector<HTMLElement>('#trash')?.focus();
    }
  }
}
