import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccessList } from '../../../src/protocol/invitation.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import { entered, knocker, person } from '../../fakes/core-fakes.ts';
import { by, common, inCall, tick } from './host-in-call.ts';

const list = (seq: number): AccessList => ({
  seq,
  link: { access: 'off' },
  invitations: [],
  passes: [],
  excluded: [],
});
const known = (seq: number) => ({ phase: 'known', list: list(seq) });
const link = (seq: number) => ({
  ...common,
  seq,
  type: 'link-changed',
  access: 'knock',
  cause: 'host',
});

async function watched() {
  const room = await inCall();
  room.api.on('access-list', list(10));
  const watch = new AbortController();
  room.store.watchAccess(watch.signal);
  await tick();
  const asked = (): number => room.api.count('access-list');
  return { ...room, watch, asked };
}

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('the access list', () => {
  it('is loaded when somebody watches it, and put away when nobody does any more', async () => {
    const { store, api } = await inCall();
    api.on('access-list', list(10));
    expect(store.accessList.value).toEqual({ phase: 'unknown' });
    const watches = [new AbortController(), new AbortController()];
    for (const { signal } of watches) store.watchAccess(signal);
    expect(store.accessList.value).toEqual({ phase: 'loading' });
    await tick();
    expect(store.accessList.value).toEqual(known(10));
    expect(api.count('access-list')).toBe(1);
    watches[0]?.abort();
    expect(store.accessList.value).toEqual(known(10));
    watches[1]?.abort();
    expect(store.accessList.value).toEqual({ phase: 'unknown' });
  });

  it('is nothing to whoever has stopped watching before', async () => {
    const { store, api } = await inCall();
    store.watchAccess(AbortSignal.abort());
    await tick();
    expect(store.accessList.value).toEqual({ phase: 'unknown' });
    expect(api.count('access-list')).toBe(0);
  });

  it("is no guest's to know", async () => {
    const { store, api } = await inCall([], 'guest');
    store.watchAccess(new AbortController().signal);
    await tick(60_000);
    expect(store.accessList.value).toEqual({ phase: 'unknown' });
    expect(api.count('access-list')).toBe(0);
  });

  it('is loaded again when an event touches it', async () => {
    const { store, api, sockets, asked } = await watched();
    api.on('access-list', list(11));
    sockets.last.say(link(11));
    await tick(250);
    expect(store.accessList.value).toEqual(known(11));
    expect(asked()).toBe(2);
    await tick(60_000);
    expect(asked()).toBe(2);
  });

  it('is not loaded again for knocks that let nobody in', async () => {
    const { sockets, asked } = await watched();
    const knock = knocker(5);
    sockets.last.say({ ...common, seq: 11, type: 'knock-received', knock });
    sockets.last.say({ ...common, seq: 12, type: 'knock-denied', knock, by });
    sockets.last.say({ ...common, seq: 13, type: 'knock-over', knock, reason: 'expired' });
    await tick(1_000);
    expect(asked()).toBe(1);
  });

  it('asks once for what came in a burst, one question at a time, and the latest wins', async () => {
    const { store, api, sockets, asked } = await watched();
    let answer = (_list: AccessList): void => {};
    const slow = new Promise<AccessList>((given) => (answer = given));
    api.on('access-list', slow, list(14));
    for (const seq of [11, 12]) sockets.last.say(link(seq));
    await tick(250);
    expect(asked()).toBe(2);
    for (const seq of [13, 14]) sockets.last.say(link(seq));
    await tick(5_000);
    expect(asked()).toBe(2);
    answer(list(12));
    await tick();
    expect(store.accessList.value).toEqual(known(12));
    await tick(250);
    expect(store.accessList.value).toEqual(known(14));
    await tick(60_000);
    expect(asked()).toBe(3);
  });

  it('is right after a reconnect that brought a new snapshot', async () => {
    const { store, api, link: media } = await watched();
    api.on('call-resume', {
      ...entered(20, [person(1, { role: 'host' })]),
      me: { ...by, access: 'host' },
    });
    api.on('access-list', list(20));
    media.hear?.state('lost');
    await tick(1_000);
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(store.accessList.value).toEqual(known(20));
  });

  it('keeps what it knew when it can not be had, and tries again', async () => {
    const { store, api, sockets, asked } = await watched();
    const error = new MeetingError('storage-unreachable', 'No database.');
    api.on('access-list', error, list(11));
    sockets.last.say(link(11));
    await tick(250);
    expect(store.accessList.value).toEqual({ phase: 'failed', error, list: list(10) });
    expect(asked()).toBe(2);
    await tick(2_000);
    expect(store.accessList.value).toEqual(known(11));
  });

  it('waits for a change when the server will not say it', async () => {
    const { store, api, sockets, asked } = await watched();
    const error = new MeetingError('forbidden', 'No.');
    api.on('access-list', error, list(12));
    sockets.last.say(link(11));
    await tick(60_000);
    expect(store.accessList.value).toMatchObject({ phase: 'failed', error });
    expect(asked()).toBe(2);
    sockets.last.say(link(12));
    await tick(250);
    expect(store.accessList.value).toEqual(known(12));
  });

  it('is tried again at once when the page wakes', async () => {
    const { store, api, page, sockets } = await watched();
    api.on('access-list', new MeetingError('server-unreachable', 'Nothing.'), list(11));
    sockets.last.say(link(11));
    await tick(250);
    page.wake();
    await tick();
    expect(store.accessList.value).toEqual(known(11));
  });

  it('is forgotten at once by a host who is one no more, and known again later', async () => {
    const { store, api, sockets } = await watched();
    const demoted = { ...by, role: 'guest' };
    sockets.last.say({ ...common, seq: 11, type: 'role-changed', participant: demoted, by });
    expect(store.accessList.value).toEqual({ phase: 'unknown' });
    api.on('access-list', list(12));
    sockets.last.say({ ...common, seq: 12, type: 'role-changed', participant: by, by });
    await tick();
    expect(store.accessList.value).toEqual(known(12));
  });

  it('is forgotten with the stay, and leaves nothing behind', async () => {
    const { store, sockets, page } = await watched();
    sockets.last.say({ type: 'over', exit: { reason: 'removed', at: 1, next: 'none', by } });
    await tick();
    expect(store.accessList.value).toEqual({ phase: 'unknown' });
    expect(page.listeners).toBe(1);
    store.dispose();
    await tick();
    expect(page.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
