import { assert } from '@open-wc/testing';
import { requestKey } from '../../src/core/state.ts';
import { keepDevices } from '../../src/elements/meeting-room/device-wish.ts';
import { FakeStore } from '../fakes/fake-store.ts';
import { waitUntil } from './harness.ts';

const ON = { phase: 'on' } as const;
const OFF = { phase: 'off' } as const;

const kept = (): string | null => sessionStorage.getItem('livekit-meeting-room:devices');

/** Somebody on the join screen, whose devices were turned on for them. */
async function onJoinScreen(): Promise<{ store: FakeStore; stop: () => void }> {
  const store = new FakeStore();
  const stop = keepDevices(store);
  await waitUntil(() => store.called.includes('setMicrophone'), 'the devices go on');
  return { store, stop };
}

/** What is asked of the devices by a page that comes straight back into the call. */
async function afterReload(): Promise<string[]> {
  const store = new FakeStore();
  store.connection.value = { phase: 'joining', resuming: true };
  const stop = keepDevices(store);
  store.enter([{ name: 'Ana' }]);
  await Promise.resolve();
  stop();
  return store.called.filter((name) => name === 'setCamera' || name === 'setMicrophone');
}

// It outlives a page, and so a test.
beforeEach(() => sessionStorage.clear());

describe('camera and microphone after a reload', () => {
  it('stay off for whoever turned them off on the join screen', async () => {
    const { store, stop } = await onJoinScreen();
    store.devices.value = { camera: OFF, microphone: OFF, audioBlocked: false };
    store.connection.value = { phase: 'joining', resuming: false };
    store.enter([{ name: 'Ana' }]);
    await waitUntil(() => kept() === '0 0', 'it is kept');
    stop();
    assert.deepEqual(await afterReload(), []);
  });

  it('come back for whoever left, however long that took', async () => {
    const { store, stop } = await onJoinScreen();
    store.devices.value = { camera: ON, microphone: OFF, audioBlocked: false };
    store.connection.value = { phase: 'joining', resuming: false };
    store.enter([{ name: 'Ana' }]);
    await waitUntil(() => kept() === '1 0', 'it is kept');
    store.requests.value = new Map([[requestKey('call-leave'), { phase: 'pending' }]]);
    store.devices.value = { camera: OFF, microphone: OFF, audioBlocked: false };
    // As long as a server takes that is slow.
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.strictEqual(kept(), '1 0');
    stop();
    assert.deepEqual(await afterReload(), ['setCamera']);
  });

  it('are asked for again by whoever could not have them', async () => {
    const { store, stop } = await onJoinScreen();
    const blocked = { phase: 'blocked', code: 'camera-denied' } as const;
    store.devices.value = { camera: blocked, microphone: OFF, audioBlocked: false };
    store.connection.value = { phase: 'joining', resuming: false };
    store.enter([{ name: 'Ana' }]);
    await waitUntil(() => kept() === '1 0', 'it is kept');
    stop();
  });
});
