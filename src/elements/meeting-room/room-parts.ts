import { signal } from '@preact/signals-core';
import { property } from 'lit/decorators.js';
import type { PanelsState } from '../../controllers/room-context.ts';
import type { RoomOptions } from '../../core/state.ts';
import type { MeetingPanel } from '../meeting-panel/meeting-panel.ts';
import type { SettingsSection } from '../room-settings/room-settings.model.ts';
import { RoomMethods } from './room-methods.ts';
import type { CallSignals } from './room-panels.ts';

/** What a page may leave out of a room, how it looks, and the panels beside its call. */
export abstract class RoomParts extends RoomMethods {
  /** Fetches and registers each panel there is, by its name; set by `define`. */
  static panels: MeetingPanel['loaders'] = {};

  /** Light or dark; `auto` follows the system. The stage is dark in both. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /**
   * `grid`: all tiles are equal. `speaker`: whoever speaks, or spoke last, is large and the others are
   * in a strip. People choose it in the settings.
   */
  @property({ reflect: true }) layout: 'grid' | 'speaker' = 'grid';
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
  /** Leaves out the button that shares the screen. */
  @property({ type: Boolean, attribute: 'without-screen-share' }) withoutScreenShare = false;
  /** Leaves out the buttons that remove people. */
  @property({ type: Boolean, attribute: 'without-remove' }) withoutRemove = false;
  /** Turns the keys M, V, C, P and Ctrl/⌘+Shift+L off. */
  @property({ type: Boolean, attribute: 'without-shortcuts' }) withoutShortcuts = false;
  /** No sound for hosts when somebody knocks. */
  @property({ type: Boolean, attribute: 'without-knock-sound' }) withoutKnockSound = false;
  /** Leaves the page's title alone while somebody knocks. */
  @property({ type: Boolean, attribute: 'without-title-hint' }) withoutTitleHint = false;
  /** Leaves out the settings. */
  @property({ type: Boolean, attribute: 'without-settings' }) withoutSettings = false;
  /** Leaves out the panel with the files. */
  @property({ type: Boolean, attribute: 'without-files' }) withoutFiles = false;
  /** Leaves out the whiteboards. */
  @property({ type: Boolean, attribute: 'without-whiteboard' }) withoutWhiteboard = false;
  /** Leaves out the panel with the people. */
  @property({ type: Boolean, attribute: 'without-people' }) withoutPeople = false;
  /** Leaves out the chat. */
  @property({ type: Boolean, attribute: 'without-chat' }) withoutChat = false;

  /** The name of the panel that is open beside the call, `people` say. */
  @property({ reflect: true }) panel: string | null = null;

  abstract entryToken: RoomOptions['entryToken'];

  protected readonly signals: CallSignals = {
    panels: signal<PanelsState>({ open: null, offered: [] }),
    inviteUrl: signal<string | null>(null),
  };

  /**
   * Opens a panel beside the call, and takes the focus there; another one that is open closes.
   * @param at Where in it, for a panel that has several places: the id of a whiteboard.
   * @throws RangeError when the room has no panel of this name, or it is left out.
   * @throws MeetingError `engine-unavailable` when what a call needs could not be fetched.
   */
  abstract openPanel(name: string, at?: string): Promise<void>;

  /**
   * Opens the settings, at a section if one is named that there is for this person now.
   * @throws whatever fetching them fails with.
   */
  async openSettings(section?: SettingsSection): Promise<void> {
    const { panels } = this.constructor as typeof RoomParts;
    await panels['settings']?.();
    await this.renderRoot.querySelector('room-settings')?.open(section);
  }

  /**
   * Opens the whiteboards, at one of them when its id is given.
   * @throws as `openPanel`.
   */
  async openWhiteboard(id?: string): Promise<void> {
    await this.openPanel('whiteboard', id);
  }

  /** Closes the panel that is open; the focus goes back to where it was. */
  closePanel(): void {
    this.panel = null;
  }
}
