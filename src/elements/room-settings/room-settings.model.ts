import type { RoomContext } from '../../controllers/room-context.ts';
import type { ConnectionState } from '../../core/state.ts';
import type { RoomInfo } from '../../protocol/snapshot.ts';

/** A section of the settings; `openSettings()` takes one. */
export type SettingsSection =
  | 'devices'
  | 'people'
  | 'room'
  | 'recordings'
  | 'activity'
  | 'look'
  | 'reset';

/** What a host turns on and off for everybody. */
export type RoomSwitch = 'knock' | 'presenter';

/** What the dialog shows of its room. */
export interface SettingsView {
  readonly phase: ConnectionState['phase'];
  readonly isHost: boolean;
  readonly room: RoomInfo | undefined;
  readonly offersPeople: boolean;
  readonly shell: HTMLElement;
}

export const settingsView = ({ store, shell, panels }: RoomContext): SettingsView => ({
  phase: store.connection.value.phase,
  isHost: store.me.value?.role === 'host',
  room: store.room.value,
  offersPeople: panels.value.offered.includes('people'),
  shell,
});

/** The sections that there are for somebody, in their order; the reset stands at the end. */
export function sectionsFor(
  phase: ConnectionState['phase'] | undefined,
  isHost: boolean,
): readonly SettingsSection[] {
  const isIn = phase === 'joined' || phase === 'reconnecting';
  if (!isIn) return ['devices', 'look'];
  return isHost
    ? ['devices', 'people', 'room', 'recordings', 'activity', 'look', 'reset']
    : ['devices', 'people', 'look'];
}

/** What a language is called by those who speak it. */
export function nameOfLanguage(code: string): string {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
