import type { Participant } from '../protocol/participant.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants somebody who left to knock when they come back. */
export class PassRevokeRequestEvent extends RequestEvent {
  readonly participant: Participant;

  constructor(participant: Participant, init?: EventInit) {
    super('pass-revoke-request', init);
    this.participant = participant;
  }

  protected override copy(init: EventInit): PassRevokeRequestEvent {
    return new PassRevokeRequestEvent(this.participant, init);
  }
}
