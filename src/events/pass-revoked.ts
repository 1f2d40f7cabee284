import type { RoomEventOf } from '../protocol/events.ts';
import type { Participant } from '../protocol/participant.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody who left must knock to come back. Only hosts' pages hear it. */
export class PassRevokedEvent extends RoomFactEvent {
  readonly participant: Participant;

  constructor(fact: RoomEventOf<'pass-revoked'>) {
    super(fact);
    this.participant = fact.participant;
  }
}
