import type { Participant } from '../protocol/participant.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants to undo a removal. */
export class ParticipantRestoreRequestEvent extends RequestEvent {
  readonly participant: Participant;

  constructor(participant: Participant, init?: EventInit) {
    super('participant-restore-request', init);
    this.participant = participant;
  }

  protected override copy(init: EventInit): ParticipantRestoreRequestEvent {
    return new ParticipantRestoreRequestEvent(this.participant, init);
  }
}
