import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeDevices } from '../../fakes/fake-devices.ts';
import { by, common, inCall, tick } from './host-in-call.ts';
import { identity } from '../../fakes/core-fakes.ts';

let fake: FakeDevices;

beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
  fake = new FakeDevices();
  vi.stubGlobal('navigator', { mediaDevices: fake.mediaDevices });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What was told of screens. */
const screensOf = (facts: readonly { type: string }[]): unknown[] =>
  facts
    .filter(({ type }) => type === 'screen-share-changed')
    .map((fact) => {
      const { participant, on, reason } = fact as unknown as Record<string, unknown> & {
        participant: { name: string };
      };
      return [participant.name, on, ...(reason ? [reason] : [])];
    });

const picture = (id: string) => ({ id, attach() {}, detach() {} });

describe('sharing the own screen', () => {
  it('publishes picture and sound, shows it, tells it, and ends all of that', async () => {
    const { store, link, facts } = await inCall();
    fake.withSound = true;
    await store.setScreenShare(true);
    expect(store.screenShare.value).toEqual({ phase: 'on' });
    expect(store.screens.value).toEqual([identity(1)]);
    expect(store.media(identity(1)).value.screen?.id).toBe('screen-1');
    expect(link.published).toContain('screen on');
    expect(link.published).toContain('screen-sound on');
    await store.setScreenShare(true);
    expect(fake.lights).toEqual(['screen-1', 'sound-1']);
    await store.setScreenShare(false);
    expect(fake.lights).toEqual([]);
    expect(link.published.slice(-2).toSorted()).toEqual(['screen none', 'screen-sound none']);
    expect(store.screens.value).toEqual([]);
    expect(store.media(identity(1)).value.screen).toBeUndefined();
    expect(screensOf(facts)).toEqual([
      ['Person 1', true],
      ['Person 1', false, 'stopped'],
    ]);
  });

  it('ends with the browser\u2019s own bar', async () => {
    const { store, facts } = await inCall();
    await store.setScreenShare(true);
    fake.tracks[0]?.end();
    expect(store.screenShare.value).toEqual({ phase: 'off' });
    expect(screensOf(facts).at(-1)).toEqual(['Person 1', false, 'ended']);
  });

  it('is nothing, and no error, when the person takes none', async () => {
    const { store, facts } = await inCall();
    fake.failure = new DOMException('Permission denied', 'NotAllowedError');
    await store.setScreenShare(true);
    expect(store.screenShare.value).toEqual({ phase: 'off' });
    expect(facts.map(({ type }) => type)).toEqual(['meeting-joined']);
  });

  it.each([
    ['NotAllowedError', 'Permission denied by system', 'screen-denied'],
    ['NotFoundError', 'No source', 'screen-unavailable'],
    ['InvalidStateError', 'No gesture', 'screen-unavailable'],
  ])('says of a %s (%s): %s', async (name, message, code) => {
    const { store, types } = await inCall();
    fake.failure = new DOMException(message, name);
    await expect(store.setScreenShare(true)).rejects.toMatchObject({ code });
    expect(store.screenShare.value).toEqual({ phase: 'off' });
    expect(types()).toContain('meeting-error');
  });

  it('says that a phone has none', async () => {
    vi.stubGlobal('navigator', { mediaDevices: {} });
    const { store } = await inCall();
    await expect(store.setScreenShare(true)).rejects.toMatchObject({ code: 'screen-unavailable' });
  });

  it('is for hosts in presenter mode: what a guest shares ends, and says why', async () => {
    const { store, sockets, facts } = await inCall([], 'guest');
    const mode = { type: 'presenter-mode-changed', by: { ...by, identity: identity(2) } };
    await store.setScreenShare(true);
    sockets.last.say({ ...common, ...mode, seq: 11, on: true });
    await tick();
    expect(store.screenShare.value).toEqual({ phase: 'off' });
    expect(fake.lights).toEqual([]);
    expect(screensOf(facts).at(-1)).toEqual(['Person 1', false, 'presenter-mode']);
    expect(store.explain('screen-share')).toEqual({ allowed: false, why: 'presenter-mode' });
    await expect(store.setScreenShare(true)).rejects.toMatchObject({ code: 'presenter-mode' });
    sockets.last.say({ ...common, ...mode, seq: 12, on: false });
    await tick();
    await store.setScreenShare(true);
    expect(store.screenShare.value).toEqual({ phase: 'on' });
  });

  it('takes no screen that was chosen when it was forbidden already', async () => {
    const { store, sockets } = await inCall([], 'guest');
    let choose = (): void => {};
    fake.hold = new Promise((resolve) => (choose = resolve));
    const sharing = store.setScreenShare(true);
    await tick();
    expect(store.screenShare.value).toEqual({ phase: 'starting' });
    sockets.last.say({ ...common, type: 'presenter-mode-changed', by, seq: 11, on: true });
    await tick();
    choose();
    await expect(sharing).rejects.toMatchObject({ code: 'presenter-mode' });
    expect(fake.lights).toEqual([]);
    expect(store.screenShare.value).toEqual({ phase: 'off' });
  });

  it('puts away what is chosen after one had stopped, or left', async () => {
    const { store, api } = await inCall();
    let choose = (): void => {};
    fake.hold = new Promise((resolve) => (choose = resolve));
    const sharing = store.setScreenShare(true);
    await tick();
    api.on('call-leave', { seq: 11, exit: { reason: 'left', at: 1, next: 'rejoin' } } as never);
    await store.leave();
    choose();
    await sharing;
    expect(fake.lights).toEqual([]);
    await expect(store.setScreenShare(true)).rejects.toMatchObject({ code: 'session-missing' });
  });

  it('goes out with the stay', async () => {
    const { store, sockets } = await inCall();
    await store.setScreenShare(true);
    sockets.last.say({ type: 'over', exit: { reason: 'removed', at: 5, next: 'none' } });
    await tick();
    expect(store.connection.value.phase).toBe('out');
    expect(fake.lights).toEqual([]);
    expect(store.screens.value).toEqual([]);
  });
});

describe('others\u2019 screens', () => {
  it('are shown in the order in which they came, of those who are in the call', async () => {
    const { store, link, facts } = await inCall();
    link.hear?.media(identity(3), { screen: picture('c') });
    link.hear?.media(identity(9), { screen: picture('x') });
    link.hear?.media(identity(2), { screen: picture('b') });
    expect(store.screens.value).toEqual([identity(3), identity(2)]);
    link.hear?.media(identity(3), { screen: undefined });
    expect(store.screens.value).toEqual([identity(2)]);
    expect(screensOf(facts)).toEqual([
      ['Person 3', true],
      ['Person 2', true],
      ['Person 3', false],
    ]);
  });

  it('go with whoever leaves, without a word of their own', async () => {
    const { store, link, sockets, facts } = await inCall();
    link.hear?.media(identity(2), { screen: picture('b') });
    const {
      connection: _,
      joinedAt: __,
      ...participant
    } = {
      ...{ ...by, identity: identity(2), name: 'Person 2', person: 'person-2' },
      ...{ connection: 1, joinedAt: 1 },
    };
    sockets.last.say({ ...common, type: 'participant-left', seq: 11, participant, reason: 'left' });
    await tick();
    link.hear?.mediaGone(identity(2));
    expect(store.screens.value).toEqual([]);
    expect(screensOf(facts)).toEqual([['Person 2', true]]);
  });
});
