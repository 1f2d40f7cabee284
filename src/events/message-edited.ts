import type { RoomEventOf } from '../protocol/events.ts';
import type { Message } from '../protocol/message.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody changed what they had written. */
export class MessageEditedEvent extends RoomFactEvent {
  readonly message: Message;

  constructor(fact: RoomEventOf<'message-edited'>) {
    super(fact);
    this.message = fact.message;
  }
}
