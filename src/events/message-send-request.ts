import type { Participant } from '../protocol/participant.ts';
import { RequestEvent } from './request-event.ts';

/** What somebody wants to write. */
export interface MessageWish {
  readonly text: string;
  /** For them alone; without it, for everybody. */
  readonly to?: Participant | undefined;
  /** The id of the message that it answers. */
  readonly replyTo?: string | undefined;
}

/** Somebody wants to write to the others. Prevented, it is not sent, and stays in their box. */
export class MessageSendRequestEvent extends RequestEvent {
  readonly wish: MessageWish;

  constructor(wish: MessageWish, init?: EventInit) {
    super('message-send-request', init);
    this.wish = wish;
  }

  protected override copy(init: EventInit): MessageSendRequestEvent {
    return new MessageSendRequestEvent(this.wish, init);
  }
}
