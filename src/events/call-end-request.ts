import { RequestEvent } from './request-event.ts';

/** A host wants to end the call for everybody, or for everybody else. */
export class CallEndRequestEvent extends RequestEvent {
  /** Whether the host who asks stays in. */
  readonly keepMe: boolean;

  constructor(keepMe: boolean, init?: EventInit) {
    super('call-end-request', init);
    this.keepMe = keepMe;
  }

  protected override copy(init: EventInit): CallEndRequestEvent {
    return new CallEndRequestEvent(this.keepMe, init);
  }
}
