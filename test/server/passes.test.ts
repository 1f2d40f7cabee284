import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASS_TTL, RESTORE_TTL } from '../../src/protocol/limits.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { readSeat } from '../../src/server/rules/seats.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

const LOCKED = { code: 'room-locked' };

describe.each(STORAGES)('A pass on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
  });
  afterAll(() => rig.close());

  const lock = (room: string, { session }: Entered, locked: boolean) =>
    rig.call('room-lock', room, { locked }, session);
  const leave = (room: string, { session }: Entered) => rig.call('call-leave', room, {}, session);
  const resume = (room: string, { session }: Entered) => rig.call('call-resume', room, {}, session);
  const revoke = (room: string, { session }: Entered, { me }: Entered) =>
    rig.call('pass-revoke', room, { identity: me.identity }, session);
  const passes = async (room: string, { session }: Entered) =>
    (await rig.call('access-list', room, {}, session)).passes;

  /** A locked room with a host in it, and a guest who came while it was open. */
  async function hosted() {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    await rig.connect(host);
    await lock(room, host, false);
    const visitor = newVisitor();
    const gil = await rig.enter(room, { visitor, name: 'Gil' });
    await rig.connect(gil);
    await lock(room, host, true);
    return { room, host, gil, visitor };
  }

  it('is told with the leaving, and listed until it runs out', async () => {
    const { room, host, gil } = await hosted();
    const { until } = await leave(room, gil);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'participant-left',
      reason: 'left',
      until,
    });
    expect(await passes(room, host)).toEqual([
      { participant: expect.objectContaining({ name: 'Gil' }) as object, until },
    ]);
    rig.clock.advance(PASS_TTL);
    expect(await passes(room, host)).toEqual([]);
  });

  it('is not given to whose invitation was withdrawn while they were in', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    await rig.connect(host);
    const { invitation, key } = await rig.call(
      'invitation-create',
      room,
      { name: 'Gil', access: 'always' },
      host.session,
    );
    const gil = await rig.enter(room, { key });
    await rig.connect(gil);
    await rig.call('invitation-revoke', room, { id: invitation.id }, host.session);
    expect(await leave(room, gil)).not.toHaveProperty('until');
    expect(await passes(room, host)).toEqual([]);
    const left = { code: 'admission-over', reason: 'left', next: 'enter' };
    expect(await refusal(resume(room, gil))).toEqual(left);
  });

  it('is nothing that a drop gives', async () => {
    const { room, host, gil } = await hosted();
    await rig.reconciled(room);
    await rig.disconnect(gil, { saidGoodbye: true });
    await rig.pass(3_000, room);
    const left = (await rig.events(room, host.session)).at(-1);
    expect(left).toMatchObject({ type: 'participant-left' });
    expect(left).not.toHaveProperty('until');
    expect(await passes(room, host)).toEqual([]);
  });

  it('that is revoked leads no further than to knock, by session and by browser', async () => {
    const { room, host, gil, visitor } = await hosted();
    await leave(room, gil);
    const { seq } = await revoke(room, host, gil);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'pass-revoked',
      seq,
      participant: { name: 'Gil' },
      by: { name: 'Hanna' },
    });
    expect(await refusal(resume(room, gil))).toEqual({
      code: 'admission-over',
      reason: 'left',
      next: 'knock',
    });
    expect(await refusal(rig.enter(room, { visitor }))).toEqual(LOCKED);
    expect((await rig.knock(room, { visitor })).knock.removedBefore).toBe(false);
    expect(await refusal(revoke(room, host, gil))).toEqual({ code: 'pass-not-found' });
  });

  it('that is revoked leads to the join screen who may go straight in', async () => {
    const { room, host, gil } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    for (const stay of [max, gil]) {
      await leave(room, stay);
      await revoke(room, host, stay);
    }
    expect(await refusal(resume(room, max))).toMatchObject({ next: 'enter' });
    await lock(room, host, false);
    expect(await refusal(resume(room, gil))).toMatchObject({ next: 'enter' });
  });

  it('is revoked for the person, whichever window they left', async () => {
    const { room, host, gil, visitor } = await hosted();
    const beside = await rig.enter(room, { visitor, again: 'beside' });
    for (const stay of [gil, beside]) await leave(room, stay);
    expect(await passes(room, host)).toHaveLength(1);
    await revoke(room, host, gil);
    expect(await refusal(resume(room, beside))).toMatchObject({ next: 'knock' });
    expect(await passes(room, host)).toEqual([]);
  });

  it('is good for one way back', async () => {
    const { room, host, gil, visitor } = await hosted();
    await leave(room, gil);
    await rig.enter(room, { visitor });
    expect(await passes(room, host)).toEqual([]);
    expect(await refusal(resume(room, gil))).toMatchObject({ reason: 'left', next: 'knock' });
  });

  it('is not found of somebody in the call, of a knocker, or elsewhere', async () => {
    const { room, host, gil } = await hosted();
    const other = await hosted();
    await leave(other.room, other.gil);
    const { knock } = await rig.knock(room);
    for (const { identity } of [gil.me, other.gil.me, knock]) {
      const refused = rig.call('pass-revoke', room, { identity }, host.session);
      expect(await refusal(refused)).toEqual({ code: 'pass-not-found' });
    }
  });

  it('of a removal that was undone can be revoked, too', async () => {
    const { room, host, gil, visitor } = await hosted();
    const { identity } = gil.me;
    await rig.call('participant-remove', room, { identity }, host.session);
    await rig.call('participant-restore', room, { identity }, host.session);
    expect(await passes(room, host)).toMatchObject([{ until: rig.clock.now() + RESTORE_TTL }]);
    await revoke(room, host, gil);
    expect(await refusal(rig.enter(room, { visitor }))).toEqual(LOCKED);
  });

  it('is void after a removal and after the end of the call', async () => {
    const { room, host, gil } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    for (const stay of [gil, max]) await leave(room, stay);
    const { identity } = gil.me;
    await rig.call('participant-remove', room, { identity }, host.session);
    expect(await passes(room, host)).toMatchObject([{ participant: { person: 'max' } }]);
    await rig.call('call-end', room, { keepMe: true }, host.session);
    expect(await passes(room, host)).toEqual([]);
  });

  it('abuse 12: no session of a call that ended is good again, in the next call either', async () => {
    const { room, host, gil } = await hosted();
    await rig.call('call-end', room, {}, host.session);
    const again = await rig.enter(room, { access: 'host', sub: 'hanna' });
    for (const [stay, next] of [
      [host, 'enter'],
      [gil, 'knock'],
    ] as const) {
      const over = { code: 'admission-over', reason: 'ended', next };
      for (const takeOver of [false, true]) {
        expect(await refusal(rig.call('call-resume', room, { takeOver }, stay.session))).toEqual(
          over,
        );
      }
      expect(await refusal(rig.call('events', room, { after: '0' }, stay.session))).toEqual(over);
      const seat = readSeat(rig.storage.db, stay.me.identity, rig.clock.now());
      expect(await refusal(seat)).toMatchObject({ reason: 'ended' });
    }
    await lock(room, again, false);
    expect(await refusal(resume(room, gil))).toMatchObject({ reason: 'ended', next: 'enter' });
  });

  it('abuse 13: what was open when somebody asked is closed when they come, or come back', async () => {
    const { room, host, gil, visitor } = await hosted();
    await lock(room, host, false);
    const other = newVisitor();
    const check = await rig.call('call-check', room, { visitor: other });
    expect(check.access).toBe('always');
    await leave(room, gil);
    await revoke(room, host, gil);
    await lock(room, host, true);
    for (const browser of [other, visitor]) {
      expect(await refusal(rig.enter(room, { visitor: browser }))).toEqual(LOCKED);
    }
    // Their LiveKit token is from before, and still says who they are; the seat says no.
    const seat = readSeat(rig.storage.db, gil.me.identity, rig.clock.now());
    expect(await refusal(seat)).toMatchObject({ code: 'admission-over' });
  });

  it('abuse 14: whoever left before the room was locked is back within 2 minutes, or knocks', async () => {
    const { room, host, visitor, gil } = await hosted();
    await lock(room, host, false);
    await leave(room, gil);
    await lock(room, host, true);
    rig.clock.advance(PASS_TTL - 1);
    const back = await rig.enter(room, { visitor });
    await leave(room, back);
    rig.clock.advance(PASS_TTL);
    expect(await refusal(rig.enter(room, { visitor }))).toEqual(LOCKED);
    expect(await refusal(resume(room, back))).toMatchObject({ next: 'knock' });
  });
});
