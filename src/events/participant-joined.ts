import type { RoomEventOf } from '../protocol/events.ts';
import type { RosterEntry } from '../protocol/participant.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody is in the call. */
export class ParticipantJoinedEvent extends RoomFactEvent {
  readonly participant: RosterEntry;

  constructor(fact: RoomEventOf<'participant-joined'>) {
    super(fact);
    this.participant = fact.participant;
  }
}
