import type { MeetingRequestEventMap } from './map.ts';

/** What a room carries out. `meeting-forward-request` is its own, and it does that itself. */
export const ROUTED = [
  'call-enter-request',
  'knock-request',
  'knock-withdraw-request',
  'call-leave-request',
  'call-end-request',
  'participant-remove-request',
  'participant-restore-request',
  'role-set-request',
  'presenter-mode-request',
  'room-lock-request',
  'link-set-request',
  'invitation-create-request',
  'invitation-revoke-request',
  'pass-revoke-request',
  'room-reset-request',
  'reset-restore-request',
  'file-upload-request',
  'file-delete-request',
  'knock-admit-request',
  'knock-deny-request',
  'message-send-request',
  'message-edit-request',
  'message-delete-request',
  'whiteboard-create-request',
  'whiteboard-rename-request',
  'whiteboard-lock-request',
  'whiteboard-clear-request',
  'whiteboard-delete-request',
  'recording-start-request',
  'recording-stop-request',
  'recording-delete-request',
  'panel-request',
] as const satisfies readonly (keyof MeetingRequestEventMap)[];

/** The name of a request that a room carries out. */
export type Routed = (typeof ROUTED)[number];
