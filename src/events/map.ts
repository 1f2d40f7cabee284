import type { CallEndRequestEvent } from './call-end-request.ts';
import type { CallEndedEvent } from './call-ended.ts';
import type { CallEnterRequestEvent } from './call-enter-request.ts';
import type { CallLeaveRequestEvent } from './call-leave-request.ts';
import type { FileAddedEvent } from './file-added.ts';
import type { FileDeleteRequestEvent } from './file-delete-request.ts';
import type { FileDeletedEvent } from './file-deleted.ts';
import type { FileUploadRequestEvent } from './file-upload-request.ts';
import type { InvitationCreateRequestEvent } from './invitation-create-request.ts';
import type { InvitationCreatedEvent } from './invitation-created.ts';
import type { InvitationRevokeRequestEvent } from './invitation-revoke-request.ts';
import type { InvitationRevokedEvent } from './invitation-revoked.ts';
import type { KnockAdmitRequestEvent } from './knock-admit-request.ts';
import type { KnockAdmittedEvent } from './knock-admitted.ts';
import type { KnockDeniedEvent } from './knock-denied.ts';
import type { KnockDenyRequestEvent } from './knock-deny-request.ts';
import type { KnockOverEvent } from './knock-over.ts';
import type { KnockReceivedEvent } from './knock-received.ts';
import type { KnockRequestEvent } from './knock-request.ts';
import type { KnockWithdrawRequestEvent } from './knock-withdraw-request.ts';
import type { LinkChangedEvent } from './link-changed.ts';
import type { LinkSetRequestEvent } from './link-set-request.ts';
import type { MeetingErrorEvent } from './meeting-error.ts';
import type { MeetingForwardRequestEvent } from './meeting-forward-request.ts';
import type { MeetingJoinedEvent } from './meeting-joined.ts';
import type { MeetingLeftEvent } from './meeting-left.ts';
import type { MeetingReconnectedEvent } from './meeting-reconnected.ts';
import type { MeetingReconnectingEvent } from './meeting-reconnecting.ts';
import type { MessageDeleteRequestEvent } from './message-delete-request.ts';
import type { MessageDeletedEvent } from './message-deleted.ts';
import type { MessageEditRequestEvent } from './message-edit-request.ts';
import type { MessageEditedEvent } from './message-edited.ts';
import type { MessageReceivedEvent } from './message-received.ts';
import type { MessageSendRequestEvent } from './message-send-request.ts';
import type { PanelChangedEvent } from './panel-changed.ts';
import type { PanelRequestEvent } from './panel-request.ts';
import type { ParticipantJoinedEvent } from './participant-joined.ts';
import type { ParticipantLeftEvent } from './participant-left.ts';
import type { ParticipantRemoveRequestEvent } from './participant-remove-request.ts';
import type { ParticipantRemovedEvent } from './participant-removed.ts';
import type { ParticipantRestoreRequestEvent } from './participant-restore-request.ts';
import type { ParticipantRestoredEvent } from './participant-restored.ts';
import type { PassRevokeRequestEvent } from './pass-revoke-request.ts';
import type { PassRevokedEvent } from './pass-revoked.ts';
import type { RoleChangedEvent } from './role-changed.ts';
import type { RoleSetRequestEvent } from './role-set-request.ts';
import type { PresenterModeChangedEvent } from './presenter-mode-changed.ts';
import type { PresenterModeRequestEvent } from './presenter-mode-request.ts';
import type { RoomLockRequestEvent } from './room-lock-request.ts';
import type { RoomLockedEvent } from './room-locked.ts';
import type { RoomResetEvent } from './room-reset.ts';
import type { RoomResetRequestEvent } from './room-reset-request.ts';
import type { RoomUnlockedEvent } from './room-unlocked.ts';
import type { WhiteboardCreatedEvent } from './whiteboard-created.ts';
import type { ScreenShareChangedEvent } from './screen-share-changed.ts';
import type { WhiteboardChangedEvent } from './whiteboard-changed.ts';
import type { WhiteboardClearedEvent } from './whiteboard-cleared.ts';
import type { WhiteboardDeletedEvent } from './whiteboard-deleted.ts';
import type { WhiteboardCreateRequestEvent } from './whiteboard-create-request.ts';
import type { WhiteboardRenameRequestEvent } from './whiteboard-rename-request.ts';
import type { WhiteboardLockRequestEvent } from './whiteboard-lock-request.ts';
import type { WhiteboardClearRequestEvent } from './whiteboard-clear-request.ts';
import type { WhiteboardDeleteRequestEvent } from './whiteboard-delete-request.ts';

