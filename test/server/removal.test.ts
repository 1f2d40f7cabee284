import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASS_TTL, RESTORE_TTL } from '../../src/protocol/limits.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { entryToken, newRoom, newVisitor } from './support/tokens.ts';

const REMOVED = { code: 'admission-over', reason: 'removed', next: 'knock' };
const LOCKED = { code: 'room-locked' };

describe.each(STORAGES)('A removal on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  /** A room with a host in it. */
  async function hosted(): Promise<{ room: string; host: Entered }> {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    return { room, host };
  }

  const remove = (room: string, host: Entered, { me }: Entered, note?: string) =>
    rig.call('participant-remove', room, { identity: me.identity, note }, host.session);

  const restore = (room: string, host: Entered, { me }: Entered) =>
    rig.call('participant-restore', room, { identity: me.identity }, host.session);

  it('ends every stay of the person, a second tab included', async () => {
    const { room, host } = await hosted();
    const visit = { access: 'always', sub: 'max', name: 'Max' } as const;
    const tab = await rig.enter(room, visit);
    await rig.connect(tab);
    const second = await rig.enter(room, { ...visit, again: 'beside' });
    await rig.connect(second);
    const before = (await rig.room(room)).seq;

    const answer = await remove(room, host, tab, 'That is enough.');
    expect(answer).toEqual({ seq: before + 4, settled: true, locked: false });
    for (const { session } of [tab, second]) {
      expect(await refusal(rig.call('call-resume', room, {}, session))).toEqual(REMOVED);
      expect(await refusal(rig.call('events', room, { after: '0' }, session))).toEqual(REMOVED);
    }
    expect(await refusal(rig.enter(room, visit))).toEqual(LOCKED);
    const events = (await rig.events(room, host.session)).slice(before);
    expect(events.map(({ type }) => type)).toEqual([
      'participant-removed',
      'participant-left',
      'participant-removed',
      'participant-left',
    ]);
    expect(events[0]?.id).toBe(events[1]?.id);
    expect(events[2]?.id).toBe(events[3]?.id);
    expect(events[0]?.id).not.toBe(events[2]?.id);
    expect(events[0]).toMatchObject({ note: 'That is enough.', by: { name: 'Hanna' } });
    expect(events[1]).toMatchObject({ reason: 'removed', by: { name: 'Hanna' } });
    const out = rig.sfu.removed.map(({ identity }) => identity);
    expect(out).toEqual(expect.arrayContaining([tab.me.identity, second.me.identity]));
  });

  it('tells the person who it was, and what the host wrote', async () => {
    const { room, host } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await remove(room, host, max, 'Come back tomorrow.');
    await expect(rig.call('call-resume', room, {}, max.session)).rejects.toMatchObject({
      exit: {
        reason: 'removed',
        note: 'Come back tomorrow.',
        by: { name: 'Hanna' },
        next: 'knock',
      },
    });
  });

  it('says participant-removed alone of somebody who never got into the call', async () => {
    const { room, host } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await remove(room, host, max);
    const types = (await rig.events(room, host.session)).map(({ type }) => type);
    expect(types).toEqual(['participant-removed']);
  });

  it('voids what another tab left a moment ago', async () => {
    const { room, host } = await hosted();
    const visit = { access: 'always', sub: 'max', name: 'Max' } as const;
    const tab = await rig.enter(room, visit);
    await rig.connect(tab);
    const past = await rig.enter(room, { ...visit, again: 'beside' });
    await rig.call('call-leave', room, {}, past.session);
    await remove(room, host, tab);
    expect(await refusal(rig.call('call-resume', room, {}, past.session))).toEqual(REMOVED);
  });

  it('reaches somebody who has left: their pass is void', async () => {
    const { room, host } = await hosted();
    await rig.call('room-lock', room, { locked: false }, host.session);
    const visitor = newVisitor();
    const gil = await rig.enter(room, { visitor });
    await rig.call('call-leave', room, {}, gil.session);
    expect((await remove(room, host, gil)).locked).toBe(true);
    expect(await refusal(rig.call('call-resume', room, {}, gil.session))).toEqual(REMOVED);
    expect(await refusal(rig.enter(room, { visitor }))).toEqual(LOCKED);
  });

  it('outlives passes: exclusion ends by a host only', async () => {
    const { room, host } = await hosted();
    const visit = { access: 'host', sub: 'second host' } as const;
    await remove(room, host, await rig.enter(room, visit));
    rig.clock.advance(30 * 24 * 3_600_000);
    expect(await refusal(rig.enter(room, visit))).toEqual(LOCKED);
    const elsewhere = await rig.enter(newRoom(), visit);
    expect(elsewhere.me.role).toBe('host');
  });

  it('closes an entry token that names nobody, whoever shows it', async () => {
    const { room, host } = await hosted();
    const now = rig.clock.now();
    const shared = await entryToken({ room, access: 'always', now });
    const other = await entryToken({ room, access: 'always', now, name: 'Other' });
    const gil = await rig.enter(room, { token: shared });
    const others = await rig.enter(room, { token: shared });
    await remove(room, host, gil);
    expect(await refusal(rig.enter(room, { token: shared }))).toEqual(LOCKED);
    // Who came by it before is another person, and stays.
    expect((await rig.call('call-resume', room, {}, others.session)).me).toEqual(others.me);
    expect((await rig.enter(room, { token: other })).me.access).toBe('always');
  });

  it('closes an open public link, and says so', async () => {
    const { room, host } = await hosted();
    await rig.call('room-lock', room, { locked: false }, host.session);
    const gil = await rig.enter(room);
    expect(await remove(room, host, gil)).toMatchObject({ locked: true });
    expect(await refusal(rig.enter(room))).toEqual(LOCKED);
    const last = (await rig.events(room, host.session)).at(-1);
    expect(last).toMatchObject({ type: 'room-locked', cause: 'removal', by: { name: 'Hanna' } });
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    expect(await remove(room, host, max)).toMatchObject({ locked: false });
  });

  it('is refused for oneself, the second tab included', async () => {
    const { room, host } = await hosted();
    await rig.connect(host);
    const second = await rig.enter(room, { access: 'host', sub: 'hanna', again: 'beside' });
    for (const tab of [host, second]) {
      expect(await refusal(remove(room, host, tab))).toEqual({ code: 'not-yourself' });
    }
    const types = (await rig.events(room, host.session)).map(({ type }) => type);
    expect(types).toEqual(['participant-joined']);
  });

  it('is said to have happened already to the second host', async () => {
    const { room, host } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await remove(room, host, max);
    const { seq } = await rig.room(room);
    expect(await refusal(remove(room, host, max))).toMatchObject({
      code: 'participant-out',
      reason: 'removed',
    });
    expect((await rig.room(room)).seq).toBe(seq);
  });

  it('abuse 31: knows nobody of another room', async () => {
    const { room, host } = await hosted();
    const other = await hosted();
    const max = await rig.enter(other.room, { access: 'always', sub: 'max' });
    const nobody = `p_${'x'.repeat(22)}`;
    for (const identity of [max.me.identity, nobody]) {
      const input = { identity };
      expect(await refusal(rig.call('participant-remove', room, input, host.session))).toEqual({
        code: 'participant-not-found',
      });
      expect(await refusal(rig.call('participant-restore', room, input, host.session))).toEqual({
        code: 'participant-not-found',
      });
    }
    expect((await rig.call('call-resume', other.room, {}, max.session)).me).toEqual(max.me);
  });

  it('of a host leaves them no power', async () => {
    const { room, host } = await hosted();
    const second = await rig.enter(room, { access: 'host', sub: 'ines' });
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await remove(room, host, second);
    expect(await refusal(remove(room, second, max))).toEqual(REMOVED);
    expect(await refusal(remove(room, second, host))).toEqual(REMOVED);
    expect(await refusal(restore(room, second, second))).toEqual(REMOVED);
  });

  it('undone lets the person straight in, and leaves the link closed', async () => {
    const { room, host } = await hosted();
    await rig.call('room-lock', room, { locked: false }, host.session);
    const visitor = newVisitor();
    const gil = await rig.enter(room, { visitor, name: 'Gil' });
    await remove(room, host, gil);
    await restore(room, host, gil);
    const last = (await rig.events(room, host.session)).at(-1);
    expect(last).toMatchObject({ type: 'participant-restored', participant: { name: 'Gil' } });
    expect((await rig.call('call-resume', room, {}, gil.session)).me).toEqual(gil.me);
    expect((await rig.enter(room, { visitor })).me.person).toBe(gil.me.person);
    expect((await rig.room(room)).locked).toBe(true);
    expect(await refusal(rig.enter(room))).toEqual(LOCKED);
    expect(await refusal(restore(room, host, gil))).toEqual({ code: 'participant-not-found' });
    await remove(room, host, gil);
    expect(await refusal(rig.enter(room, { visitor }))).toEqual(LOCKED);
  });

  it('undone is a pass of 10 minutes, and an end of the exclusion', async () => {
    const { room, host } = await hosted();
    await rig.call('room-lock', room, { locked: false }, host.session);
    const visitor = newVisitor();
    const gil = await rig.enter(room, { visitor });
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    for (const stay of [gil, max]) {
      await remove(room, host, stay);
      await restore(room, host, stay);
    }
    rig.clock.advance(RESTORE_TTL);
    expect(await refusal(rig.enter(room, { visitor }))).toEqual(LOCKED);
    expect((await rig.enter(room, { access: 'always', sub: 'max' })).me.person).toBe('max');
  });

  it('undone opens an entry token that names nobody again', async () => {
    const { room, host } = await hosted();
    const token = await entryToken({ room, access: 'always', now: rig.clock.now() });
    const gil = await rig.enter(room, { token });
    await remove(room, host, gil);
    expect(await refusal(rig.enter(room, { token }))).toEqual(LOCKED);
    await restore(room, host, gil);
    expect((await rig.enter(room, { token })).me.access).toBe('always');
  });

  it('is not undone by waiting for a pass', async () => {
    const { room, host } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await remove(room, host, max);
    rig.clock.advance(PASS_TTL + 1);
    expect(await refusal(rig.call('call-resume', room, {}, max.session))).toEqual(REMOVED);
  });

  it('by code is told as the server, and follows the same rules', async () => {
    const { room, host } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    await rig.connect(max);
    expect((await rig.rooms.get(room)).roster.map(({ name }) => name)).toEqual(['Max']);
    await rig.rooms.setLocked(room, false);
    const answer = await rig.rooms.removeParticipant(room, max.me.identity, { note: 'Bye.' });
    expect(answer).toMatchObject({ settled: true, locked: true });
    expect(await rig.rooms.get(room)).toMatchObject({ name: room, locked: true, roster: [] });
    expect((await rig.events(room, host.session)).map(({ by }) => by)).toEqual([
      expect.objectContaining({ name: 'Max' }),
      ...Array.from({ length: 4 }, () => ({ kind: 'server' })),
    ]);
    expect(await refusal(rig.rooms.removeParticipant(room, max.me.identity))).toMatchObject({
      code: 'participant-out',
    });
    await rig.rooms.restoreParticipant(room, max.me.identity);
    expect((await rig.call('call-resume', room, {}, max.session)).me).toEqual(max.me);
    expect(await refusal(rig.rooms.get('../x'))).toEqual({ code: 'invalid-room-name' });
    const empty = newRoom();
    expect(await rig.rooms.get(empty)).toMatchObject({ locked: true, roster: [] });
  });
});
