import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DevicesSlice } from '../../../src/core/slices/devices.ts';
import { FakeDevices } from '../../fakes/fake-devices.ts';

let fake: FakeDevices;
let devices: DevicesSlice;

beforeEach(() => {
  fake = new FakeDevices();
  devices = new DevicesSlice();
  vi.stubGlobal('navigator', {
    mediaDevices: fake.mediaDevices,
    permissions: { query: async () => ({ state: 'prompt' }) },
  });
});
afterEach(() => void vi.unstubAllGlobals());

describe('devices', () => {
  it('shows a preview while the camera is on, and puts the light out with it', async () => {
    await devices.set('camera', true);
    expect(devices.state.value).toMatchObject({
      camera: { phase: 'on' },
      preview: { id: 'track-1' },
    });
    await devices.set('camera', false);
    expect(devices.state.value.camera).toEqual({ phase: 'off' });
    expect(devices.state.value.preview).toBeUndefined();
    expect(fake.lights).toEqual([]);
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'in-use'],
    ['AbortError', 'in-use'],
  ])('abuse 42: calls a %s %s, for both devices', async (name, code) => {
    fake.failure = new DOMException('no', name);
    for (const kind of ['camera', 'microphone'] as const) {
      await expect(devices.set(kind, true)).rejects.toMatchObject({ code: `${kind}-${code}` });
      expect(devices.state.value[kind]).toEqual({ phase: 'blocked', code: `${kind}-${code}` });
    }
  });

  it('abuse 42: says that the page is not secure where the browser hides devices', async () => {
    vi.stubGlobal('navigator', {});
    await expect(devices.set('camera', true)).rejects.toMatchObject({ code: 'insecure-page' });
    expect(devices.state.value.camera).toEqual({ phase: 'blocked', code: 'insecure-page' });
  });

  it('puts a camera away that comes after it was turned off', async () => {
    let resolve = (): void => {};
    fake.hold = new Promise((given) => (resolve = given));
    const on = devices.set('camera', true);
    expect(devices.state.value.camera).toEqual({ phase: 'starting' });
    await devices.set('camera', false);
    resolve();
    await on;
    expect(fake.tracks).toHaveLength(1);
    expect(fake.lights).toEqual([]);
    expect(devices.state.value.camera).toEqual({ phase: 'off' });
  });

  it('stops the microphone before the call, and mutes it in the call', async () => {
    await devices.set('microphone', true);
    await devices.set('microphone', false);
    expect(fake.lights).toEqual([]);
    devices.setInCall(true);
    await devices.set('microphone', true);
    await devices.set('microphone', false);
    expect(fake.lights).toEqual(['track-2']);
    expect(fake.tracks[1]?.enabled).toBe(false);
    expect(devices.state.value.microphone).toEqual({ phase: 'off' });
    await devices.set('microphone', true);
    expect(fake.tracks).toHaveLength(2);
    expect(fake.tracks[1]?.enabled).toBe(true);
  });

  it('says that an unplugged camera is missing, and one taken back is denied', async () => {
    await devices.set('camera', true);
    fake.tracks[0]?.end();
    expect(devices.state.value.camera).toEqual({ phase: 'blocked', code: 'camera-missing' });
    await devices.set('camera', true);
    vi.stubGlobal('navigator', {
      mediaDevices: fake.mediaDevices,
      permissions: { query: async () => ({ state: 'denied' }) },
    });
    fake.tracks[1]?.end();
    await vi.waitFor(() =>
      expect(devices.state.value.camera).toEqual({ phase: 'blocked', code: 'camera-denied' }),
    );
  });

  it('starts again what ended while the page slept, and only that', async () => {
    await devices.set('camera', true);
    await devices.set('microphone', true);
    fake.tracks[0]?.stop();
    await devices.revive();
    expect(fake.lights).toEqual(['track-2', 'track-3']);
    expect(devices.state.value.camera).toEqual({ phase: 'on' });
  });

  it('shows why a device could not be started again', async () => {
    await devices.set('camera', true);
    fake.tracks[0]?.stop();
    fake.failure = new DOMException('no', 'NotReadableError');
    await devices.revive();
    expect(devices.state.value.camera).toEqual({ phase: 'blocked', code: 'camera-in-use' });
  });
});
