import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DROP_AFTER } from '../../src/protocol/limits.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { LOOK_AGAIN } from '../../src/server/reconciler.ts';
import { sfuRoomOf } from '../../src/server/rules/begin-stay.ts';
import { eventually } from '../e2e/eventually.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

describe.each(STORAGES)('Presence on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
  });
  afterAll(() => rig.close());

  async function together(): Promise<{ room: string; host: Entered; max: Entered }> {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    await rig.connect(host);
    await rig.connect(max);
    return { room, host, max };
  }

  const names = async (room: string) =>
    (await rig.rooms.get(room)).roster.map(({ person, connection }) => [person, connection]);

  it('of somebody put out does not begin with the join that LiveKit was at', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const { me } = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    await rig.call('participant-remove', room, { identity: me.identity }, host.session);
    await rig.reconciled(room);
    const sfuRoom = sfuRoomOf(await rig.room(room));
    rig.sfu.put(sfuRoom, me.identity);
    // Nobody tells: LiveKit sends no webhook for a join that never got to its media.
    rig.clock.advance(1_000);
    await eventually('the straggler is out', () => rig.sfu.identities(sfuRoom).length === 0);
  });

  it('begins when LiveKit has answered, not when the server has let somebody in', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    expect(await names(room)).toEqual([]);
    await rig.connect(host);
    expect(await names(room)).toEqual([['hanna', 'connected']]);
    await rig.connect(host, 's_again');
    expect((await rig.events(room, host.session)).map(({ type }) => type)).toEqual([
      'participant-joined',
    ]);
  });

  it('does not begin for a socket that has lost its seat', async () => {
    const { room, host, max } = await together();
    await rig.call('participant-remove', room, { identity: max.me.identity }, host.session);
    expect(await refusal(rig.connect(max))).toMatchObject({ code: 'admission-over' });
    expect(await names(room)).toEqual([['hanna', 'connected']]);
  });

  it('is reconnecting while the socket is away, and as before once it is back', async () => {
    const { room, host, max } = await together();
    const { seq } = await rig.room(room);
    await rig.disconnect(max, { stays: true });
    expect(await names(room)).toContainEqual(['max', 'reconnecting']);
    await rig.pass(15_000, room);
    await rig.connect(max);
    expect(await names(room)).toContainEqual(['max', 'connected']);
    await rig.pass(60_000, room);
    expect(await rig.events(room, host.session)).toHaveLength(seq);
  });

  it('ends 3 s after a goodbye', async () => {
    const { room, host, max } = await together();
    await rig.disconnect(max, { saidGoodbye: true });
    await rig.pass(2_999, room);
    expect(await names(room)).toContainEqual(['max', 'reconnecting']);
    await rig.pass(1, room);
    expect(await names(room)).toEqual([['hanna', 'connected']]);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'participant-left',
      reason: 'left',
      participant: { name: 'Max' },
    });
  });

  it('ends after 20 s of silence, and the person may still come back', async () => {
    const { room, host, max } = await together();
    await rig.disconnect(max);
    await rig.pass(19_999, room);
    expect(await names(room)).toContainEqual(['max', 'reconnecting']);
    await rig.pass(1, room);
    expect(await names(room)).toEqual([['hanna', 'connected']]);
    const left = (await rig.events(room, host.session)).at(-1);
    expect(left).toMatchObject({ type: 'participant-left', reason: 'network' });
    await rig.call('call-resume', room, {}, max.session);
    await rig.connect(max);
    expect(await names(room)).toContainEqual(['max', 'connected']);
    expect((await rig.events(room, host.session)).at(-1)?.type).toBe('participant-joined');
  });

  it('ends the stay after 10 minutes without a sign', async () => {
    const { room, host, max } = await together();
    await rig.disconnect(max);
    await rig.pass(20_000, room);
    await rig.pass(DROP_AFTER - 1, room);
    await rig.call('call-resume', room, {}, max.session);
    await rig.pass(1, room);
    expect(await refusal(rig.call('call-resume', room, {}, max.session))).toEqual({
      code: 'admission-over',
      reason: 'network',
      next: 'enter',
    });
    const lefts = (await rig.events(room, host.session)).filter(
      ({ type }) => type === 'participant-left',
    );
    expect(lefts).toHaveLength(1);
  });

  it('goes on while LiveKit still has somebody whose socket is away', async () => {
    const { room, max } = await together();
    await rig.disconnect(max, { stays: true });
    await rig.pass(60_000, room);
    expect(await names(room)).toContainEqual(['max', 'reconnecting']);
    rig.sfu.drop(sfuRoomOf(await rig.room(room)), max.me.identity);
    await rig.pass(1_000, room);
    expect(await names(room)).toEqual([['hanna', 'connected']]);
  });

  it('ends with the instance that held the socket', async () => {
    const { room, host, max } = await together();
    const sfuRoom = sfuRoomOf(await rig.room(room));
    await rig.storage.db
      .updateTable('seats')
      .set({ holder: 'i_dead' })
      .where('identity', '=', max.me.identity)
      .execute();
    rig.sfu.drop(sfuRoom, max.me.identity);
    await rig.pass(1_000, room);
    expect(await names(room)).toEqual([['hanna', 'connected']]);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({ reason: 'network' });
  });

  it('puts out whoever has no seat and the ghosts of identities, not machines', async () => {
    const { room, max } = await together();
    const sfuRoom = sfuRoomOf(await rig.room(room));
    const stranger = `p_${'s'.repeat(22)}`;
    rig.sfu.put(sfuRoom, stranger);
    rig.sfu.put(sfuRoom, `${max.me.identity}#x`);
    rig.sfu.put(sfuRoom, 'agent-1', true);
    await rig.pass(1_000, room);
    await eventually('strangers are out', () => !rig.sfu.identities(sfuRoom).includes(stranger));
    const left = rig.sfu.identities(sfuRoom);
    expect(left).toContain('agent-1');
    expect(left).toContain(max.me.identity);
    expect(left).not.toContain(`${max.me.identity}#x`);
  });

  it('sweeps the ghosts of a removed identity', async () => {
    const { room, host, max } = await together();
    const sfuRoom = sfuRoomOf(await rig.room(room));
    rig.sfu.put(sfuRoom, `${max.me.identity}#zz`);
    await rig.call('participant-remove', room, { identity: max.me.identity }, host.session);
    expect(rig.sfu.identities(sfuRoom)).toEqual([host.me.identity]);
  });

  it('is woken by a webhook for an empty room, too', async () => {
    const { room, host, max } = await together();
    const sfuRoom = sfuRoomOf(await rig.room(room));
    for (const stay of [host, max]) await rig.call('call-leave', room, {}, stay.session);
    await rig.pass(6_000, room);
    expect((await rig.room(room)).check_at).toBeNull();
    rig.clock.advance(LOOK_AGAIN);
    rig.sfu.put(sfuRoom, 'somebody');
    await rig.reconciler.wake(sfuRoom);
    await eventually('somebody is out', () => rig.sfu.identities(sfuRoom).length === 0);
  });

  it('is looked at once for all that LiveKit tells of at a time, and once more after it', async () => {
    const { room, host, max } = await together();
    const sfuRoom = sfuRoomOf(await rig.room(room));
    for (const stay of [host, max]) await rig.call('call-leave', room, {}, stay.session);
    await rig.pass(6_000, room);
    const { lists } = rig.sfu;
    for (let told = 0; told < 20; told += 1) await rig.reconciler.wake(sfuRoom);
    rig.sfu.put(sfuRoom, 'somebody');
    await rig.reconciler.wake(sfuRoom);
    // Turns of the reconciler at which this room is not due.
    for (const other of [newRoom(), newRoom()]) {
      await rig.enter(other, { access: 'host', sub: 'hanna' });
      await rig.reconciler.wake(sfuRoomOf(await rig.room(other)));
      await eventually('the reconciler looked', async () => {
        const { lease_until, check_at } = await rig.room(other);
        return lease_until === 0 && check_at !== null && check_at > rig.clock.now();
      });
    }
    expect(rig.sfu.identities(sfuRoom)).toEqual(['somebody']);
    expect(rig.sfu.lists - lists).toBeLessThan(10);
    rig.clock.advance(LOOK_AGAIN);
    await eventually('somebody is out', () => rig.sfu.identities(sfuRoom).length === 0);
  });

  it('is looked at again when LiveKit tells of more while it is looked at', async () => {
    const { room, host, max } = await together();
    const sfuRoom = sfuRoomOf(await rig.room(room));
    for (const stay of [host, max]) await rig.call('call-leave', room, {}, stay.session);
    await rig.pass(6_000, room);
    rig.clock.advance(LOOK_AGAIN);
    const told = new Promise<void>((resolve, reject) => {
      rig.sfu.afterLook(() => {
        rig.sfu.put(sfuRoom, 'somebody');
        rig.reconciler.wake(sfuRoom).then(resolve, reject);
      });
    });
    await rig.reconciler.wake(sfuRoom);
    await told;
    rig.clock.advance(LOOK_AGAIN);
    await eventually('somebody is out', () => rig.sfu.identities(sfuRoom).length === 0);
  });

  it('of nobody ends while LiveKit can not be asked', async () => {
    const { room, host, max } = await together();
    const { seq } = await rig.room(room);
    await rig.disconnect(max);
    rig.sfu.isAway = true;
    try {
      rig.clock.advance(120_000);
      await rig.beat();
      const before = rig.sfu.lists;
      await rig.reconciler.wake(sfuRoomOf(await rig.room(room)));
      await eventually('LiveKit was asked in vain', () => rig.sfu.lists >= before + 2);
      expect(await names(room)).toContainEqual(['max', 'reconnecting']);
      expect(await rig.events(room, host.session)).toHaveLength(seq);
    } finally {
      rig.sfu.isAway = false;
    }
    await rig.pass(1_000, room);
    expect(await names(room)).toEqual([['hanna', 'connected']]);
  });
});
