import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../locales/en.ts';
import { iconCheck, iconLink } from '../icons.generated.ts';

/** What became of copying the link. */
export type Copied = 'idle' | 'copied' | 'failed';

/** What somebody alone in the call sees. */
export interface Invitation {
  readonly grid: Texts['grid'];
  readonly inviteUrl: string | null;
  readonly copy: Copied;
  readonly copyLink: () => void;
}

export function renderInvitation({ grid, inviteUrl, copy, copyLink }: Invitation): TemplateResult {
  return html`<div class="invitation" part="invitation">
    <div class="words">
      <h2>${grid.alone}</h2>
      <p>${inviteUrl ? grid.invite : grid.waitForOthers}</p>
    </div>
    ${
      inviteUrl
        ? html`<button class="button" type="button" @click=${copyLink}>
            ${copy === 'copied' ? iconCheck() : iconLink()}
            <span role="status">${copy === 'copied' ? grid.copied : grid.copyLink}</span>
          </button>`
        : nothing
    }
    ${
      copy === 'failed'
        ? html`<input readonly aria-label=${grid.copyFailed} .value=${inviteUrl ?? ''} />`
        : nothing
    }
  </div>`;
}
