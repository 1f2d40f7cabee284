import type { Message } from '../protocol/message.ts';
import { RequestEvent } from './request-event.ts';

/** Somebody wants their message to say something else. */
export class MessageEditRequestEvent extends RequestEvent {
  readonly message: Message;
  readonly text: string;

  constructor(message: Message, text: string, init?: EventInit) {
    super('message-edit-request', init);
    this.message = message;
    this.text = text;
  }

  protected override copy(init: EventInit): MessageEditRequestEvent {
    return new MessageEditRequestEvent(this.message, this.text, init);
  }
}
