import type { Knock } from '../protocol/knock.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants to turn somebody down who knocks. Prevented, nobody is asked and nobody denied. */
export class KnockDenyRequestEvent extends RequestEvent {
  readonly knock: Knock;
  /** Whether the host is asked for a message to them first. */
  readonly withNote: boolean;

  constructor(knock: Knock, withNote = false, init?: EventInit) {
    super('knock-deny-request', init);
    this.knock = knock;
    this.withNote = withNote;
  }

  protected override copy(init: EventInit): KnockDenyRequestEvent {
    return new KnockDenyRequestEvent(this.knock, this.withNote, init);
  }
}
