import type { RoomEventOf } from '../protocol/events.ts';
import type { Knock } from '../protocol/knock.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody who knocked was let in. Only hosts' pages hear it. */
export class KnockAdmittedEvent extends RoomFactEvent {
  readonly knock: Knock;

  constructor(fact: RoomEventOf<'knock-admitted'>) {
    super(fact);
    this.knock = fact.knock;
  }
}
