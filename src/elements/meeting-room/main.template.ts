import { html, nothing, type TemplateResult } from 'lit';
import type { ConnectionState } from '../../core/state.ts';
import type { EntranceTexts } from '../../locales/en-entrance.ts';
import type { MeetingRoom } from './meeting-room.ts';

/** Whether what a call needs is here. */
export type StageState = 'loading' | 'ready' | 'failed';

const EXPORTED =
  'stage, invitation, tile, video, name, remove-button, controls, microphone-button, camera-button, leave-button, menu, menu-item, knocks, knock, admit-button, deny-button, notice, banner, lobby, waiting, preview, join-button, stop-button, dialog, toast';

/** What the shell shows between header and footer. */
export interface MainView {
  readonly room: MeetingRoom;
  readonly connection: ConnectionState;
  readonly stage: StageState;
  readonly texts: EntranceTexts;
  readonly loadAgain: () => void;
}

/** The one of join screen, waiting, call and notice that is true now. */
export function renderMain(view: MainView): TemplateResult {
  const { connection, stage, texts } = view;
  if (connection.phase === 'idle' || (connection.phase === 'joining' && !connection.resuming)) {
    return renderLobby(view);
  }
  if (stage === 'failed') return renderFailure(view);
  if (connection.phase === 'joining' || stage === 'loading') {
    return html`<div class="waiting" role="status">${texts.lobby.resuming}</div>`;
  }
  if (connection.phase === 'out') {
    return html`<meeting-notice exportparts=${EXPORTED}>
      <slot name="notices"></slot>
    </meeting-notice>`;
  }
  if (connection.phase === 'waiting') {
    return html`<meeting-waiting
      exportparts=${EXPORTED}
      .room=${view.room.room}
    ></meeting-waiting>`;
  }
  return renderStage(view);
}

/** What lies above all of it. */
export function renderAbove(): TemplateResult {
  return html`<meeting-toasts exportparts=${EXPORTED}></meeting-toasts>
    <meeting-confirm exportparts=${EXPORTED}></meeting-confirm>`;
}

function renderLobby({ room }: MainView): TemplateResult {
  return html`<meeting-lobby
    exportparts=${EXPORTED}
    .name=${room.name}
    .room=${room.room}
    .nameOptional=${room.entryToken !== undefined}
  >
    <slot name="logo" slot="logo"></slot>
  </meeting-lobby>`;
}

function renderFailure({ texts, loadAgain }: MainView): TemplateResult {
  return html`<div class="failure" role="alert">
    <strong>${texts.errors.engine.title}</strong>
    <span>${texts.errors.engine.text}</span>
    <button class="button" type="button" @click=${loadAgain}>${texts.help.retry}</button>
  </div>`;
}

function renderStage({ room }: MainView): TemplateResult {
  return html`<div class="stage" tabindex="-1">
    <meeting-notice class="above" exportparts=${EXPORTED}></meeting-notice>
    <meeting-knocks
      exportparts=${EXPORTED}
      .withoutKnockSound=${room.withoutKnockSound}
      .withoutTitleHint=${room.withoutTitleHint}
    ></meeting-knocks>
    <meeting-grid
      exportparts=${EXPORTED}
      .inviteUrl=${inviteUrl(room)}
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
            exportparts=${EXPORTED}
            .withoutLeave=${room.withoutLeave}
            .withoutShortcuts=${room.withoutShortcuts}
          ></meeting-controls>`
    }
  </div>`;
}

/** A page that vouches for people may have addresses that are for one person only. */
function inviteUrl(room: MeetingRoom): string | null {
  if (room.inviteUrl !== null || room.entryToken !== undefined) return room.inviteUrl;
  return location.href.replace(/#.*$/s, '');
}
