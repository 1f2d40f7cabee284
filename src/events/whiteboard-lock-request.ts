import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants hosts alone to draw on a whiteboard, or everybody. */
export class WhiteboardLockRequestEvent extends RequestEvent {
  readonly whiteboard: Whiteboard;
  readonly locked: boolean;

  constructor(whiteboard: Whiteboard, locked: boolean, init?: EventInit) {
    super('whiteboard-lock-request', init);
    this.whiteboard = whiteboard;
    this.locked = locked;
  }

  protected override copy(init: EventInit): WhiteboardLockRequestEvent {
    return new WhiteboardLockRequestEvent(this.whiteboard, this.locked, init);
  }
}
