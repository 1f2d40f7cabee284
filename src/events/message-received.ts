import type { RoomEventOf } from '../protocol/events.ts';
import type { Message } from '../protocol/message.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody wrote a message; a private one only its two people hear of. */
export class MessageReceivedEvent extends RoomFactEvent {
  readonly message: Message;

  constructor(fact: RoomEventOf<'message-received'>) {
    super(fact);
    this.message = fact.message;
  }
}
