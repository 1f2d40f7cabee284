import type { ResetPart } from '../protocol/reset.ts';
import type { Answer } from '../protocol/routes.ts';
import { AnsweredRequestEvent } from './answered-request-event.ts';

/** A host wants to clear parts of what the room keeps. With `activity` the host is asked once more. */
export class RoomResetRequestEvent extends AnsweredRequestEvent<Answer<'room-reset'>> {
  readonly parts: readonly ResetPart[];
  /** With `activity`: the host stays in. */
  readonly keepMe: boolean;

  constructor(
    { parts, keepMe = false }: { parts: readonly ResetPart[]; keepMe?: boolean },
    init?: EventInit,
  ) {
    super('room-reset-request', init);
    this.parts = parts;
    this.keepMe = keepMe;
  }

  protected override copy(init: EventInit): RoomResetRequestEvent {
    return new RoomResetRequestEvent(this, init);
  }
}
