import type { RoomEventOf } from '../protocol/events.ts';
import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RoomFactEvent } from './room-fact.ts';

/** There is another whiteboard. */
export class WhiteboardCreatedEvent extends RoomFactEvent {
  readonly whiteboard: Whiteboard;

  constructor(fact: RoomEventOf<'whiteboard-created'>) {
    super(fact);
    this.whiteboard = fact.whiteboard;
  }
}
