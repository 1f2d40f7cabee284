import type { Knock } from '../protocol/knock.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants to turn somebody down who knocks. */
export class KnockDenyRequestEvent extends RequestEvent {
  readonly knock: Knock;

  constructor(knock: Knock, init?: EventInit) {
    super('knock-deny-request', init);
    this.knock = knock;
  }

  protected override copy(init: EventInit): KnockDenyRequestEvent {
    return new KnockDenyRequestEvent(this.knock, init);
  }
}
