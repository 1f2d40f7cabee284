import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DROP_AFTER, PASS_TTL } from '../../src/protocol/limits.ts';
import { sfuRoomOf } from '../../src/server/rules/begin-stay.ts';
import { migrate } from '../../src/server/storage/migrations.ts';
import { refusal, Rig } from './support/rig.ts';
import { dump, STORAGES } from './support/storages.ts';
import { entryToken, newRoom, newVisitor } from './support/tokens.ts';

describe.each(STORAGES)('A stay on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  it('finds the schema as it is when migrated again, twice at once included', async () => {
    const room = newRoom();
    await rig.enter(room, { access: 'host', sub: 'hanna' });
    const before = await dump(rig.storage.db);
    await migrate(rig.storage.db);
    await Promise.all([migrate(rig.storage.db), migrate(rig.storage.db)]);
    expect(await dump(rig.storage.db)).toBe(before);
  });

  it('makes no room for a name that somebody only tries', async () => {
    const room = newRoom();
    const before = await dump(rig.storage.db);
    expect(await refusal(rig.enter(room))).toEqual({ code: 'room-locked' });
    expect(await refusal(rig.enter(room, { access: 'knock' }))).toEqual({ code: 'room-locked' });
    expect(await dump(rig.storage.db)).toBe(before);
  });

  it('gives a host, a member and nobody in particular what each may have', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    expect(host.me).toMatchObject({ role: 'host', access: 'host', name: 'Hanna', person: 'hanna' });
    expect(host.room).toEqual({ name: room, locked: true, presenterMode: false });
    const member = await rig.enter(room, { access: 'always', sub: 'max' });
    expect(member.me).toMatchObject({ role: 'guest', access: 'always' });
    expect(await refusal(rig.enter(room))).toEqual({ code: 'room-locked' });
    await rig.call('room-lock', room, { locked: false }, host.session);
    const guest = await rig.enter(room, { name: 'Gil' });
    expect(guest.me).toMatchObject({ role: 'guest', access: 'always', name: 'Gil' });
    expect(guest.me.person).toMatch(/^visitor_/);
    await rig.call('room-lock', room, { locked: true }, host.session);
    expect(await refusal(rig.enter(room))).toEqual({ code: 'room-locked' });
  });

  it('is in one room, whatever the case of the name', async () => {
    const room = newRoom();
    await rig.enter(room.toUpperCase(), { access: 'host', sub: 'hanna' });
    expect((await rig.enter(room, { access: 'always', sub: 'max' })).room.name).toBe(room);
    const rows = await rig.storage.db
      .selectFrom('rooms')
      .select('id')
      .where('name', 'ilike', room)
      .execute();
    expect(rows).toHaveLength(1);
  });

  it('beside another is one of its own, with an identity and a session of its own', async () => {
    const room = newRoom();
    const visit = { access: 'always', sub: 'max', visitor: newVisitor() } as const;
    const first = await rig.enter(room, visit);
    await rig.connect(first);
    const second = await rig.enter(room, { ...visit, again: 'beside' });
    expect(first.me.person).toBe(second.me.person);
    expect(first.me.identity).not.toBe(second.me.identity);
    expect(first.session).not.toBe(second.session);
  });

  it('comes back by its session as it was', async () => {
    const room = newRoom();
    const member = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    const back = await rig.call('call-resume', room, {}, member.session);
    expect(back.me).toEqual(member.me);
    expect(await refusal(rig.call('call-resume', room, {}, 'A'.repeat(43)))).toEqual({
      code: 'session-invalid',
    });
    const other = newRoom();
    await rig.enter(other, { access: 'host', sub: 'hanna' });
    for (const place of [other, newRoom()]) {
      expect(await refusal(rig.call('call-resume', place, {}, member.session))).toEqual({
        code: 'session-invalid',
      });
    }
  });

  it('leaves a pass of 2 minutes, for the session and for the person', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    await rig.call('room-lock', room, { locked: false }, host.session);
    const visitor = newVisitor();
    const first = await rig.enter(room, { visitor });
    await rig.call('room-lock', room, { locked: true }, host.session);

    const { until } = await rig.call('call-leave', room, {}, first.session);
    expect(until).toBe(rig.clock.now() + PASS_TTL);
    expect(await refusal(rig.call('call-leave', room, {}, first.session))).toEqual({
      code: 'admission-over',
      reason: 'left',
      next: 'rejoin',
    });
    rig.clock.advance(PASS_TTL - 1);
    expect((await rig.call('call-resume', room, {}, first.session)).me).toEqual(first.me);
    await rig.call('call-leave', room, {}, first.session);
    const second = await rig.enter(room, { visitor });
    expect(second.me.person).toBe(first.me.person);
    expect(await refusal(rig.enter(room))).toEqual({ code: 'room-locked' });

    await rig.call('call-leave', room, {}, second.session);
    rig.clock.advance(PASS_TTL);
    expect(await refusal(rig.call('call-resume', room, {}, second.session))).toEqual({
      code: 'admission-over',
      reason: 'left',
      next: 'knock',
    });
    expect(await refusal(rig.enter(room, { visitor }))).toEqual({ code: 'room-locked' });
  });

  it('tells of a takeover to the sockets of the page before, not to the new one', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    await rig.call('call-resume', room, {}, host.session);
    const generation = async () =>
      (
        await rig.storage.db
          .selectFrom('admissions')
          .select('generation')
          .where('person', '=', 'hanna')
          .where('room_id', '=', (await rig.room(room)).id)
          .executeTakeFirstOrThrow()
      ).generation;
    expect(await generation()).toBe(0);
    await rig.call('call-resume', room, { takeOver: true }, host.session);
    expect(await generation()).toBe(1);
  });

  it('tells everything that happened once, in order and without gaps', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    await rig.connect(host);
    await rig.connect(max);
    await rig.call('room-lock', room, { locked: false }, host.session);
    await rig.call('room-lock', room, { locked: false }, host.session);
    await rig.call('call-leave', room, {}, max.session);
    const events = await rig.events(room, host.session);
    expect(events.map(({ type }) => type)).toEqual([
      'participant-joined',
      'participant-joined',
      'room-unlocked',
      'participant-left',
    ]);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(4);
    expect(events[3]).toMatchObject({ reason: 'left', participant: { name: 'Max' }, room });
  });

  it('asks for a snapshot when the log no longer goes back far enough', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    for (const locked of [false, true, false]) {
      await rig.call('room-lock', room, { locked }, host.session);
    }
    const { id } = await rig.room(room);
    await rig.storage.db
      .deleteFrom('events')
      .where('room_id', '=', id)
      .where('seq', '<=', 2)
      .execute();
    await rig.storage.db.updateTable('rooms').set({ log_floor: 2 }).where('id', '=', id).execute();
    for (const after of ['0', '1']) {
      expect(await refusal(rig.call('events', room, { after }, host.session))).toEqual({
        code: 'snapshot-needed',
      });
    }
    const { events, seq } = await rig.call('events', room, { after: '2' }, host.session);
    expect([seq, events.map((event) => event.seq)]).toEqual([3, [3]]);
  });

  it('is over by the network after 10 minutes in which nobody came', async () => {
    const room = newRoom();
    rig.start();
    const member = await rig.enter(room, { access: 'always', sub: 'max' });
    await rig.pass(DROP_AFTER - 1, room);
    expect((await rig.call('call-resume', room, {}, member.session)).me).toEqual(member.me);
    await rig.pass(1, room);
    expect(await refusal(rig.call('call-resume', room, {}, member.session))).toEqual({
      code: 'admission-over',
      reason: 'network',
      next: 'enter',
    });
  });

  it('keeps its secrets as hashes only', async () => {
    const room = newRoom();
    const token = await entryToken({ room, access: 'host', now: rig.clock.now() });
    const host = await rig.enter(room, { token });
    const [, claims = '', signature = ''] = token.split('.');
    const everything = await dump(rig.storage.db);
    expect(everything).toContain(host.me.identity);
    for (const secret of [host.session, token, claims, signature, host.token]) {
      expect(everything).not.toContain(secret);
    }
    // A JWT; an id of random letters may well begin like one.
    expect(everything).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}\./);
    expect(sfuRoomOf(await rig.room(room))).not.toContain(room);
  });
});
