/**
 * Types, event classes and element classes. Importing this registers nothing; `./define` does.
 */
export { AnsweredRequestEvent } from './events/answered-request-event.ts';
export { CallEndRequestEvent } from './events/call-end-request.ts';
export { CallEndedEvent } from './events/call-ended.ts';
export { CallEnterRequestEvent } from './events/call-enter-request.ts';
export { CallLeaveRequestEvent } from './events/call-leave-request.ts';
export { InvitationCreateRequestEvent } from './events/invitation-create-request.ts';
export { InvitationCreatedEvent } from './events/invitation-created.ts';
export { InvitationRevokeRequestEvent } from './events/invitation-revoke-request.ts';
export { InvitationRevokedEvent } from './events/invitation-revoked.ts';
export { KnockAdmitRequestEvent } from './events/knock-admit-request.ts';
export { KnockAdmittedEvent } from './events/knock-admitted.ts';
export { KnockDeniedEvent } from './events/knock-denied.ts';
export { KnockDenyRequestEvent } from './events/knock-deny-request.ts';
export { KnockOverEvent } from './events/knock-over.ts';
export { KnockReceivedEvent } from './events/knock-received.ts';
export { KnockRequestEvent, type KnockWish } from './events/knock-request.ts';
export { KnockWithdrawRequestEvent } from './events/knock-withdraw-request.ts';
export { LinkChangedEvent } from './events/link-changed.ts';
export { LinkSetRequestEvent } from './events/link-set-request.ts';
export type { MeetingRequestEventMap, MeetingRoomEventMap } from './events/map.ts';
export { MeetingErrorEvent } from './events/meeting-error.ts';
export { MeetingForwardRequestEvent } from './events/meeting-forward-request.ts';
export { MeetingJoinedEvent } from './events/meeting-joined.ts';
export { MeetingLeftEvent } from './events/meeting-left.ts';
export { MeetingReconnectedEvent } from './events/meeting-reconnected.ts';
export { MeetingReconnectingEvent } from './events/meeting-reconnecting.ts';
export { PanelChangedEvent } from './events/panel-changed.ts';
export { PanelRequestEvent } from './events/panel-request.ts';
export { ParticipantJoinedEvent } from './events/participant-joined.ts';
export { ParticipantLeftEvent } from './events/participant-left.ts';
export { ParticipantRemoveRequestEvent } from './events/participant-remove-request.ts';
export { ParticipantRemovedEvent } from './events/participant-removed.ts';
export { ParticipantRestoreRequestEvent } from './events/participant-restore-request.ts';
export { ParticipantRestoredEvent } from './events/participant-restored.ts';
export { PassRevokeRequestEvent } from './events/pass-revoke-request.ts';
export { PassRevokedEvent } from './events/pass-revoked.ts';
export { RequestEvent, type Held, type Verdict } from './events/request-event.ts';
export { RoleChangedEvent } from './events/role-changed.ts';
export { RoleSetRequestEvent } from './events/role-set-request.ts';
export { RoomFactEvent } from './events/room-fact.ts';
export { RoomLockRequestEvent } from './events/room-lock-request.ts';
export { RoomLockedEvent } from './events/room-locked.ts';
export { RoomResetEvent } from './events/room-reset.ts';
export { RoomResetRequestEvent } from './events/room-reset-request.ts';
export { RoomUnlockedEvent } from './events/room-unlocked.ts';
export type { AllTexts as Texts } from './locales/en.ts';
export type { Locale } from './locales/locale.ts';
export { LeaveMenu } from './elements/leave-menu/leave-menu.ts';
export {
  MeetingConfirm,
  type Consent,
  type Question,
} from './elements/meeting-confirm/meeting-confirm.ts';
export { MeetingControls } from './elements/meeting-controls/meeting-controls.ts';
export { MeetingGrid } from './elements/meeting-grid/meeting-grid.ts';
export { MeetingKnocks } from './elements/meeting-knocks/meeting-knocks.ts';
export { MeetingLobby } from './elements/meeting-lobby/meeting-lobby.ts';
export { MeetingNotice } from './elements/meeting-notice/meeting-notice.ts';
export { MeetingPanel } from './elements/meeting-panel/meeting-panel.ts';
export { MeetingPeople } from './elements/meeting-people/meeting-people.ts';
export { MeetingRoom } from './elements/meeting-room/meeting-room.ts';
export { MeetingToasts, type Toast } from './elements/meeting-toasts/meeting-toasts.ts';
export { MeetingWaiting } from './elements/meeting-waiting/meeting-waiting.ts';
export { ParticipantTile } from './elements/participant-tile/participant-tile.ts';
export type { RoomOptions, Store } from './core/state.ts';
export { MeetingError, type ErrorCode } from './protocol/meeting-error.ts';
export type { Exit, ExitReason, NextStep } from './protocol/exit.ts';
export type { AccessList, Exclusion, Invitation, LinkAccess, Pass } from './protocol/invitation.ts';
export type { Knock, KnockDecision } from './protocol/knock.ts';
export type { Action, Explanation } from './protocol/permissions.ts';
export type { Actor, Participant, Role } from './protocol/participant.ts';
export type { ResetCount, ResetPart, ResetReceipt } from './protocol/reset.ts';
