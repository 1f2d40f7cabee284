import { RequestEvent } from './request-event.ts';

/** A host wants hosts alone to share their screen, add files and draw, or everybody again. */
export class PresenterModeRequestEvent extends RequestEvent {
  readonly on: boolean;

  constructor(on: boolean, init?: EventInit) {
    super('presenter-mode-request', init);
    this.on = on;
  }

  protected override copy(init: EventInit): PresenterModeRequestEvent {
    return new PresenterModeRequestEvent(this.on, init);
  }
}
