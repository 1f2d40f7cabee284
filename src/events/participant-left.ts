import type { RoomEventOf } from '../protocol/events.ts';
import type { ExitReason } from '../protocol/exit.ts';
import type { Participant } from '../protocol/participant.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody is no longer in the call, whatever the reason. */
export class ParticipantLeftEvent extends RoomFactEvent {
  readonly participant: Participant;
  readonly reason: ExitReason;

  constructor(fact: RoomEventOf<'participant-left'>) {
    super(fact);
    this.participant = fact.participant;
    this.reason = fact.reason;
  }
}
