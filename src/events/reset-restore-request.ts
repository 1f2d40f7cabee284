import type { Restorable } from '../protocol/reset.ts';
import type { Answer } from '../protocol/routes.ts';
import { AnsweredRequestEvent } from './answered-request-event.ts';

/** A host wants back what a reset cleared. */
export class ResetRestoreRequestEvent extends AnsweredRequestEvent<Answer<'reset-restore'>> {
  /** What it is that comes back, and who cleared it. */
  readonly reset: Restorable;

  constructor(reset: Restorable, init?: EventInit) {
    super('reset-restore-request', init);
    this.reset = reset;
  }

  protected override copy(init: EventInit): ResetRestoreRequestEvent {
    return new ResetRestoreRequestEvent(this.reset, init);
  }
}
