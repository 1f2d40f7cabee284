import { html, nothing, type TemplateResult } from 'lit';
import type { MainView } from './main.template.ts';
import { PANELS } from '../shared/panels.ts';
import { loadersOf } from './room-panels.ts';

/** The parts of the call's elements that pages may style. */
export const PARTS =
  'stage, invitation, participant, tile, video, name, remove-button, controls, panel-button, microphone-button, camera-button, screen-button, screen, sharing, stop-sharing-button, leave-button, menu, menu-item, knocks, knock, admit-button, deny-button, deny-note-button, notice, forward, banner, waiting, preview, camera-switch, stop-button, panel, tab, person, person-button, message, message-box, send-button, attach-button, file, upload, file-button, add-button, dialog, whiteboard-tab, whiteboard-paper, whiteboard-tools, whiteboard-tool, recording';

/** The call: stage, bar, who knocks, and the panel beside it. Fetched with their elements. */
export function renderStage({ room, signals }: MainView): TemplateResult {
  const open = PANELS.find(({ name }) => name === signals.panels.value.open);
  const place = !open ? '' : open.isStage ? 'beside stage-panel' : 'beside';
  return html`<div class="call ${place}">
    <div class="stage" tabindex="-1">
      <meeting-notice class="above" exportparts=${PARTS}></meeting-notice>
      <meeting-recording-badge exportparts=${PARTS}></meeting-recording-badge>
      <meeting-knocks
        exportparts=${PARTS}
        .withoutKnockSound=${room.withoutKnockSound}
        .withoutTitleHint=${room.withoutTitleHint}
      ></meeting-knocks>
      <meeting-grid
        exportparts=${PARTS}
        .inviteUrl=${signals.inviteUrl.value}
        .layout=${room.layout}
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
              exportparts=${PARTS}
              .withoutLeave=${room.withoutLeave}
              .withoutScreenShare=${room.withoutScreenShare}
              .withoutShortcuts=${room.withoutShortcuts}
            ></meeting-controls>`
      }
    </div>
    <meeting-panel
      exportparts=${PARTS}
      .loaders=${loadersOf(room)}
      .withoutRemove=${room.withoutRemove}
    ></meeting-panel>
  </div>`;
}
