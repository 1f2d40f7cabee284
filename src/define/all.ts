import { MeetingRoom } from '../elements/meeting-room/meeting-room.ts';
import './meeting-room.ts';

/**
 * What a page may use outside of a room, `<leave-menu meeting="id">`. A page without such tags
 * fetches it with the room's own stage, later.
 */
const OUTSIDE =
  'leave-menu, meeting-controls, meeting-grid, meeting-knocks, meeting-notice, meeting-people, participant-tile';

function registerWhenUsed(): void {
  if (!document.querySelector(OUTSIDE)) return;
  // The room itself tells people what it could not fetch; these stay as they are.
  void Promise.allSettled([MeetingRoom.loadStage()]);
}

// Node has no document; Lit brings it a registry of elements.
if (globalThis.document) {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', registerWhenUsed, { once: true });
  } else registerWhenUsed();
}
