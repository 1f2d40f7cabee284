import { AT_TARGET, RequestEvent } from './request-event.ts';

/** Somebody wants to leave the call. */
export class CallLeaveRequestEvent extends RequestEvent {
  constructor(init?: EventInit) {
    super('call-leave-request', init);
  }

  override again(): CallLeaveRequestEvent {
    return new CallLeaveRequestEvent(AT_TARGET);
  }
}
