import { signal } from '@preact/signals-core';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { PanelsState } from '../../controllers/room-context.ts';
import { PanelChangedEvent } from '../../events/panel-changed.ts';
import type { RoomOptions } from '../../core/state.ts';
import type { MeetingPanel } from '../meeting-panel/meeting-panel.ts';
import { RoomMethods } from './room-methods.ts';

/** What a page may leave out of a room, how it looks, and the panels beside its call. */
export abstract class RoomParts extends RoomMethods {
  /** Fetches and registers each panel there is, by its name; set by `define`. */
  static panels: Readonly<Record<string, () => Promise<unknown>>> = {};

  /** Light or dark; `auto` follows the system. The stage is dark in both. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** The address that "Copy link" copies; the page's own unless an entry token is set. */
  @property({ attribute: 'invite-url' }) inviteUrl: string | null = null;
  /**
   * Where the page goes when a stay is over for good; http or https. `left` goes at once, otherwise
   * the notice says why and counts down first.
   */
  @property({ attribute: 'forward-url' }) forwardUrl: string | null = null;
  /** Leaves out the bar, for a page with controls of its own. */
  @property({ type: Boolean, attribute: 'without-controls' }) withoutControls = false;
  /** Leaves out the Leave button. */
  @property({ type: Boolean, attribute: 'without-leave' }) withoutLeave = false;
  /** Leaves out the buttons that remove people. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;
  /** Turns the keys M, V, P and Ctrl/⌘+Shift+L off. */
  @property({ type: Boolean, attribute: 'without-shortcuts' }) withoutShortcuts = false;
  /** No sound for hosts when somebody knocks. */
  @property({ type: Boolean, attribute: 'without-knock-sound' }) withoutKnockSound = false;
  /** Leaves the page's title alone while somebody knocks. */
  @property({ type: Boolean, attribute: 'without-title-hint' }) withoutTitleHint = false;
  /** Leaves out the panel with the people. */
  @property({ type: Boolean, attribute: 'without-people' }) withoutPeople = false;

  /** The name of the panel that is open beside the call, `people` say. */
  @property({ reflect: true }) panel: string | null = null;

  abstract entryToken: RoomOptions['entryToken'];

  protected readonly guestUrl = signal<string | null>(null);
  protected readonly panels = signal<PanelsState>({ open: null, offered: [] });

  /** The frame around the open panel, once there is a call to show it beside. */
  protected abstract panelFrame(): Promise<MeetingPanel | undefined>;

  /**
   * Opens a panel beside the call, and takes the focus there; another one that is open closes.
   * @throws RangeError when the room has no panel of this name, or it is left out.
   */
  async openPanel(name: string): Promise<void> {
    if (!this.#offered().includes(name)) {
      throw new RangeError(`This room has no panel '${name}': ${this.#offered().join(', ')}.`);
    }
    this.panel = name;
    await (await this.panelFrame())?.enter();
  }

  /** Closes the panel that is open; the focus goes back to where it was. */
  closePanel(): void {
    this.panel = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.guestUrl.value = this.#guestUrl();
    const offered = this.#offered();
    const open = this.panel !== null && offered.includes(this.panel) ? this.panel : null;
    const last = this.panels.peek();
    if (open === last.open && String(offered) === String(last.offered)) return;
    this.panels.value = { open, offered };
    if (this.hasUpdated && open !== last.open) this.dispatchEvent(new PanelChangedEvent(open));
  }

  /** What a person asked for, who can only ask for what there is. */
  protected async showPanel(name: string | null): Promise<void> {
    if (name === null) this.closePanel();
    else if (this.#offered().includes(name)) await this.openPanel(name);
  }

  /** A page that vouches for people may have addresses that are for one person only. */
  #guestUrl(): string | null {
    if (this.inviteUrl !== null || this.entryToken !== undefined) return this.inviteUrl;
    return location.href.replace(/#.*$/s, '');
  }

  #offered(): string[] {
    const without: Readonly<Record<string, boolean>> = { people: this.withoutPeople };
    const { panels } = this.constructor as typeof RoomParts;
    return Object.keys(panels).filter((name) => !without[name]);
  }
}
