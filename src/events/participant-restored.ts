import type { RoomEventOf } from '../protocol/events.ts';
import type { Participant } from '../protocol/participant.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host undid a removal: the person may come straight back. */
export class ParticipantRestoredEvent extends RoomFactEvent {
  readonly participant: Participant;

  constructor(fact: RoomEventOf<'participant-restored'>) {
    super(fact);
    this.participant = fact.participant;
  }
}
