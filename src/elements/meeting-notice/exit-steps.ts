import { html, nothing, type TemplateResult } from 'lit';
import type { Forward } from '../../controllers/room-context.ts';
import type { Texts } from '../../locales/en.ts';
import { duration, ticking } from '../shared/ticking.ts';

/** What one can do on the notice. */
export interface Steps {
  /** The words of the primary step; undefined when none is open. */
  readonly action: string | undefined;
  readonly working: boolean;
  /** It is not open yet. */
  readonly early: boolean;
  /** How long until it opens, or while it lasts, ms. */
  readonly left: () => number;
  /** It lasts only so long. */
  readonly ends: boolean;
  readonly forward: Forward | undefined;
  readonly act: () => void;
  readonly close: () => void;
}

export function renderSteps(steps: Steps, { notice }: Texts): TemplateResult {
  const { action, working, early, forward } = steps;
  return html`<div class="steps">
      ${
        action === undefined
          ? nothing
          : html`<button
              class="button primary"
              type="button"
              aria-disabled=${working || early ? 'true' : nothing}
              aria-describedby=${early || steps.ends ? 'when' : nothing}
              @click=${steps.act}
            >
              ${working ? notice.working : action}
            </button>`
      }
      ${action === undefined ? nothing : renderWhen(steps, notice)}
      ${
        forward
          ? nothing
          : html`<button class="button quiet" type="button" @click=${steps.close}>
              ${notice.close}
            </button>`
      }
    </div>
    ${forward ? renderForward(forward, notice) : nothing}`;
}

function renderWhen(
  { early, ends, left }: Steps,
  notice: Texts['notice'],
): TemplateResult | typeof nothing {
  // Rounded up, so that it never says 0:00 while there is something to wait for.
  const time = (): string => duration(left() + 999);
  if (!early && !ends) return nothing;
  return html`<p class="when" id="when">
    ${ticking(() => (early ? notice.knockIn(time()) : notice.leftFor(time())))}
  </p>`;
}

/** Where the page goes by itself, with the time to read why, and two ways to decide. */
function renderForward(forward: Forward, notice: Texts['notice']): TemplateResult {
  const { host } = new URL(forward.url);
  return html`<div class="forward" part="forward">
    <p id="forward">${ticking(() => notice.forwardIn(host, duration(forward.left() + 999)))}</p>
    <div class="ways">
      <button class="button" type="button" @click=${forward.go}>${notice.forwardNow}</button>
      <button class="button quiet" type="button" @click=${forward.stay}>
        ${notice.forwardStay}
      </button>
    </div>
  </div>`;
}
