import type { Message } from '../protocol/message.ts';
import { RequestEvent } from './request-event.ts';

/** Somebody wants a message gone: their own, or as a host anybody's. */
export class MessageDeleteRequestEvent extends RequestEvent {
  readonly message: Message;

  constructor(message: Message, init?: EventInit) {
    super('message-delete-request', init);
    this.message = message;
  }

  protected override copy(init: EventInit): MessageDeleteRequestEvent {
    return new MessageDeleteRequestEvent(this.message, init);
  }
}
