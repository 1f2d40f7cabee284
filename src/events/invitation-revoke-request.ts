import type { Invitation } from '../protocol/invitation.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants an invitation to open nothing any more. */
export class InvitationRevokeRequestEvent extends RequestEvent {
  readonly invitation: Invitation;

  constructor(invitation: Invitation, init?: EventInit) {
    super('invitation-revoke-request', init);
    this.invitation = invitation;
  }

  protected override copy(init: EventInit): InvitationRevokeRequestEvent {
    return new InvitationRevokeRequestEvent(this.invitation, init);
  }
}
