import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants everything off a whiteboard. */
export class WhiteboardClearRequestEvent extends RequestEvent {
  readonly whiteboard: Whiteboard;

  constructor(whiteboard: Whiteboard, init?: EventInit) {
    super('whiteboard-clear-request', init);
    this.whiteboard = whiteboard;
  }

  protected override copy(init: EventInit): WhiteboardClearRequestEvent {
    return new WhiteboardClearRequestEvent(this.whiteboard, init);
  }
}
