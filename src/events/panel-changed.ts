/** Another panel is open beside the call than before, or none. */
export class PanelChangedEvent extends Event {
  /** The name of the one that is open. */
  readonly panel: string | null;

  constructor(panel: string | null) {
    super('panel-changed');
    this.panel = panel;
  }
}
