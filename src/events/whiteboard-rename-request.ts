import type { Whiteboard } from '../protocol/whiteboard.ts';
import { RequestEvent } from './request-event.ts';

/** Somebody wants a whiteboard to have another name. */
export class WhiteboardRenameRequestEvent extends RequestEvent {
  readonly whiteboard: Whiteboard;
  readonly name: string;

  constructor(whiteboard: Whiteboard, name: string, init?: EventInit) {
    super('whiteboard-rename-request', init);
    this.whiteboard = whiteboard;
    this.name = name;
  }

  protected override copy(init: EventInit): WhiteboardRenameRequestEvent {
    return new WhiteboardRenameRequestEvent(this.whiteboard, this.name, init);
  }
}
