import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import type { LastHost } from '../../src/server/policy.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

const MINUTE = 60_000;
const SERVER = { kind: 'server' };

const POLICIES: readonly LastHost[] = ['stay', 'lock', { endAfter: 5 * MINUTE }];

describe.each(STORAGES)('The last host on $name', ({ open }) => {
  const rigs = new Map<LastHost, Rig>();
  beforeAll(async () => {
    for (const lastHost of POLICIES) {
      const rig = await Rig.open(open, { lastHost });
      rig.start();
      rigs.set(lastHost, rig);
    }
  });
  afterAll(() => Promise.all([...rigs.values()].map((rig) => rig.close())));

  /** An open room with a host and two guests in its call. */
  async function hosted(index: number) {
    const rig = rigs.get(POLICIES[index] ?? 'stay');
    if (!rig) throw new Error('There is no such rig.');
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    const mia = await rig.enter(room, { access: 'always', sub: 'mia', name: 'Mia' });
    for (const stay of [host, max, mia]) await rig.connect(stay);
    await rig.rooms.setLocked(room, false);
    const leave = ({ session }: Entered) => rig.call('call-leave', room, {}, session);
    const last = async () => (await rig.events(room, max.session)).at(-1);
    const isIn = async ({ session }: Entered) => {
      const { code } = await refusal(rig.call('call-resume', room, {}, session)).catch(() => ({
        code: 'in',
      }));
      return code === 'in';
    };
    return { rig, room, host, max, mia, leave, last, isIn };
  }

  it('who goes changes nothing when nothing was decided', async () => {
    const { rig, room, host, max, leave, last, isIn } = await hosted(0);
    await leave(host);
    expect(await last()).toMatchObject({ type: 'participant-left' });
    await rig.pass(9 * MINUTE, room);
    expect((await rig.room(room)).locked).toBe(false);
    expect(await isIn(max)).toBe(true);
  });

  it('who leaves locks an open room, told as the server’s doing', async () => {
    const { rig, room, host, leave, last } = await hosted(1);
    await leave(host);
    expect(await last()).toMatchObject({ type: 'room-locked', cause: 'no-host', by: SERVER });
    expect((await rig.room(room)).locked).toBe(true);
    expect(await refusal(rig.enter(room))).toEqual({ code: 'room-locked' });
  });

  it('who drops, or is a guest again, locks it, too', async () => {
    const dropping = await hosted(1);
    await dropping.rig.reconciled(dropping.room);
    await dropping.rig.disconnect(dropping.host, { saidGoodbye: true });
    await dropping.rig.pass(3_000, dropping.room);
    expect(await dropping.last()).toMatchObject({ type: 'room-locked', cause: 'no-host' });
    const { rig, room, host, last } = await hosted(1);
    // Another host is admitted, but not in the call.
    const ines = await rig.enter(room, { access: 'host', sub: 'ines' });
    const input = { identity: host.me.identity, role: 'guest' } as const;
    await rig.call('role-set', room, input, ines.session);
    expect(await last()).toMatchObject({ type: 'room-locked', cause: 'no-host' });
  });

  it('who goes when another host is in, or nobody else is, locks nothing', async () => {
    const { rig, room, host, max, mia, leave, last } = await hosted(1);
    const input = { identity: max.me.identity, role: 'host' } as const;
    await rig.call('role-set', room, input, host.session);
    await leave(host);
    expect(await last()).toMatchObject({ type: 'participant-left' });
    await leave(mia);
    await leave(max);
    expect((await rig.room(room)).locked).toBe(false);
  });

  it('who only goes on in another window has not gone', async () => {
    const { rig, room } = await hosted(1);
    await rig.enter(room, { access: 'host', sub: 'hanna', again: 'take-over' });
    expect((await rig.room(room)).locked).toBe(false);
  });

  it('who does not come back in time ends the call for everybody', async () => {
    const { rig, room, host, max, mia, leave, isIn } = await hosted(2);
    await leave(host);
    await rig.pass(5 * MINUTE - 1, room);
    expect(await isIn(max)).toBe(true);
    const { epoch } = await rig.room(room);
    await rig.pass(1, room);
    for (const stay of [max, mia]) {
      expect(await refusal(rig.call('call-resume', room, {}, stay.session))).toMatchObject({
        reason: 'ended',
      });
    }
    expect((await rig.room(room)).epoch).toBe(epoch + 1);
    const again = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const told = await rig.events(room, again.session);
    expect(told.find(({ type }) => type === 'call-ended')).toMatchObject({
      cause: 'no-host',
      by: SERVER,
      keptHost: false,
    });
  });

  it.each(['the host is back', 'another host comes', 'a guest is made host'])(
    'is waited for no longer when %s',
    async (what) => {
      const { rig, room, host, max, leave, isIn } = await hosted(2);
      await leave(host);
      if (what.startsWith('the')) {
        await rig.call('call-resume', room, {}, host.session);
        await rig.connect(host, 's_back');
      } else if (what.startsWith('another')) {
        await rig.connect(await rig.enter(room, { access: 'host', sub: 'ines' }));
      } else {
        await rig.call(
          'role-set',
          room,
          { identity: max.me.identity, role: 'host' },
          (await rig.enter(room, { access: 'host', sub: 'ines' })).session,
        );
      }
      await rig.pass(6 * MINUTE, room);
      expect(await isIn(max)).toBe(true);
    },
  );

  it('is not waited for on behalf of a call that began without one', async () => {
    const { rig, room, host, max, mia, leave } = await hosted(2);
    await leave(host);
    for (const stay of [max, mia]) await leave(stay);
    const next = await rig.enter(room, { access: 'always', sub: 'ann' });
    await rig.connect(next);
    await rig.pass(6 * MINUTE, room);
    expect((await rig.call('call-resume', room, {}, next.session)).me).toEqual(next.me);
  });

  it('is waited for while LiveKit cannot be asked, and the call ends all the same', async () => {
    const { rig, room, host, max, leave } = await hosted(2);
    await leave(host);
    rig.sfu.isAway = true;
    await rig.pass(5 * MINUTE, room);
    rig.sfu.isAway = false;
    expect(await refusal(rig.call('call-resume', room, {}, max.session))).toMatchObject({
      reason: 'ended',
    });
  });

  it('is not needed for a knock to wait', async () => {
    const { rig, room, host, leave } = await hosted(0);
    await rig.rooms.setLocked(room, true);
    const { knock } = await rig.knock(room);
    await leave(host);
    const again = await rig.enter(room, { access: 'host', sub: 'hanna' });
    expect(again.knocks.map(({ identity }) => identity)).toEqual([knock.identity]);
  });
});
