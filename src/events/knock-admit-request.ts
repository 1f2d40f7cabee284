import type { Knock } from '../protocol/knock.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants to let somebody in who knocks. */
export class KnockAdmitRequestEvent extends RequestEvent {
  readonly knock: Knock;

  constructor(knock: Knock, init?: EventInit) {
    super('knock-admit-request', init);
    this.knock = knock;
  }

  protected override copy(init: EventInit): KnockAdmitRequestEvent {
    return new KnockAdmitRequestEvent(this.knock, init);
  }
}
