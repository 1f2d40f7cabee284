import type { RoomEventOf } from '../protocol/events.ts';
import type { Knock } from '../protocol/knock.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody no longer waits, without a host having decided. Only hosts' pages hear it. */
export class KnockOverEvent extends RoomFactEvent {
  readonly knock: Knock;
  readonly reason: RoomEventOf<'knock-over'>['reason'];

  constructor(fact: RoomEventOf<'knock-over'>) {
    super(fact);
    this.knock = fact.knock;
    this.reason = fact.reason;
  }
}