/** Requests: they bubble from any control through the page, and `preventDefault()` stops them. */
export interface MeetingRequestEventMap {
  'call-end-request': CallEndRequestEvent;
  'call-enter-request': CallEnterRequestEvent;
  'call-leave-request': CallLeaveRequestEvent;
  'file-delete-request': FileDeleteRequestEvent;
  'file-upload-request': FileUploadRequestEvent;
  'invitation-create-request': InvitationCreateRequestEvent;
  'invitation-revoke-request': InvitationRevokeRequestEvent;
  'knock-admit-request': KnockAdmitRequestEvent;
  'knock-deny-request': KnockDenyRequestEvent;
  'knock-request': KnockRequestEvent;
  'knock-withdraw-request': KnockWithdrawRequestEvent;
  'link-set-request': LinkSetRequestEvent;
  'meeting-forward-request': MeetingForwardRequestEvent;
  'message-delete-request': MessageDeleteRequestEvent;
  'message-edit-request': MessageEditRequestEvent;
  'message-send-request': MessageSendRequestEvent;
  'panel-request': PanelRequestEvent;
  'participant-remove-request': ParticipantRemoveRequestEvent;
  'participant-restore-request': ParticipantRestoreRequestEvent;
  'pass-revoke-request': PassRevokeRequestEvent;
  'role-set-request': RoleSetRequestEvent;
  'presenter-mode-request': PresenterModeRequestEvent;
  'room-lock-request': RoomLockRequestEvent;
  'room-reset-request': RoomResetRequestEvent;
  'whiteboard-create-request': WhiteboardCreateRequestEvent;
  'whiteboard-rename-request': WhiteboardRenameRequestEvent;
  'whiteboard-lock-request': WhiteboardLockRequestEvent;
  'whiteboard-clear-request': WhiteboardClearRequestEvent;
  'whiteboard-delete-request': WhiteboardDeleteRequestEvent;
}

/** Everything that a page can hear at a `<meeting-room>`. */
export interface MeetingRoomEventMap extends MeetingRequestEventMap {
  'call-ended': CallEndedEvent;
  'file-added': FileAddedEvent;
  'file-deleted': FileDeletedEvent;
  'invitation-created': InvitationCreatedEvent;
  'invitation-revoked': InvitationRevokedEvent;
  'knock-admitted': KnockAdmittedEvent;
  'knock-denied': KnockDeniedEvent;
  'knock-over': KnockOverEvent;
  'knock-received': KnockReceivedEvent;
  'link-changed': LinkChangedEvent;
  'meeting-error': MeetingErrorEvent;
  'meeting-joined': MeetingJoinedEvent;
  'meeting-left': MeetingLeftEvent;
  'meeting-reconnected': MeetingReconnectedEvent;
  'meeting-reconnecting': MeetingReconnectingEvent;
  'message-deleted': MessageDeletedEvent;
  'message-edited': MessageEditedEvent;
  'message-received': MessageReceivedEvent;
  'panel-changed': PanelChangedEvent;
  'participant-joined': ParticipantJoinedEvent;
  'participant-left': ParticipantLeftEvent;
  'participant-removed': ParticipantRemovedEvent;
  'participant-restored': ParticipantRestoredEvent;
  'pass-revoked': PassRevokedEvent;
  'role-changed': RoleChangedEvent;
  'presenter-mode-changed': PresenterModeChangedEvent;
  'room-locked': RoomLockedEvent;
  'room-reset': RoomResetEvent;
  'room-unlocked': RoomUnlockedEvent;
  'screen-share-changed': ScreenShareChangedEvent;
  'whiteboard-created': WhiteboardCreatedEvent;
  'whiteboard-changed': WhiteboardChangedEvent;
  'whiteboard-cleared': WhiteboardClearedEvent;
  'whiteboard-deleted': WhiteboardDeletedEvent;
}

declare global {
  interface HTMLElementEventMap extends MeetingRequestEventMap {}
  interface DocumentEventMap extends MeetingRequestEventMap {}
}
