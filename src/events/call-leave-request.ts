import { RequestEvent } from './request-event.ts';

/** Somebody wants to leave the call. */
export class CallLeaveRequestEvent extends RequestEvent {
  constructor(init?: EventInit) {
    super('call-leave-request', init);
  }

  protected override copy(init: EventInit): CallLeaveRequestEvent {
    return new CallLeaveRequestEvent(init);
  }
}
