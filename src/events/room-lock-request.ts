import { RequestEvent } from './request-event.ts';

/** A host wants the public link to ask people to knock, or to let them straight in. */
export class RoomLockRequestEvent extends RequestEvent {
  readonly locked: boolean;

  constructor(locked: boolean, init?: EventInit) {
    super('room-lock-request', init);
    this.locked = locked;
  }

  protected override copy(init: EventInit): RoomLockRequestEvent {
    return new RoomLockRequestEvent(this.locked, init);
  }
}
