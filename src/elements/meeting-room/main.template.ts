import { html, type CSSResult, type TemplateResult } from 'lit';
import type { ConnectionState } from '../../core/state.ts';
import type { EntranceTexts } from '../../locales/en-entrance.ts';
import type { MeetingPanel } from '../meeting-panel/meeting-panel.ts';
import type { MeetingRoom } from './meeting-room.ts';

/** What a call needs, or that it is not here. */
export type StageState = 'loading' | 'failed' | StageModule;

/** What is fetched with the elements of a call. */
export interface StageModule {
  readonly stageStyles: CSSResult;
  renderStage(view: StageView): TemplateResult;
}

const EXPORTED =
  'stage, invitation, tile, video, name, remove-button, controls, panel-button, microphone-button, camera-button, leave-button, menu, menu-item, knocks, knock, admit-button, deny-button, notice, forward, banner, lobby, waiting, preview, join-button, beside-button, camera-switch, stop-button, dialog, toast, panel, person, person-button';

/** What the shell shows between header and footer. */
export interface MainView {
  readonly room: MeetingRoom;
  readonly connection: ConnectionState;
  readonly stage: StageState;
  readonly texts: EntranceTexts;
  /** Whether a panel is open. */
  readonly beside: boolean;
  readonly inviteUrl: string | null;
  /** Fetches each panel, by its name. */
  readonly loaders: MeetingPanel['loaders'];
  readonly loadAgain: () => void;
}

/** The same, and the parts that pages may style. */
export interface StageView extends MainView {
  readonly parts: string;
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
  return stage.renderStage({ ...view, parts: EXPORTED });
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
