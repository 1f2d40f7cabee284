import { html, type TemplateResult } from 'lit';
import type { ConnectionState } from '../../core/state.ts';
import type { EntranceTexts } from '../../locales/en-entrance.ts';
import type { MeetingRoom } from './meeting-room.ts';
import type { CallSignals, openPanel, prepareCall } from './room-panels.ts';

/** What a call needs, or that it is not here. */
export type StageState = 'loading' | 'failed' | StageModule;

/** What is fetched with the elements of a call. */
export interface StageModule {
  readonly openPanel: typeof openPanel;
  readonly prepareCall: typeof prepareCall;
  /** The parts of the call's elements that pages may style. */
  readonly PARTS: string;
  renderStage(view: MainView): TemplateResult;
}

/** What the shell shows between header and footer. */
export interface MainView {
  readonly room: MeetingRoom;
  readonly connection: ConnectionState;
  readonly stage: StageState;
  readonly texts: EntranceTexts;
  readonly signals: CallSignals;
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
    return html`<meeting-notice exportparts=${stage.PARTS}>
      <slot name="notices"></slot>
    </meeting-notice>`;
  }
  if (connection.phase === 'waiting') {
    return html`<meeting-waiting
      exportparts=${stage.PARTS}
      .room=${view.room.room}
    ></meeting-waiting>`;
  }
  return stage.renderStage(view);
}

/** What lies above all of it. */
export function renderAbove(): TemplateResult {
  return html`<meeting-toasts exportparts="toast"></meeting-toasts>
    <room-settings exportparts="dialog, preview, reset-button, restore-button"></room-settings>
    <meeting-confirm exportparts="dialog"></meeting-confirm>`;
}

function renderLobby({ room }: MainView): TemplateResult {
  return html`<meeting-lobby
    exportparts="lobby, preview, microphone-button, camera-button, join-button, beside-button"
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
