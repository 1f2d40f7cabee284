import type { RoomEventOf } from '../protocol/events.ts';
import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A whiteboard has another name, was locked, or unlocked. */
export class WhiteboardChangedEvent extends RoomFactEvent {
  readonly whiteboard: Whiteboard;

  constructor(fact: RoomEventOf<'whiteboard-changed'>) {
    super(fact);
    this.whiteboard = fact.whiteboard;
  }
}
