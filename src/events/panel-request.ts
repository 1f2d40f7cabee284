import { RequestEvent } from './request-event.ts';

/** Somebody wants to see a panel beside the call, or none. */
export class PanelRequestEvent extends RequestEvent {
  /** The panel's name, `people` say; null to close the one that is open. */
  readonly panel: string | null;

  constructor(panel: string | null, init?: EventInit) {
    super('panel-request', init);
    this.panel = panel;
  }

  protected override copy(init: EventInit): PanelRequestEvent {
    return new PanelRequestEvent(this.panel, init);
  }
}
