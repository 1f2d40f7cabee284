import { AnsweredRequestEvent } from './answered-request-event.ts';

/** Somebody at the door wants to wait no longer. */
export class KnockWithdrawRequestEvent extends AnsweredRequestEvent<void> {
  constructor(init?: EventInit) {
    super('knock-withdraw-request', init);
  }

  protected override copy(init: EventInit): KnockWithdrawRequestEvent {
    return new KnockWithdrawRequestEvent(init);
  }
}
