import type { RoomEventOf } from '../protocol/events.ts';
import type { Knock } from '../protocol/knock.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody knocks, or says something else than before. Only hosts' pages hear it. */
export class KnockReceivedEvent extends RoomFactEvent {
  readonly knock: Knock;

  constructor(fact: RoomEventOf<'knock-received'>) {
    super(fact);
    this.knock = fact.knock;
  }
}
