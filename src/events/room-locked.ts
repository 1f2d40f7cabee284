import type { RoomEventOf } from '../protocol/events.ts';
import { RoomFactEvent } from './room-fact.ts';

/** From now on the public link asks people to knock. */
export class RoomLockedEvent extends RoomFactEvent {
  /** `removal`: the link was open, and somebody was put out. `no-host`: the last host went. */
  readonly cause: 'host' | 'removal' | 'no-host';

  constructor(fact: RoomEventOf<'room-locked'>) {
    super(fact);
    this.cause = fact.cause;
  }
}
