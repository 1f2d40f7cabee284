// What a call needs beyond the join screen: the shell fetches this in one go, before it is used.
import './meeting-confirm.ts';
import './meeting-controls.ts';
import './meeting-grid.ts';
import './meeting-knocks.ts';
import './meeting-notice.ts';
import './meeting-panel.ts';
import './meeting-toasts.ts';
import './meeting-waiting.ts';

export { renderStage } from '../elements/meeting-room/stage.template.ts';
export { stageStyles } from '../elements/meeting-room/stage.styles.ts';
