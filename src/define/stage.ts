// What a call needs beyond the join screen: the shell fetches this in one go, before it is used.
import './meeting-confirm.ts';
import './meeting-controls.ts';
import './meeting-grid.ts';
import './meeting-knocks.ts';
import './meeting-notice.ts';
import './meeting-panel.ts';
import './meeting-recording-badge.ts';
import './meeting-toasts.ts';
import './meeting-waiting.ts';

import { PANEL_LOADERS } from './panels.ts';

// A panel that the page has outside of a room needs no opening.
for (const [name, load] of Object.entries(PANEL_LOADERS)) {
  // It stays as it is when it can't be fetched.
  if (globalThis.document?.querySelector(`meeting-${name}`)) void Promise.allSettled([load()]);
}

if (globalThis.document?.querySelector('meeting-recordings')) {
  void Promise.allSettled([import('./meeting-recordings.ts')]);
}

export { PARTS, renderStage } from '../elements/meeting-room/stage.template.ts';
export { openPanel, prepareCall } from '../elements/meeting-room/room-panels.ts';
