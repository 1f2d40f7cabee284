import type { KeptRecording } from '../../src/core/recording/kept-recording.ts';
import type { UploadState } from '../../src/core/file-state.ts';
import type { Recording } from '../../src/protocol/recording.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import { call, inShadow, type Scene, until } from './scenes.ts';

const AT = Date.UTC(2026, 0, 15, 13, 20);
const HOUR = 3_600_000;
const ANA = { identity: 'p_0', name: 'Ana Ribeiro', role: 'host', person: 'p0' } as const;
const JONAS = { identity: 'p_1', name: 'Jonas Weber', role: 'host', person: 'p7' } as const;

const recording = (index: number, more: Partial<Recording> = {}): Recording => ({
  id: `r_${String(index).padStart(22, '0')}`,
  by: JONAS,
  at: AT - index * 26 * HOUR,
  recorder: 'browser',
  state: 'kept',
  duration: 2_712_000,
  size: 912_000_000,
  type: 'video/mp4',
  name: '',
  ...more,
});

const kept = (index: number, more: Partial<KeptRecording> = {}): KeptRecording => ({
  id: `r_${String(index).padStart(22, 'k')}`,
  server: 'https://example.com/meeting',
  room: 'acme',
  type: 'video/mp4',
  at: AT - index * HOUR,
  duration: 1_815,
  size: 402_000_000,
  state: 'complete',
  ...more,
});

const running = (store: FakeStore, by: Recording['by'], consent: 'tell' | 'ask' = 'tell'): void => {
  const one = recording(0, { by, state: 'running' });
  store.recording.value = {
    ...{ running: one, consent, agreed: [] },
    recorders: ['browser', 'egress'],
  };
};

/** The section of the settings, with recordings of all kinds. */
const section =
  (prepare: (store: FakeStore) => void = () => {}): Scene =>
  async (store, room) => {
    await call(5)(store, room);
    const { fakeRecordings } = store;
    fakeRecordings.setInRoom([
      recording(1),
      recording(2, { by: ANA, duration: 65_000, size: 14_000_000, partial: true }),
      recording(9, { by: { kind: 'server' }, recorder: 'egress', duration: 7_310_000 }),
    ]);
    const one = kept(1);
    fakeRecordings.here.value = [
      one,
      kept(2, { state: 'interrupted', duration: 312, size: 71_000_000 }),
      kept(3, { id: recording(1).id }),
    ];
    const upload: UploadState = {
      ...{ id: one.id, name: 'a', size: one.size, sent: 164_000_000, phase: 'sending' },
    };
    fakeRecordings.uploads.value = new Map([[one.id, upload]]);
    prepare(store);
    await room.openSettings('recordings');
    await until(() =>
      inShadow(inShadow(inShadow(room, 'room-settings'), 'meeting-recordings'), 'h3'),
    );
  };

export const RECORDING_SCENES: Readonly<Record<string, Scene>> = {
  'recorded-call': async (store, room) => {
    await call(5)(store, room);
    running(store, JONAS);
  },
  'recorded-chat': async (store, room) => {
    await call(2)(store, room);
    running(store, JONAS);
    await room.openPanel('chat');
  },
  'recorded-ask': async (store, room) => {
    await call(2)(store, room);
    running(store, JONAS, 'ask');
    await until(() => inShadow(inShadow(room, 'meeting-recording-badge'), 'meeting-recorded'));
  },
  'recorded-lobby': (store) => {
    store.access.value = {
      ...{ phase: 'known', access: 'always', here: false },
      recording: { at: AT, consent: 'ask' },
    };
  },
  'recordings-start': section((store) => {
    const { fakeRecordings } = store;
    fakeRecordings.setInRoom([]);
    fakeRecordings.here.value = [];
    store.recording.value = { consent: 'ask', agreed: [], recorders: ['browser', 'egress'] };
  }),
  recordings: section((store) => running(store, ANA, 'ask')),
  'recordings-failed': section((store) => {
    const { fakeRecordings } = store;
    const one = kept(1);
    const error = new MeetingError('recordings-full', '');
    const upload: UploadState = { id: one.id, name: 'a', size: 9, sent: 0, phase: 'failed', error };
    fakeRecordings.uploads.value = new Map([[one.id, upload]]);
    fakeRecordings.inRoom.value = {
      phase: 'failed',
      error: new MeetingError('server-unreachable', ''),
    };
  }),
};
