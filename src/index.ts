/**
 * Types, event classes and element classes. Importing this registers nothing; `./define` does.
 */
export { AnsweredRequestEvent } from './events/answered-request-event.ts';
export { CallEndRequestEvent } from './events/call-end-request.ts';
export { CallEndedEvent } from './events/call-ended.ts';
export { CallEnterRequestEvent } from './events/call-enter-request.ts';
export { CallLeaveRequestEvent } from './events/call-leave-request.ts';
export { FileAddedEvent } from './events/file-added.ts';
export { FileDeleteRequestEvent } from './events/file-delete-request.ts';
export { FileDeletedEvent } from './events/file-deleted.ts';
export { FileUploadRequestEvent } from './events/file-upload-request.ts';
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
export { MessageDeleteRequestEvent } from './events/message-delete-request.ts';
export { MessageDeletedEvent } from './events/message-deleted.ts';
export { MessageEditRequestEvent } from './events/message-edit-request.ts';
export { MessageEditedEvent } from './events/message-edited.ts';
export { MessageReceivedEvent } from './events/message-received.ts';
export { MessageSendRequestEvent, type MessageWish } from './events/message-send-request.ts';
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
export { RecordingAddedEvent } from './events/recording-added.ts';
export { RecordingConsentedEvent } from './events/recording-consented.ts';
export { RecordingDeleteRequestEvent } from './events/recording-delete-request.ts';
export { RecordingDeletedEvent } from './events/recording-deleted.ts';
export { RecordingStartRequestEvent } from './events/recording-start-request.ts';
export { RecordingStartedEvent } from './events/recording-started.ts';
export { RecordingStopRequestEvent } from './events/recording-stop-request.ts';
export { RecordingStoppedEvent } from './events/recording-stopped.ts';
export { RoleChangedEvent } from './events/role-changed.ts';
export { RoleSetRequestEvent } from './events/role-set-request.ts';
export { RoomFactEvent } from './events/room-fact.ts';
export { PresenterModeChangedEvent } from './events/presenter-mode-changed.ts';
export { PresenterModeRequestEvent } from './events/presenter-mode-request.ts';
export { RoomLockRequestEvent } from './events/room-lock-request.ts';
export { RoomLockedEvent } from './events/room-locked.ts';
export { RoomResetEvent } from './events/room-reset.ts';
export { RoomRestoredEvent } from './events/room-restored.ts';
export { ResetRestoreRequestEvent } from './events/reset-restore-request.ts';
export { RoomResetRequestEvent } from './events/room-reset-request.ts';
export { RoomUnlockedEvent } from './events/room-unlocked.ts';
export { ScreenShareChangedEvent } from './events/screen-share-changed.ts';
export { WhiteboardChangedEvent } from './events/whiteboard-changed.ts';
export { WhiteboardClearRequestEvent } from './events/whiteboard-clear-request.ts';
export { WhiteboardClearedEvent } from './events/whiteboard-cleared.ts';
export { WhiteboardCreateRequestEvent } from './events/whiteboard-create-request.ts';
export { WhiteboardCreatedEvent } from './events/whiteboard-created.ts';
export { WhiteboardDeleteRequestEvent } from './events/whiteboard-delete-request.ts';
export { WhiteboardDeletedEvent } from './events/whiteboard-deleted.ts';
export { WhiteboardLockRequestEvent } from './events/whiteboard-lock-request.ts';
export { WhiteboardRenameRequestEvent } from './events/whiteboard-rename-request.ts';
export type { AllTexts as Texts } from './locales/en.ts';
export type { Locale } from './locales/locale.ts';
export { LeaveMenu } from './elements/leave-menu/leave-menu.ts';
export { MeetingChat } from './elements/meeting-chat/meeting-chat.ts';
export {
  MeetingConfirm,
  type Consent,
  type Question,
} from './elements/meeting-confirm/meeting-confirm.ts';
export { MeetingControls } from './elements/meeting-controls/meeting-controls.ts';
export { MeetingFileView } from './elements/meeting-files/meeting-file-view.ts';
export { MeetingFile } from './elements/meeting-files/meeting-file.ts';
export { MeetingFiles } from './elements/meeting-files/meeting-files.ts';
export { MeetingUpload } from './elements/meeting-files/meeting-upload.ts';
export { MeetingBoardMenu } from './elements/meeting-whiteboard/meeting-board-menu.ts';
export { MeetingBoardPdf } from './elements/meeting-whiteboard/meeting-board-pdf.ts';
export { MeetingBoard } from './elements/meeting-whiteboard/meeting-board.ts';
export { MeetingWhiteboard } from './elements/meeting-whiteboard/meeting-whiteboard.ts';
export { MeetingGrid } from './elements/meeting-grid/meeting-grid.ts';
export { MeetingKnocks } from './elements/meeting-knocks/meeting-knocks.ts';
export { MeetingLobby } from './elements/meeting-lobby/meeting-lobby.ts';
export { MeetingNotice } from './elements/meeting-notice/meeting-notice.ts';
export { MeetingPanel } from './elements/meeting-panel/meeting-panel.ts';
export { MeetingPeople } from './elements/meeting-people/meeting-people.ts';
export { MeetingKeptRecording } from './elements/meeting-recordings/meeting-kept-recording.ts';
export { MeetingRecorded } from './elements/meeting-recordings/meeting-recorded.ts';
export { MeetingRecording } from './elements/meeting-recordings/meeting-recording.ts';
export { MeetingRecordingBadge } from './elements/meeting-recordings/meeting-recording-badge.ts';
export { MeetingRecordings } from './elements/meeting-recordings/meeting-recordings.ts';
export { MeetingRoom } from './elements/meeting-room/meeting-room.ts';
export { MeetingScreen } from './elements/meeting-screen/meeting-screen.ts';
export { MeetingToasts, type Toast } from './elements/meeting-toasts/meeting-toasts.ts';
export { MeetingWaiting } from './elements/meeting-waiting/meeting-waiting.ts';
export { ParticipantTile } from './elements/participant-tile/participant-tile.ts';
export { RoomSettings } from './elements/room-settings/room-settings.ts';
export { MeetingDeviceSettings } from './elements/room-settings/meeting-device-settings.ts';
export { MeetingReset } from './elements/room-settings/meeting-reset.ts';
export type { SettingsSection } from './elements/room-settings/room-settings.model.ts';
export type { RoomOptions, Store } from './core/state.ts';
export { MeetingError, type ErrorCode } from './protocol/meeting-error.ts';
export type { Exit, ExitReason, NextStep } from './protocol/exit.ts';
export type { AccessList, Exclusion, Invitation, LinkAccess, Pass } from './protocol/invitation.ts';
export type { FileLimits, FileUsage, RoomFile } from './protocol/file.ts';
export type {
  Recording,
  RecorderKind,
  RecordingConsent,
  RecordingEnd,
  RecordingLimits,
  RecordingUsage,
} from './protocol/recording.ts';
export type { Whiteboard } from './protocol/whiteboard.ts';
export type { Knock, KnockDecision } from './protocol/knock.ts';
export type { Message } from './protocol/message.ts';
export type { Action, Explanation } from './protocol/permissions.ts';
export type { Actor, Participant, Role } from './protocol/participant.ts';
export type { ResetCount, ResetPart, ResetReceipt } from './protocol/reset.ts';
