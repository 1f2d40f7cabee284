import type { RoomEventOf } from '../protocol/events.ts';
import type { Participant } from '../protocol/participant.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host made somebody a host, or a guest again; `participant` has the new role. */
export class RoleChangedEvent extends RoomFactEvent {
  readonly participant: Participant;

  constructor(fact: RoomEventOf<'role-changed'>) {
    super(fact);
    this.participant = fact.participant;
  }
}
