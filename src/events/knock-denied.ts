import type { RoomEventOf } from '../protocol/events.ts';
import type { Knock } from '../protocol/knock.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host turned somebody down. Only hosts' pages hear it. */
export class KnockDeniedEvent extends RoomFactEvent {
  readonly knock: Knock;
  /** The host's line to them, plain text. */
  readonly note: string | undefined;

  constructor(fact: RoomEventOf<'knock-denied'>) {
    super(fact);
    this.knock = fact.knock;
    this.note = fact.note;
  }
}
