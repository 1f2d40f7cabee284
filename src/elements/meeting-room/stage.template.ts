import { html, nothing, type TemplateResult } from 'lit';
import type { StageView } from './main.template.ts';

/** The call: stage, bar, who knocks, and the panel beside it. Fetched with their elements. */
export function renderStage({
  room,
  parts,
  beside,
  inviteUrl,
  loaders,
}: StageView): TemplateResult {
  return html`<div class="call ${beside ? 'beside' : ''}">
    <div class="stage" tabindex="-1">
      <meeting-notice class="above" exportparts=${parts}></meeting-notice>
      <meeting-knocks
        exportparts=${parts}
        .withoutKnockSound=${room.withoutKnockSound}
        .withoutTitleHint=${room.withoutTitleHint}
      ></meeting-knocks>
      <meeting-grid
        exportparts=${parts}
        .inviteUrl=${inviteUrl}
        .withoutRemove=${room.withoutRemove}
      >
        ${
          // A slot that is passed on hides what stands in it for nothing, so only when it is used.
          room.querySelector(':scope > [slot="empty"]')
            ? html`<slot name="empty" slot="empty"></slot>`
            : nothing
        }
      </meeting-grid>
      ${
        room.withoutControls
          ? nothing
          : html`<meeting-controls
              exportparts=${parts}
              .withoutLeave=${room.withoutLeave}
              .withoutShortcuts=${room.withoutShortcuts}
            ></meeting-controls>`
      }
    </div>
    <meeting-panel exportparts=${parts} .loaders=${loaders}></meeting-panel>
  </div>`;
}
