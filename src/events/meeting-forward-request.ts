import type { ExitReason } from '../protocol/exit.ts';
import { RequestEvent } from './request-event.ts';

/** The room is about to send this page on, as `forward-url` says. Prevented, the notice stays. */
export class MeetingForwardRequestEvent extends RequestEvent {
  readonly url: string;
  /** Why the stay is over. */
  readonly reason: ExitReason;

  constructor(url: string, reason: ExitReason, init?: EventInit) {
    super('meeting-forward-request', init);
    this.url = url;
    this.reason = reason;
  }

  protected override copy(init: EventInit): MeetingForwardRequestEvent {
    return new MeetingForwardRequestEvent(this.url, this.reason, init);
  }
}
