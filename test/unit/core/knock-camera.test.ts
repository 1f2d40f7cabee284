import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomStore } from '../../../src/core/room-store.ts';
import type { Fact } from '../../../src/core/state.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Exit } from '../../../src/protocol/exit.ts';
import { entered, FakeWorld, knocker, person, SESSION } from '../../fakes/core-fakes.ts';
import { FakeDevices } from '../../fakes/fake-devices.ts';
import { options, tick } from './host-in-call.ts';

const door = 'https://example.com/meeting';
const shown = (token: string) => ({ seq: 21, media: { door, token } });
const hidden = { seq: 22 };
const offline = (): MeetingError => new MeetingError('server-unreachable', 'Nothing.');
let devices: FakeDevices;

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
  devices = new FakeDevices();
  vi.stubGlobal('navigator', {
    mediaDevices: devices.mediaDevices,
    permissions: { query: async () => ({ state: 'prompt' }) },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function setUp(world = new FakeWorld()) {
  const store = new RoomStore(options, world.ports);
  const facts: Fact[] = [];
  store.listen((fact) => facts.push(fact), new AbortController().signal);
  world.api.on('knock', { seq: 20, knock: knocker(1), session: SESSION });
  world.api.on('knock-camera', shown('a'));
  const { api, link, page, sockets } = world;
  const asked = (): unknown[] =>
    api.calls.filter(({ stem }) => stem === 'knock-camera').map(({ input }) => input);
  const isShown = (): boolean | undefined => {
    const { value } = store.connection;
    return value.phase === 'waiting' ? value.knock.camera : undefined;
  };
  const types = (): string[] => facts.map(({ type }) => type);
  return { store, types, api, link, page, sockets, asked, isShown };
}

/** At the door, shown to the hosts. */
async function atTheDoor() {
  const room = setUp();
  await room.store.knock({ camera: true });
  await tick();
  return room;
}

describe('knocking with camera', () => {
  it('shows oneself by the engine, camera only', async () => {
    const { link, asked, isShown, store } = await atTheDoor();
    expect(asked()).toEqual([{ on: true }]);
    expect(isShown()).toBe(true);
    expect(link.connects).toEqual([{ door, token: 'a', kinds: ['camera'] }]);
    expect(link.published).toContain('camera on');
    expect(store.devices.value.camera).toEqual({ phase: 'on' });
    expect(store.devices.value.microphone).toEqual({ phase: 'off' });
    expect(store.requests.value.size).toBe(0);
  });

  it('takes the camera that runs already', async () => {
    const { store } = setUp();
    await store.setCamera(true);
    await store.knock({ camera: true });
    await tick();
    expect(devices.tracks).toHaveLength(1);
  });

  it('knocks all the same when the camera does not start, and says why', async () => {
    const { store, asked, isShown, types, link } = setUp();
    devices.failure = new DOMException('no', 'NotAllowedError');
    await store.knock({ camera: true });
    await tick();
    expect(isShown()).toBe(false);
    expect(asked()).toEqual([]);
    expect(link.connects).toEqual([]);
    expect(store.devices.value.camera).toEqual({ phase: 'blocked', code: 'camera-denied' });
    expect(store.requests.value.get('knock-camera')).toMatchObject({
      phase: 'failed',
      error: { code: 'camera-denied' },
    });
    expect(types()).toEqual(['meeting-error']);
  });

  it('shows nothing unless asked to', async () => {
    const { store, asked, isShown } = setUp();
    await store.knock();
    await tick();
    expect(isShown()).toBe(false);
    expect(asked()).toEqual([]);
    expect(devices.tracks).toEqual([]);
  });
});

describe('showing oneself while one waits', () => {
  it('can begin and end at any time, and the light goes with it', async () => {
    const { store, api, link, asked, isShown } = setUp();
    await store.knock();
    await store.setKnockCamera(true);
    expect(isShown()).toBe(true);
    expect(devices.lights).toHaveLength(1);
    api.on('knock-camera', hidden, shown('b'));
    const { disconnects } = link;
    await store.setKnockCamera(false);
    expect(isShown()).toBe(false);
    expect(devices.lights).toEqual([]);
    expect(link.disconnects).toBe(disconnects + 1);
    await store.setKnockCamera(true);
    await tick();
    expect(asked()).toEqual([{ on: true }, { on: false }, { on: true }]);
    expect(link.connects.map(({ token }) => token)).toEqual(['a', 'b']);
  });

  it('follows the latest wish', async () => {
    const { store, api, link, isShown } = setUp();
    await store.knock();
    let start = (): void => {};
    devices.hold = new Promise<void>((given) => (start = given));
    const on = store.setKnockCamera(true);
    await tick();
    api.on('knock-camera', hidden);
    await store.setKnockCamera(false);
    start();
    await on;
    expect(isShown()).toBe(false);
    expect(devices.lights).toEqual([]);
    expect(link.connects).toEqual([]);
  });

  it('is not begun when the server can not be asked, and then no light burns', async () => {
    const { store, api, isShown, types } = setUp();
    await store.knock();
    api.on('knock-camera', offline());
    await expect(store.setKnockCamera(true)).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(isShown()).toBe(false);
    expect(devices.lights).toEqual([]);
    expect(types()).toEqual(['meeting-error']);
  });

  it('leaves a camera on that was on before', async () => {
    const { store, api } = setUp();
    await store.setCamera(true);
    await store.knock();
    api.on('knock-camera', offline());
    await expect(store.setKnockCamera(true)).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(devices.lights).toHaveLength(1);
  });

  it('ends here at once, and the server is told as soon as it can be', async () => {
    const { store, api, isShown, asked } = await atTheDoor();
    api.on('knock-camera', offline(), offline(), hidden);
    await expect(store.setKnockCamera(false)).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(devices.lights).toEqual([]);
    expect(isShown()).toBe(true);
    await tick(10_000);
    expect(isShown()).toBe(false);
    expect(asked()).toHaveLength(4);
  });

  it('is over when the camera is unplugged or turned off, and hosts are told', async () => {
    const { store, api, link, asked, isShown } = await atTheDoor();
    api.on('knock-camera', hidden);
    devices.tracks[0]?.end();
    await tick();
    expect(asked()).toEqual([{ on: true }, { on: false }]);
    expect(isShown()).toBe(false);
    expect(store.devices.value.camera).toMatchObject({ phase: 'blocked' });
    api.on('knock-camera', shown('b'));
    await store.setKnockCamera(true);
    await tick();
    expect(link.connects.at(-1)?.token).toBe('b');
    api.on('knock-camera', hidden);
    await store.setCamera(false);
    await tick();
    expect(isShown()).toBe(false);
  });

  it('is for whoever waits', async () => {
    const { store } = setUp();
    await expect(store.setKnockCamera(true)).rejects.toMatchObject({ code: 'session-missing' });
    expect(devices.tracks).toEqual([]);
  });
});

describe('a camera at the door and the network', () => {
  it('is shown again by a fresh token, however often it is lost', async () => {
    const { api, link, isShown } = await atTheDoor();
    api.on('knock-camera', offline(), shown('b'), shown('c'));
    link.hear?.state('lost');
    await tick(3_500);
    expect(link.connects.map(({ token }) => token)).toEqual(['a', 'b']);
    link.failures.push(new MeetingError('sfu-unreachable', 'No.'));
    link.hear?.state('lost');
    await tick(1_500);
    expect(link.connects.map(({ token }) => token)).toEqual(['a', 'b', 'c']);
    await tick(5_000);
    expect(link.connects.map(({ token }) => token)).toEqual(['a', 'b', 'c', 'c']);
    expect(isShown()).toBe(true);
    expect(devices.lights).toHaveLength(1);
  });

  it('is tried again at once when the page wakes', async () => {
    const { api, link, page } = await atTheDoor();
    api.on('knock-camera', offline(), shown('b'));
    link.hear?.state('lost');
    await tick();
    page.wake();
    await tick();
    page.wake();
    await tick();
    expect(link.connects.map(({ token }) => token)).toEqual(['a', 'b']);
  });

  it('asks no more when the knock is answered', async () => {
    const { api, link, asked } = await atTheDoor();
    api.on('knock-camera', new MeetingError('already-decided', 'Let in.'));
    link.hear?.state('lost');
    await tick(60_000);
    expect(asked()).toHaveLength(2);
  });
});

describe('a camera at the door and a reload', () => {
  async function reloaded() {
    const world = new FakeWorld();
    world.memory.kept = SESSION;
    const room = setUp(world);
    const waiting = { seq: 25, knock: knocker(1, { camera: true }) };
    room.api.on('call-resume', new MeetingError('still-waiting', 'Wait.', { waiting }));
    await room.store.restore();
    await tick();
    return room;
  }

  it('shows oneself again', async () => {
    const { link, isShown, asked } = await reloaded();
    expect(isShown()).toBe(true);
    expect(asked()).toEqual([{ on: true }]);
    expect(link.connects).toEqual([{ door, token: 'a', kinds: ['camera'] }]);
    expect(devices.lights).toHaveLength(1);
  });

  it('tells the hosts when the camera does not start any more', async () => {
    devices.failure = new DOMException('no', 'NotFoundError');
    const { link, isShown, asked } = await reloaded();
    expect(asked()).toEqual([{ on: false }]);
    expect(isShown()).toBe(false);
    expect(link.connects).toEqual([]);
  });
});

describe('a camera at the door, and its end', () => {
  it('runs on into the call: the same track, and no flicker of the light', async () => {
    const { store, api, link, sockets } = await atTheDoor();
    const [track] = devices.tracks;
    const phases: string[] = [];
    store.devices.subscribe(({ camera }) => phases.push(camera.phase));
    let answer = (): void => {};
    const answered = new Promise<void>((given) => (answer = given));
    api.on(
      'call-resume',
      answered.then(() => entered(22, [person(1)])),
    );
    const { disconnects } = link;
    sockets.last.say({ type: 'admitted' });
    // The one room is left while the way into the other is asked for.
    expect(link.disconnects).toBe(disconnects + 1);
    answer();
    await tick();
    expect(store.connection.value).toEqual({ phase: 'joined' });
    const all = ['camera', 'microphone', 'screen', 'screen-sound'];
    expect(link.connects.at(-1)).toMatchObject({ kinds: all });
    expect(devices.tracks).toEqual([track]);
    expect(devices.lights).toHaveLength(1);
    expect(new Set(phases)).toEqual(new Set(['on']));
    await tick(60_000);
    expect(link.connects).toHaveLength(2);
  });

  it.each<Exit>([
    { reason: 'denied', at: 5, next: 'knock' },
    { reason: 'expired', at: 5, next: 'knock' },
  ])('is dark when nobody let one in: $reason', async (exit) => {
    const { store, link, sockets } = await atTheDoor();
    const { disconnects } = link;
    sockets.last.say({ type: 'over', exit });
    await tick(60_000);
    expect(store.connection.value).toMatchObject({ phase: 'out' });
    expect(devices.lights).toEqual([]);
    expect(link.disconnects).toBeGreaterThan(disconnects);
    expect(link.connects).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is dark at once for whoever waits no longer', async () => {
    const { store, api, link } = await atTheDoor();
    api.on('knock-withdraw', { seq: 23 });
    const withdrawn = store.withdrawKnock();
    await tick();
    expect(devices.lights).toEqual([]);
    await withdrawn;
    expect(link.connects).toHaveLength(1);
  });

  it('leaves nothing behind', async () => {
    const { store, page } = await atTheDoor();
    store.dispose();
    await tick();
    expect(devices.lights).toEqual([]);
    expect(page.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
