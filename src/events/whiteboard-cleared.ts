import type { RoomEventOf } from '../protocol/events.ts';
import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A host took everything off a whiteboard. */
export class WhiteboardClearedEvent extends RoomFactEvent {
  readonly whiteboard: Whiteboard;

  constructor(fact: RoomEventOf<'whiteboard-cleared'>) {
    super(fact);
    this.whiteboard = fact.whiteboard;
  }
}
