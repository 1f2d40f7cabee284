import type { Answer, Input } from '../protocol/routes.ts';
import { AnsweredRequestEvent } from './answered-request-event.ts';

/** A host wants to invite somebody; the answer has the key, which is told this once. */
export class InvitationCreateRequestEvent extends AnsweredRequestEvent<
  Answer<'invitation-create'>
> {
  readonly invitation: Input<'invitation-create'>;

  constructor(invitation: Input<'invitation-create'>, init?: EventInit) {
    super('invitation-create-request', init);
    this.invitation = invitation;
  }

  protected override copy(init: EventInit): InvitationCreateRequestEvent {
    return new InvitationCreateRequestEvent(this.invitation, init);
  }
}
