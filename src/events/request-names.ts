import type { MeetingRequestEventMap } from './map.ts';

/** What a room carries out for people in it. The join screen and the notice see to their own. */
export const ROUTED = [
  'call-leave-request',
  'call-end-request',
  'participant-remove-request',
  'participant-restore-request',
  'role-set-request',
  'room-lock-request',
  'link-set-request',
  'invitation-create-request',
  'invitation-revoke-request',
  'pass-revoke-request',
  'room-reset-request',
  'knock-admit-request',
  'knock-deny-request',
  'knock-withdraw-request',
  'panel-request',
] as const satisfies readonly (keyof MeetingRequestEventMap)[];

/** The name of a request that a room carries out. */
export type Routed = (typeof ROUTED)[number];
