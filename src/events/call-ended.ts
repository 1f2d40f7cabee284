import type { RoomEventOf } from '../protocol/events.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host ended the call for everybody, or for everybody else. */
export class CallEndedEvent extends RoomFactEvent {
  /** Whether the host who ended it is still in. */
  readonly keptHost: boolean;
  /** `no-host`: no host was left, and the time that the server gives such a call ran out. */
  readonly cause: 'no-host' | undefined;

  constructor(fact: RoomEventOf<'call-ended'>) {
    super(fact);
    this.keptHost = fact.keptHost;
    this.cause = fact.cause;
  }
}
