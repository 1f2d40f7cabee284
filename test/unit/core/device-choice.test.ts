import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEVICE_LIST } from '../../../src/core/device-state.ts';
import { DeviceWatch } from '../../../src/core/device-watch.ts';
import { createSlices } from '../../../src/core/slices.ts';
import { DeviceChoiceSlice } from '../../../src/core/slices/device-choice.ts';

const MEMORY = 'livekit-meeting-room:chosen-devices';

afterEach(() => vi.unstubAllGlobals());

describe('Which devices somebody chose', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });

  it('is there in the next visit', () => {
    const choice = new DeviceChoiceSlice();
    expect(choice.state.value).toEqual({});
    choice.set('camera', 'c1');
    choice.set('speaker', 's1');
    expect(choice.state.value).toEqual({ camera: 'c1', speaker: 's1' });
    expect(new DeviceChoiceSlice().state.value).toEqual({ camera: 'c1', speaker: 's1' });
  });

  it('is forgotten for what the system prefers', () => {
    const choice = new DeviceChoiceSlice();
    choice.set('camera', 'c1');
    choice.set('camera', '');
    expect(choice.state.value).toEqual({});
    expect(new DeviceChoiceSlice().state.value).toEqual({});
  });

  it.each(['{', '7', 'null', '[]', '{"camera":7,"mouse":"m1"}'])(
    'is nothing where the memory holds %s',
    (text) => {
      kept.set(MEMORY, text);
      expect(new DeviceChoiceSlice().state.value).toEqual({});
    },
  );

  it('lives as long as the page where storage is forbidden', () => {
    const forbidden = (): never => {
      throw new DOMException('No', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden });
    const choice = new DeviceChoiceSlice();
    choice.set('microphone', 'm1');
    expect(choice.state.value).toEqual({ microphone: 'm1' });
    expect(new DeviceChoiceSlice().state.value).toEqual({});
  });
});

describe('The list of devices', () => {
  const device = (kind: MediaDeviceKind, deviceId: string, label = '') => ({
    ...{ kind, deviceId, label },
  });

  class Plugs extends EventTarget {
    all = [device('videoinput', 'c1', 'Camera')];
    asked = 0;
    failure: Error | undefined;

    async enumerateDevices() {
      this.asked += 1;
      if (this.failure) throw this.failure;
      return this.all;
    }
  }

  let plugs: Plugs;
  beforeEach(() => {
    plugs = new Plugs();
    vi.stubGlobal('navigator', { mediaDevices: plugs });
    vi.stubGlobal('HTMLMediaElement', { prototype: { setSinkId: () => undefined } });
  });

  function watched() {
    const slices = createSlices();
    const watch = new DeviceWatch(slices);
    const end = new AbortController();
    slices.cells.demand.add(DEVICE_LIST, end.signal);
    const list = () => slices.cells.deviceList.value;
    return { slices, watch, end, list };
  }

  it('is read when somebody watches it, and again as plugs come and go, until nobody does', async () => {
    const { list, end } = watched();
    await vi.waitFor(() => expect(list().cameras).toEqual([{ id: 'c1', label: 'Camera' }]));
    plugs.all = [...plugs.all, device('audioinput', 'm1', 'Headset')];
    plugs.dispatchEvent(new Event('devicechange'));
    await vi.waitFor(() => expect(list().microphones).toEqual([{ id: 'm1', label: 'Headset' }]));
    end.abort();
    const { asked } = plugs;
    plugs.dispatchEvent(new Event('devicechange'));
    expect(plugs.asked).toBe(asked);
  });

  it('is not read while nobody watches it', () => {
    new DeviceWatch(createSlices());
    plugs.dispatchEvent(new Event('devicechange'));
    expect(plugs.asked).toBe(0);
  });

  it('leaves out second entries, what has no name yet, and speakers that nobody can choose', async () => {
    vi.stubGlobal('HTMLMediaElement', { prototype: {} });
    plugs.all = [
      device('audioinput', 'default', 'Default - Headset'),
      device('audioinput', 'communications', 'Communications - Headset'),
      device('audioinput', 'm1', 'Headset'),
      device('videoinput', ''),
      device('audiooutput', 's1', 'Speaker'),
    ];
    const { list } = watched();
    await vi.waitFor(() => expect(list().microphones).toEqual([{ id: 'm1', label: 'Headset' }]));
    expect(list()).toMatchObject({ cameras: [], speakers: [] });
  });

  it('is read anew when a device was started, for names are told then', async () => {
    const { slices, list } = watched();
    await vi.waitFor(() => expect(plugs.asked).toBe(1));
    const track = { addEventListener: () => undefined, stop: () => undefined };
    Object.assign(plugs, { getUserMedia: async () => ({ getTracks: () => [track] }) });
    plugs.all = [device('videoinput', 'c1', 'FaceTime')];
    await slices.devices.set('camera', true);
    await vi.waitFor(() => expect(list().cameras).toEqual([{ id: 'c1', label: 'FaceTime' }]));
  });

  it('is empty where the browser does not tell, and where there is nothing to ask', async () => {
    plugs.failure = new Error('No');
    const { list } = watched();
    await vi.waitFor(() => expect(plugs.asked).toBe(1));
    expect(list().cameras).toEqual([]);
    vi.stubGlobal('navigator', {});
    expect(watched().list().cameras).toEqual([]);
  });
});
