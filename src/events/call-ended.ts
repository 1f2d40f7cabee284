import type { RoomEventOf } from '../protocol/events.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host ended the call for everybody, or for everybody else. */
export class CallEndedEvent extends RoomFactEvent {
  /** Whether the host who ended it is still in. */
  readonly keptHost: boolean;

  constructor(fact: RoomEventOf<'call-ended'>) {
    super(fact);
    this.keptHost = fact.keptHost;
  }
}
