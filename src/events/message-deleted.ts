import type { RoomEventOf } from '../protocol/events.ts';
import type { Message } from '../protocol/message.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A message is gone; `by` says who took it away, and its text is empty. */
export class MessageDeletedEvent extends RoomFactEvent {
  readonly message: Message;

  constructor(fact: RoomEventOf<'message-deleted'>) {
    super(fact);
    this.message = fact.message;
  }
}
