import type { Participant } from '../protocol/participant.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants somebody out. Prevented, nobody is asked and nobody removed. */
export class ParticipantRemoveRequestEvent extends RequestEvent {
  readonly participant: Participant;

  constructor(participant: Participant, init?: EventInit) {
    super('participant-remove-request', init);
    this.participant = participant;
  }

  protected override copy(init: EventInit): ParticipantRemoveRequestEvent {
    return new ParticipantRemoveRequestEvent(this.participant, init);
  }
}
