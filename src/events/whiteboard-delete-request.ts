import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants a whiteboard to be gone. */
export class WhiteboardDeleteRequestEvent extends RequestEvent {
  readonly whiteboard: Whiteboard;

  constructor(whiteboard: Whiteboard, init?: EventInit) {
    super('whiteboard-delete-request', init);
    this.whiteboard = whiteboard;
  }

  protected override copy(init: EventInit): WhiteboardDeleteRequestEvent {
    return new WhiteboardDeleteRequestEvent(this.whiteboard, init);
  }
}
