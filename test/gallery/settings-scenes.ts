import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { SettingsSection } from '../../src/elements/room-settings/room-settings.model.ts';
import type { RoomEvent } from '../../src/protocol/events.ts';
import { requestKey } from '../../src/core/state.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import { paintedCamera } from './painted-camera.ts';
import { call, inShadow, type Scene, until } from './scenes.ts';

const AT = Date.UTC(2026, 0, 15, 13, 20);
const ANA = { identity: 'p_0', name: 'Ana Ribeiro', role: 'host', person: 'p0' } as const;
const person = (name: string) =>
  ({ identity: `p_${name}`, name, role: 'guest', person: name }) as const;

const EVENTS = [
  { type: 'participant-left', participant: person('Lars'), reason: 'left' },
  { type: 'role-changed', participant: { ...person('Mei Lin'), role: 'host' }, by: ANA },
  { type: 'room-locked', cause: 'host', by: ANA },
  { type: 'participant-removed', participant: person('Oluwaseun Adeyemi-Okonkwo'), by: ANA },
  {
    type: 'participant-joined',
    participant: { ...person('山田 太郎'), joinedAt: AT, connection: 'connected' },
  },
  {
    type: 'room-reset',
    parts: ['access'],
    keptHost: true,
    by: { kind: 'server' },
    receipt: { startedAt: AT, finishedAt: AT, parts: [], people: 0 },
  },
] as const;

/** The log backwards, over two days. */
const log = (): RoomEvent[] =>
  [...EVENTS, ...EVENTS].map((event, index) => {
    const common = { id: `e_${index}`, seq: 40 - index, room: 'acme' };
    return { ...event, ...common, at: AT - index * 2_700_000 } as unknown as RoomEvent;
  });

/** The settings, open at a section. */
function at(section: SettingsSection, prepare?: (store: FakeStore) => void): Scene {
  return async (store, room) => {
    await call(5)(store, room);
    store.devices.value = { ...store.devices.value, preview: paintedCamera(0) };
    store.deviceList.value = {
      cameras: [
        { id: 'c1', label: 'FaceTime HD Camera' },
        { id: 'c2', label: 'Logitech BRIO Ultra HD Pro Webcam (046d:085e)' },
      ],
      microphones: [{ id: 'm1', label: 'MacBook Pro Microphone' }],
      speakers: [{ id: 's1', label: 'MacBook Pro Speakers' }],
    };
    store.activities = [{ events: log(), more: true }];
    store.resetPreview = {
      seq: 9,
      people: 5,
      parts: [
        { part: 'access', count: 3 },
        { part: 'activity', count: 1284 },
      ],
      ...{ restorable: [], keptFor: 0 },
    };
    prepare?.(store);
    await room.openSettings(section);
    store.level?.(0.6);
  };
}

const reset = (room: MeetingRoom): Promise<HTMLElement> =>
  until(() => inShadow(inShadow(room, 'room-settings'), 'meeting-reset'));

/** Ticks boxes of the reset, then goes on. */
function ticked(names: readonly string[], more?: (section: HTMLElement) => void): Scene {
  return async (store, room) => {
    await at('reset')(store, room);
    const section = await reset(room);
    for (const name of names) (await until(() => inShadow(section, `[name=${name}]`))).click();
    await until(() => !inShadow(section, '[part=reset-button][disabled]'));
    more?.(section);
  };
}

const press = (section: HTMLElement): void => inShadow(section, '[part=reset-button]')?.click();

export const SETTINGS_SCENES: Readonly<Record<string, Scene>> = {
  'settings-devices': at('devices'),
  'settings-devices-trouble': at('devices', (store) => {
    store.devices.value = {
      camera: { phase: 'blocked', code: 'camera-denied' },
      microphone: { phase: 'off' },
      audioBlocked: false,
    };
    store.deviceList.value = { cameras: [], microphones: [], speakers: [] };
  }),
  'settings-people': at('people'),
  'settings-room': at('room', (store) => {
    const room = store.room.peek();
    if (room) store.room.value = { ...room, presenterMode: true };
  }),
  'settings-activity': at('activity'),
  'settings-look': at('look'),
  'settings-reset': at('reset'),
  'settings-reset-access': ticked(['access']),
  'settings-reset-full': ticked(['activity']),
  'settings-reset-pending': async (store, room) => {
    await ticked(['activity', 'keep-host'])(store, room);
    store.requests.value = new Map([[requestKey('room-reset'), { phase: 'pending' }]]);
    store.cleared.value = [{ part: 'access', count: 3 }];
  },
  'settings-reset-confirm': ticked(['activity'], press),
  'settings-reset-done': async (store, room) => {
    store.resetting = {
      seq: 10,
      settled: true,
      here: [{ identity: 'p_1', name: 'Jonas Weber', role: 'guest', person: 'p7' }],
      receipt: {
        startedAt: AT,
        finishedAt: AT,
        people: 0,
        parts: [{ part: 'access', count: 3 }],
      },
    };
    await ticked(['access'], press)(store, room);
  },
  'settings-reset-restorable': at('reset', (store) => {
    const parts = store.resetPreview.parts;
    store.resetPreview = {
      ...{ seq: 9, people: 5, parts, keptFor: 86_400_000 },
      restorable: [
        {
          ...{ id: `z_${'0'.repeat(22)}`, at: AT, until: AT + 86_400_000 },
          by: person('Jonas Weber'),
          parts: [
            { part: 'chat', count: 128 },
            { part: 'whiteboards-and-files', count: 7 },
          ],
        },
      ],
    };
  }),
  'settings-reset-toast': async (store, room) => {
    await call(5)(store, room);
    store.tell({
      ...{ type: 'room-reset', id: 'e', seq: 9, at: AT, room: 'acme', keptHost: false },
      parts: ['access'],
      by: person('Jonas Weber'),
      receipt: { startedAt: AT, finishedAt: AT, parts: [], people: 0 },
    });
    await until(() => inShadow(inShadow(room, 'meeting-toasts'), '.toast'));
  },
};
