import type { Signal } from '@preact/signals-core';
import type { PanelsState } from '../../controllers/room-context.ts';
import { PanelChangedEvent } from '../../events/panel-changed.ts';
import type { MeetingPanel } from '../meeting-panel/meeting-panel.ts';
import type { RoomParts } from './room-parts.ts';
import { stageStyles } from './stage.styles.ts';

/** What the elements of a call are told of the shell's attributes. */
export interface CallSignals {
  readonly panels: Signal<PanelsState>;
  readonly inviteUrl: Signal<string | null>;
}

/**
 * Before the shell renders: tells the elements of a call of its attributes, and the page which panel
 * is open. Once, gives it what the call looks like.
 */
export function prepareCall(room: RoomParts, { panels, inviteUrl }: CallSignals): void {
  const { styleSheet } = stageStyles;
  const sheets = room.shadowRoot?.adoptedStyleSheets;
  if (styleSheet && !sheets?.includes(styleSheet)) sheets?.push(styleSheet);
  inviteUrl.value = guestUrl(room);
  const offered = offeredBy(room);
  // The settings are a dialog, and not beside the call.
  const isOpen = room.panel !== 'settings' && offered.includes(room.panel ?? '');
  const open = isOpen ? room.panel : null;
  const last = panels.peek();
  if (open === last.open && String(offered) === String(last.offered)) return;
  panels.value = { open, offered };
  if (open !== last.open) room.dispatchEvent(new PanelChangedEvent(open));
}

/**
 * Opens a panel and takes the focus there, once there is a call to show it beside.
 * @throws RangeError when the room has no panel of this name, or it is left out.
 */
export async function openPanel(
  room: RoomParts,
  name: string,
  frame: () => Promise<MeetingPanel | undefined>,
  at?: string,
): Promise<void> {
  const offered = offeredBy(room);
  if (!offered.includes(name)) {
    throw new RangeError(`This room has no panel '${name}', but: ${offered.join(', ') || 'none'}.`);
  }
  if (name === 'settings') return room.openSettings();
  room.panel = name;
  await (await frame())?.enter(at);
}

/** What fetches and registers each panel there is, by its name. */
export function loadersOf(room: RoomParts): MeetingPanel['loaders'] {
  return (room.constructor as typeof RoomParts).panels;
}

function offeredBy(room: RoomParts): string[] {
  const without: Readonly<Record<string, boolean>> = {
    people: room.withoutPeople,
    chat: room.withoutChat,
    files: room.withoutFiles,
    whiteboard: room.withoutWhiteboard,
    settings: room.withoutSettings,
  };
  return Object.keys(loadersOf(room)).filter((name) => !without[name]);
}

/** A page that vouches for people may have addresses that are for one person only. */
function guestUrl({ inviteUrl, entryToken }: RoomParts): string | null {
  if (inviteUrl !== null || entryToken !== undefined) return inviteUrl;
  return location.href.replace(/#.*$/s, '');
}
