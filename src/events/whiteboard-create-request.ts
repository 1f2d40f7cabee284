import { RequestEvent } from './request-event.ts';

/** Somebody wants another whiteboard. */
export class WhiteboardCreateRequestEvent extends RequestEvent {
  readonly name: string;

  constructor(name: string, init?: EventInit) {
    super('whiteboard-create-request', init);
    this.name = name;
  }

  protected override copy(init: EventInit): WhiteboardCreateRequestEvent {
    return new WhiteboardCreateRequestEvent(this.name, init);
  }
}
