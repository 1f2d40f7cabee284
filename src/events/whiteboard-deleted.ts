import type { RoomEventOf } from '../protocol/events.ts';
import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A whiteboard is gone. */
export class WhiteboardDeletedEvent extends RoomFactEvent {
  readonly whiteboard: Whiteboard;

  constructor(fact: RoomEventOf<'whiteboard-deleted'>) {
    super(fact);
    this.whiteboard = fact.whiteboard;
  }
}
