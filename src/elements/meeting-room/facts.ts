import type { Fact } from '../../core/state.ts';
import { CallEndedEvent } from '../../events/call-ended.ts';
import { FileAddedEvent } from '../../events/file-added.ts';
import { FileDeletedEvent } from '../../events/file-deleted.ts';
import { InvitationCreatedEvent } from '../../events/invitation-created.ts';
import { InvitationRevokedEvent } from '../../events/invitation-revoked.ts';
import { KnockAdmittedEvent } from '../../events/knock-admitted.ts';
import { KnockDeniedEvent } from '../../events/knock-denied.ts';
import { KnockOverEvent } from '../../events/knock-over.ts';
import { KnockReceivedEvent } from '../../events/knock-received.ts';
import { LinkChangedEvent } from '../../events/link-changed.ts';
import { MeetingErrorEvent } from '../../events/meeting-error.ts';
import { MeetingJoinedEvent } from '../../events/meeting-joined.ts';
import { MeetingLeftEvent } from '../../events/meeting-left.ts';
import { MeetingReconnectedEvent } from '../../events/meeting-reconnected.ts';
import { MeetingReconnectingEvent } from '../../events/meeting-reconnecting.ts';
import { MessageDeletedEvent } from '../../events/message-deleted.ts';
import { MessageEditedEvent } from '../../events/message-edited.ts';
import { MessageReceivedEvent } from '../../events/message-received.ts';
import { ParticipantJoinedEvent } from '../../events/participant-joined.ts';
import { ParticipantLeftEvent } from '../../events/participant-left.ts';
import { ParticipantRemovedEvent } from '../../events/participant-removed.ts';
import { ParticipantRestoredEvent } from '../../events/participant-restored.ts';
import { PassRevokedEvent } from '../../events/pass-revoked.ts';
import { PresenterModeChangedEvent } from '../../events/presenter-mode-changed.ts';
import { RecordingStartedEvent } from '../../events/recording-started.ts';
import { RecordingConsentedEvent } from '../../events/recording-consented.ts';
import { RecordingStoppedEvent } from '../../events/recording-stopped.ts';
import { RecordingAddedEvent } from '../../events/recording-added.ts';
import { RecordingDeletedEvent } from '../../events/recording-deleted.ts';
import { RoleChangedEvent } from '../../events/role-changed.ts';
import { RoomLockedEvent } from '../../events/room-locked.ts';
import { RoomResetEvent } from '../../events/room-reset.ts';
import { RoomRestoredEvent } from '../../events/room-restored.ts';
import { RoomUnlockedEvent } from '../../events/room-unlocked.ts';
import { ScreenShareChangedEvent } from '../../events/screen-share-changed.ts';
import { WhiteboardCreatedEvent } from '../../events/whiteboard-created.ts';
import { WhiteboardChangedEvent } from '../../events/whiteboard-changed.ts';
import { WhiteboardClearedEvent } from '../../events/whiteboard-cleared.ts';
import { WhiteboardDeletedEvent } from '../../events/whiteboard-deleted.ts';

/** The event by which a page hears of a fact. */
export function toEvent(fact: Fact): Event {
  switch (fact.type) {
    case 'meeting-joined':
      return new MeetingJoinedEvent(fact.me, fact.room);
    case 'meeting-left':
      return new MeetingLeftEvent(fact);
    case 'meeting-reconnecting':
      return new MeetingReconnectingEvent(fact.why);
    case 'meeting-reconnected':
      return new MeetingReconnectedEvent();
    case 'meeting-error':
      return new MeetingErrorEvent(fact.error);
    case 'screen-share-changed':
      return new ScreenShareChangedEvent(fact);
    case 'participant-joined':
      return new ParticipantJoinedEvent(fact);
    case 'participant-left':
      return new ParticipantLeftEvent(fact);
    case 'participant-removed':
      return new ParticipantRemovedEvent(fact);
    case 'participant-restored':
      return new ParticipantRestoredEvent(fact);
    case 'call-ended':
      return new CallEndedEvent(fact);
    case 'knock-received':
      return new KnockReceivedEvent(fact);
    case 'knock-admitted':
      return new KnockAdmittedEvent(fact);
    case 'knock-denied':
      return new KnockDeniedEvent(fact);
    case 'knock-over':
      return new KnockOverEvent(fact);
    case 'room-locked':
      return new RoomLockedEvent(fact);
    case 'room-unlocked':
      return new RoomUnlockedEvent(fact);
    case 'presenter-mode-changed':
      return new PresenterModeChangedEvent(fact);
    case 'role-changed':
      return new RoleChangedEvent(fact);
    case 'invitation-created':
      return new InvitationCreatedEvent(fact);
    case 'invitation-revoked':
      return new InvitationRevokedEvent(fact);
    case 'link-changed':
      return new LinkChangedEvent(fact);
    case 'message-received':
      return new MessageReceivedEvent(fact);
    case 'message-edited':
      return new MessageEditedEvent(fact);
    case 'message-deleted':
      return new MessageDeletedEvent(fact);
    case 'pass-revoked':
      return new PassRevokedEvent(fact);
    case 'room-reset':
      return new RoomResetEvent(fact);
    case 'room-restored':
      return new RoomRestoredEvent(fact);
    case 'file-added':
      return new FileAddedEvent(fact);
    case 'file-deleted':
      return new FileDeletedEvent(fact);
    case 'recording-started':
      return new RecordingStartedEvent(fact);
    case 'recording-consented':
      return new RecordingConsentedEvent(fact);
    case 'recording-stopped':
      return new RecordingStoppedEvent(fact);
    case 'recording-added':
      return new RecordingAddedEvent(fact);
    case 'recording-deleted':
      return new RecordingDeletedEvent(fact);
    case 'whiteboard-created':
      return new WhiteboardCreatedEvent(fact);
    case 'whiteboard-changed':
      return new WhiteboardChangedEvent(fact);
    case 'whiteboard-cleared':
      return new WhiteboardClearedEvent(fact);
    case 'whiteboard-deleted':
      return new WhiteboardDeletedEvent(fact);
  }
}
