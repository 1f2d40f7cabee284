import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

describe.each(STORAGES)('A role on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  /** A room with a host and a guest in the call. */
  async function hosted(): Promise<{ room: string; host: Entered; max: Entered }> {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    for (const stay of [host, max]) await rig.connect(stay);
    return { room, host, max };
  }

  const set = (room: string, by: Entered, { me }: Entered, role: 'guest' | 'host') =>
    rig.call('role-set', room, { identity: me.identity, role }, by.session);
  const me = async (room: string, { session }: Entered) =>
    (await rig.call('call-resume', room, {}, session)).me;
  const lock = (room: string, { session }: Entered) =>
    rig.call('room-lock', room, { locked: true }, session);

  it('is given by a host, told to all, and good at once', async () => {
    const { room, host, max } = await hosted();
    expect(await refusal(lock(room, max))).toEqual({ code: 'not-host' });
    const { seq } = await set(room, host, max, 'host');
    const { events } = await rig.call('events', room, { after: '2' }, max.session);
    expect(events).toMatchObject([
      {
        type: 'role-changed',
        seq,
        participant: { name: 'Max', role: 'host' },
        by: { name: 'Hanna' },
      },
    ]);
    await lock(room, max);
    expect(await me(room, max)).toMatchObject({ role: 'host', access: 'host' });
    expect(await set(room, host, max, 'host')).toEqual({ seq });
  });

  it('that was given outlives a reload and leaving; that was taken does, too', async () => {
    const { room, host, max } = await hosted();
    await set(room, host, max, 'host');
    await rig.call('call-leave', room, {}, max.session);
    expect(await me(room, max)).toMatchObject({ role: 'host' });
    await set(room, host, max, 'guest');
    await rig.call('call-leave', room, {}, max.session);
    expect(await me(room, max)).toMatchObject({ role: 'guest', access: 'always' });
    await rig.call('call-leave', room, {}, max.session);
    const again = await rig.enter(room, { access: 'always', sub: 'max' });
    expect(again.me.role).toBe('guest');
  });

  it('is the person’s in every window, and in one that they left', async () => {
    const { room, host, max } = await hosted();
    const beside = await rig.enter(room, { access: 'always', sub: 'max', again: 'beside' });
    await set(room, host, max, 'host');
    expect(await me(room, beside)).toMatchObject({ role: 'host' });
    await rig.call('call-leave', room, {}, beside.session);
    await set(room, host, max, 'guest');
    expect(await me(room, beside)).toMatchObject({ role: 'guest', access: 'always' });
    const told = (await rig.events(room, host.session)).filter(
      ({ type }) => type === 'role-changed',
    );
    expect(told).toHaveLength(3);
    expect(told[0]?.id).toBe(told[1]?.id);
  });

  it('is not taken from the last host, by themselves or by code', async () => {
    const { room, host, max } = await hosted();
    // A second window is no second host.
    await rig.enter(room, { access: 'host', sub: 'hanna', again: 'beside' });
    const input = { identity: host.me.identity, role: 'guest' } as const;
    expect(await refusal(set(room, host, host, 'guest'))).toEqual({ code: 'last-host' });
    await set(room, host, max, 'host');
    await set(room, host, host, 'guest');
    expect(await refusal(rig.call('role-set', room, input, host.session))).toEqual({
      code: 'not-host',
    });
    expect(await refusal(set(room, max, max, 'guest'))).toEqual({ code: 'last-host' });
  });

  it('counts a host who dropped as one who is still there', async () => {
    const { room, host, max } = await hosted();
    await set(room, host, max, 'host');
    await rig.disconnect(max);
    await set(room, host, host, 'guest');
    expect(await me(room, max)).toMatchObject({ role: 'host' });
  });

  it('is for who is in: not for a knocker, somebody out, or somebody elsewhere', async () => {
    const { room, host, max } = await hosted();
    const other = await hosted();
    const { knock } = await rig.knock(room);
    const identities = [knock.identity, other.max.me.identity, `p_${'x'.repeat(22)}`];
    for (const identity of identities) {
      const input = { identity, role: 'host' } as const;
      expect(await refusal(rig.call('role-set', room, input, host.session))).toEqual({
        code: 'participant-not-found',
      });
    }
    await rig.call('call-leave', room, {}, max.session);
    expect(await refusal(set(room, host, max, 'host'))).toMatchObject({
      code: 'participant-out',
      reason: 'left',
    });
  });

  it('that was taken ends the looking at knockers', async () => {
    const { room, host, max } = await hosted();
    await set(room, host, max, 'host');
    const { knock, session } = await rig.knock(room);
    await rig.call('knock-camera', room, { on: true }, session);
    const { identity } = knock;
    await rig.call('knock-look', room, { identity }, max.session);
    const looks = () =>
      rig.storage.db.selectFrom('seats').select('identity').where('kind', '=', 'look').execute();
    expect(await looks()).toHaveLength(1);
    await set(room, host, max, 'guest');
    expect(await looks()).toEqual([]);
    expect(await refusal(rig.call('knock-look', room, { identity }, max.session))).toEqual({
      code: 'not-host',
    });
  });

  it('abuse 15: a guest puts nobody out, a host not themselves, and a room keeps a host', async () => {
    const { room, host, max } = await hosted();
    const remove = (by: Entered, { me: { identity } }: Entered) =>
      rig.call('participant-remove', room, { identity }, by.session);
    expect(await refusal(remove(max, host))).toEqual({ code: 'not-host' });
    expect(await refusal(remove(host, host))).toEqual({ code: 'not-yourself' });
    expect(await refusal(set(room, host, host, 'guest'))).toEqual({ code: 'last-host' });
    expect(await me(room, host)).toMatchObject({ role: 'host' });
  });
});
