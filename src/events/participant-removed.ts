import type { RoomEventOf } from '../protocol/events.ts';
import type { Participant } from '../protocol/participant.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host put somebody out. Comes beside `participant-left`, with the same `id`. */
export class ParticipantRemovedEvent extends RoomFactEvent {
  readonly participant: Participant;
  /** The host's line to them, plain text. */
  readonly note: string | undefined;

  constructor(fact: RoomEventOf<'participant-removed'>) {
    super(fact);
    this.participant = fact.participant;
    this.note = fact.note;
  }
}
