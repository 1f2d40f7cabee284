import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { sfuRoomOf } from '../../src/server/rules/begin-stay.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

const ENDED = { code: 'admission-over', reason: 'ended', next: 'enter' };

describe.each(STORAGES)('Ending the call on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
  });
  afterAll(() => rig.close());

  /** A room with a host, another host and two members in its call. */
  async function busy() {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const others: Entered[] = [];
    for (const sub of ['hugo', 'max', 'mia']) {
      const access = sub === 'hugo' ? 'host' : 'always';
      others.push(await rig.enter(room, { access, sub, name: sub }));
    }
    for (const stay of [host, ...others]) await rig.connect(stay);
    return { room, host, others };
  }

  const end = (room: string, { session }: Entered, keepMe?: boolean) =>
    rig.call('call-end', room, keepMe === undefined ? {} : { keepMe }, session);

  it('puts everybody out, other hosts and oneself included, and deletes the LiveKit room', async () => {
    const { room, host, others } = await busy();
    const before = await rig.room(room);
    expect(await end(room, host)).toEqual({ seq: before.seq + 5, settled: true, ended: 4 });
    for (const { session } of [host, ...others]) {
      expect(await refusal(rig.call('call-resume', room, {}, session))).toEqual(ENDED);
    }
    const after = await rig.room(room);
    expect(after.epoch).toBe(before.epoch + 1);
    expect(after.locked).toBe(before.locked);
    expect(await rig.sfu.listParticipants(sfuRoomOf(before))).toEqual([]);
    const again = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const events = (await rig.events(room, again.session)).slice(before.seq);
    expect(events[0]).toMatchObject({ type: 'call-ended', keptHost: false, by: { name: 'Hanna' } });
    expect(events.slice(1).map((event) => event.type)).toEqual(Array(4).fill('participant-left'));
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  });

  it('gives the next call a LiveKit room of its own', async () => {
    const { room, host } = await busy();
    const before = sfuRoomOf(await rig.room(room));
    await end(room, host);
    const again = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    const seat = await rig.storage.db
      .selectFrom('seats')
      .select('sfu_room')
      .where('identity', '=', again.me.identity)
      .executeTakeFirstOrThrow();
    expect(seat.sfu_room).toBe(sfuRoomOf(await rig.room(room)));
    expect(seat.sfu_room).not.toBe(before);
  });

  it('but me keeps this host alone in, in the same LiveKit room', async () => {
    const { room, host, others } = await busy();
    const before = await rig.room(room);
    expect(await end(room, host, true)).toEqual({ seq: before.seq + 4, settled: true, ended: 3 });
    for (const { session } of others) {
      expect(await refusal(rig.call('call-resume', room, {}, session))).toEqual(ENDED);
    }
    const { roster, me } = await rig.call('call-resume', room, {}, host.session);
    expect(roster.map(({ identity }) => identity)).toEqual([me.identity]);
    expect((await rig.room(room)).epoch).toBe(before.epoch);
    const there = await rig.sfu.listParticipants(sfuRoomOf(before));
    expect(there.map(({ identity }) => identity)).toEqual([host.me.identity]);
  });

  it('but me leaves nobody over whose join was on its way', async () => {
    const { room, host } = await busy();
    const late = await rig.enter(room, { access: 'always', sub: 'late', name: 'Late' });
    const sfuRoom = sfuRoomOf(await rig.room(room));
    rig.sfu.appearAfterLook(sfuRoom, late.me.identity);
    expect(await end(room, host, true)).toMatchObject({ settled: true });
    const there = await rig.sfu.listParticipants(sfuRoom);
    expect(there.map(({ identity }) => identity)).toEqual([host.me.identity]);
  });

  it('but me does not put out who comes in after it', async () => {
    const { room, host } = await busy();
    await end(room, host, true);
    const fresh = await rig.enter(room, { access: 'always', sub: 'mia', name: 'Mia' });
    await rig.connect(fresh);
    await rig.reconciled(room);
    const there = await rig.sfu.listParticipants(sfuRoomOf(await rig.room(room)));
    expect(there.map(({ identity }) => identity)).toContain(fresh.me.identity);
  });

  it.each([false, true])('voids passes (keepMe: %s)', async (keepMe) => {
    const { room, host, others } = await busy();
    const [gone] = others;
    await rig.call('call-leave', room, {}, gone?.session);
    await end(room, host, keepMe);
    const resumed = rig.call('call-resume', room, {}, gone?.session);
    expect(await refusal(resumed)).toEqual({
      code: 'admission-over',
      reason: 'left',
      next: 'enter',
    });
  });

  it.each([false, true])('abuse 22: tells those who wait (keepMe: %s)', async (keepMe) => {
    const { room, host } = await busy();
    const { session } = await rig.knock(room, { name: 'Kim' });
    await end(room, host, keepMe);
    expect(await refusal(rig.call('call-resume', room, {}, session))).toEqual({
      ...ENDED,
      next: 'knock',
    });
  });

  it('is carried out later when LiveKit does not answer, and says so', async () => {
    const { room, host } = await busy();
    const sfuRoom = sfuRoomOf(await rig.room(room));
    rig.sfu.isAway = true;
    expect(await end(room, host)).toMatchObject({ settled: false });
    rig.sfu.isAway = false;
    rig.clock.advance(5_000);
    expect(await rig.outbox.run()).toBe(true);
    expect(await rig.sfu.listParticipants(sfuRoom)).toEqual([]);
  });

  it('can be done by code, on a room without anybody in it, too', async () => {
    const room = newRoom();
    await rig.rooms.setLocked(room, false);
    expect(await rig.rooms.endCall(room)).toMatchObject({ ended: 0, settled: true });
  });
});
