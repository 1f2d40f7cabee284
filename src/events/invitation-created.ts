import type { RoomEventOf } from '../protocol/events.ts';
import type { Invitation } from '../protocol/invitation.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host invited somebody. Only hosts' pages hear it; the key is told to that host alone. */
export class InvitationCreatedEvent extends RoomFactEvent {
  readonly invitation: Invitation;

  constructor(fact: RoomEventOf<'invitation-created'>) {
    super(fact);
    this.invitation = fact.invitation;
  }
}
