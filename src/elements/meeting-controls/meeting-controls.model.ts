import type { RoomContext } from '../../controllers/room-context.ts';
import type { ConnectionState, DevicesState, Store } from '../../core/state.ts';
import { PANELS } from '../shared/panels.ts';
import { shareView, type ShareView } from './share-button.ts';

/** What the bar shows. */
export interface ControlsView extends ShareView {
  readonly devices: DevicesState;
  readonly phase: ConnectionState['phase'];
  readonly store: Store;
  readonly shell: HTMLElement;
  readonly open: string | null;
  readonly offered: readonly string[];
  /** The numbers on the panels' buttons, each under the panel's name and a colon. */
  readonly [count: `${string}:`]: number;
}

export function controlsView(room: RoomContext): ControlsView {
  const { store, shell, panels } = room;
  const counted = PANELS.filter(({ name }) => panels.value.offered.includes(name));
  return {
    devices: store.devices.value,
    phase: store.connection.value.phase,
    store,
    shell,
    ...shareView(room),
    ...panels.value,
    ...Object.fromEntries(
      counted.map(({ name, count }) => [`${name}:` as const, count?.(room) ?? 0]),
    ),
  };
}

/** The stop in a toolbar of `count` that a key leads to; undefined for a key that doesn't move. */
export function next(key: string, at: number, count: number, rtl: boolean): number | undefined {
  switch (key) {
    case rtl ? 'ArrowLeft' : 'ArrowRight':
      return (at + 1) % count;
    case rtl ? 'ArrowRight' : 'ArrowLeft':
      return at <= 0 ? count - 1 : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Whether a key goes into a text, where a letter is a letter. */
export function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select, dialog *');
}
