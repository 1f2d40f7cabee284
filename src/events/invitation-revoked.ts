import type { RoomEventOf } from '../protocol/events.ts';
import type { Invitation } from '../protocol/invitation.ts';
import { RoomFactEvent } from './room-fact.ts';

/** An invitation opens nothing any more. Only hosts' pages hear it. */
export class InvitationRevokedEvent extends RoomFactEvent {
  readonly invitation: Invitation;
  /** `removal`: somebody who came by it was put out. */
  readonly cause: 'host' | 'removal';

  constructor(fact: RoomEventOf<'invitation-revoked'>) {
    super(fact);
    this.invitation = fact.invitation;
    this.cause = fact.cause;
  }
}
