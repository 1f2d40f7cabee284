import type { RoomEventOf } from '../protocol/events.ts';
import type { ResetPart } from '../protocol/reset.ts';
import { RoomFactEvent } from './room-fact.ts';

/** What a reset had cleared is back. */
export class RoomRestoredEvent extends RoomFactEvent {
  readonly parts: readonly ResetPart[];

  constructor(fact: RoomEventOf<'room-restored'>) {
    super(fact);
    this.parts = fact.parts;
  }
}
