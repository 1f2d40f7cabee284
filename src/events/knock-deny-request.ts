import type { Knock } from '../protocol/knock.ts';
import { AT_TARGET, RequestEvent } from './request-event.ts';

/** A host wants to turn somebody down who knocks. */
export class KnockDenyRequestEvent extends RequestEvent {
  readonly knock: Knock;

  constructor(knock: Knock, init?: EventInit) {
    super('knock-deny-request', init);
    this.knock = knock;
  }

  override again(): KnockDenyRequestEvent {
    return new KnockDenyRequestEvent(this.knock, AT_TARGET);
  }
}
