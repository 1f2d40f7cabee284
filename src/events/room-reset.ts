import type { RoomEventOf } from '../protocol/events.ts';
import type { ResetPart, ResetReceipt } from '../protocol/reset.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host cleared parts of what the room keeps. */
export class RoomResetEvent extends RoomFactEvent {
  /** With `activity` it was the full reset: everybody else is out. */
  readonly parts: readonly ResetPart[];
  /** Whether the host who did the full one is still in. */
  readonly keptHost: boolean;
  /** How much was cleared, and when. */
  readonly receipt: ResetReceipt;

  constructor(fact: RoomEventOf<'room-reset'>) {
    super(fact);
    this.parts = fact.parts;
    this.keptHost = fact.keptHost;
    this.receipt = fact.receipt;
  }
}
