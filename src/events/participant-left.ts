import type { RoomEventOf } from '../protocol/events.ts';
import type { ExitReason } from '../protocol/exit.ts';
import type { Participant } from '../protocol/participant.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody is no longer in the call, whatever the reason. */
export class ParticipantLeftEvent extends RoomFactEvent {
  readonly participant: Participant;
  readonly reason: ExitReason;
  /** With `left`: they come back without knocking until then, ms since the epoch. */
  readonly until: number | undefined;

  constructor(fact: RoomEventOf<'participant-left'>) {
    super(fact);
    this.participant = fact.participant;
    this.reason = fact.reason;
    this.until = fact.until;
  }
}
