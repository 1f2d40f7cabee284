import { computed } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../../src/protocol/participant.ts';
import { entered, identity, knocker, person } from '../../fakes/core-fakes.ts';
import { by, common, inCall, tick } from './host-in-call.ts';

const changed = (seq: number, n: number, role: Role) => {
  const { joinedAt: _joinedAt, connection: _connection, ...participant } = person(n, { role });
  return { ...common, seq, type: 'role-changed', participant, by };
};
const yes = { allowed: true };
const no = (why: string) => ({ allowed: false, why });

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('a role that changes', () => {
  it('is followed for everybody, and told', async () => {
    const { store, sockets, facts } = await inCall();
    sockets.last.say(changed(11, 2, 'host'));
    expect(store.participant(identity(2)).value?.role).toBe('host');
    expect(store.roster.value).toEqual([identity(1), identity(2), identity(3)]);
    expect(store.me.value?.role).toBe('host');
    expect(facts.at(-1)).toMatchObject({ type: 'role-changed', by: { name: 'Person 1' } });
    sockets.last.say(changed(12, 2, 'guest'));
    expect(store.participant(identity(2)).value?.role).toBe('guest');
  });

  it('is nothing to the roster for whoever is not in it', async () => {
    const { store, sockets } = await inCall();
    sockets.last.say(changed(11, 9, 'host'));
    expect(store.participant(identity(9)).value).toBeUndefined();
  });

  it('makes oneself a host at once; the knocks come with the snapshot', async () => {
    const { store, api, sockets } = await inCall([], 'guest');
    sockets.last.say(changed(11, 1, 'host'));
    expect(store.me.value).toMatchObject({ role: 'host', access: 'host' });
    expect(store.participant(identity(1)).value?.role).toBe('host');
    const roster = [person(1, { role: 'host' }), person(2), person(3)];
    const me = { ...by, access: 'host' as const };
    api.on('call-resume', { ...entered(11, roster), me, knocks: [knocker(5)] });
    sockets.last.say({ type: 'snapshot-needed' });
    await tick(1_000);
    expect(store.knocks.value).toHaveLength(1);
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it("takes a host's knowledge away with the role", async () => {
    const { store, sockets, types } = await inCall([knocker(5), knocker(6)]);
    sockets.last.say(changed(11, 1, 'guest'));
    expect(store.me.value).toMatchObject({ role: 'guest', access: 'always' });
    expect(store.knocks.value).toEqual([]);
    expect(store.accessList.value).toEqual({ phase: 'unknown' });
    expect(types().at(-1)).toBe('role-changed');
  });
});

describe('explaining', () => {
  it('allows hosts what the server would allow them', async () => {
    const { store } = await inCall();
    expect(store.explain('room-lock')).toEqual(yes);
    expect(store.explain('participant-remove', identity(2))).toEqual(yes);
    expect(store.explain('participant-remove', identity(1))).toEqual(no('not-yourself'));
    expect(store.explain('role-set', identity(2), { role: 'host' })).toEqual(yes);
    expect(store.explain('role-set', identity(1), { role: 'guest' })).toEqual(no('last-host'));
  });

  it('says to guests that they are no hosts', async () => {
    const { store } = await inCall([], 'guest');
    expect(store.explain('call-end')).toEqual(no('not-host'));
    expect(store.explain('call-leave')).toEqual(yes);
  });

  it('says to whoever is not in the call that they are not', async () => {
    const { store, sockets } = await inCall();
    sockets.last.say({ type: 'over', exit: { reason: 'ended', at: 1, next: 'enter' } });
    expect(store.me.value?.role).toBe('host');
    expect(store.explain('call-end')).toEqual(no('session-missing'));
    expect(store.explain('call-leave')).toEqual(no('session-missing'));
  });

  it('is heard of when it changes, and only then', async () => {
    const { store, sockets } = await inCall();
    let times = 0;
    const last = computed(() => {
      times += 1;
      return store.explain('role-set', identity(1), { role: 'guest' });
    });
    const lock = computed(() => store.explain('room-lock'));
    const end = [last, lock].map((each) => each.subscribe(() => {}));
    const before = lock.value;
    sockets.last.say(changed(11, 2, 'host'));
    expect(last.value).toEqual(yes);
    sockets.last.say(changed(12, 1, 'guest'));
    expect(lock.value).toEqual(no('not-host'));
    expect(before).toEqual(yes);
    expect(times).toBe(3);
    for (const each of end) each();
  });
});
