import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import { type Route, ROUTES, takesApiKey } from '../../src/protocol/routes.ts';
import { notify } from '../../src/server/storage/storage.ts';
import { BACKEND_HANDLERS } from '../../src/server/routes/handlers.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

const SERVER = { kind: 'server' };

describe.each(STORAGES)('Code on the server, on $name,', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  const by = async (room: string) =>
    (await rig.rooms.events(room)).map(({ type, by: actor }) => [type, actor]);

  it('sees how a room stands', async () => {
    const room = newRoom();
    expect(await rig.rooms.get(room)).toEqual({
      name: room,
      locked: true,
      presenterMode: false,
      seq: 0,
      roster: [],
      knocks: [],
    });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    await rig.connect(max);
    await rig.knock(room, { name: 'Kim' });
    expect(await rig.rooms.get(room.toUpperCase())).toMatchObject({
      name: room,
      locked: true,
      seq: 2,
      roster: [{ name: 'Max', connection: 'connected' }],
      knocks: [{ name: 'Kim' }],
    });
  });

  it('puts somebody out and lets them back in', async () => {
    const room = newRoom();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await rig.connect(max);
    const { identity } = max.me;
    const removed = await rig.rooms.removeParticipant(room, identity, { note: 'Bye', block: true });
    expect(removed).toEqual({ seq: 3, settled: true, locked: false });
    const { excluded } = await rig.rooms.accessList(room);
    expect(excluded).toMatchObject([{ participant: { identity }, note: 'Bye', blocked: true }]);
    await rig.rooms.restoreParticipant(room, identity);
    expect((await rig.call('call-resume', room, {}, max.session)).me).toEqual(max.me);
    expect((await by(room)).slice(1)).toEqual([
      ['participant-removed', SERVER],
      ['participant-left', SERVER],
      ['participant-restored', SERVER],
    ]);
  });

  it('makes somebody host, and keeps the last one', async () => {
    const room = newRoom();
    const [{ identity }, other] = [
      (await rig.enter(room, { access: 'always', sub: 'max' })).me,
      (await rig.enter(room, { access: 'host', sub: 'hanna' })).me,
    ];
    await rig.rooms.setRole(room, identity, 'host');
    await rig.rooms.setRole(room, other.identity, 'guest');
    expect(await refusal(rig.rooms.setRole(room, identity, 'guest'))).toEqual({
      code: 'last-host',
    });
    expect(await by(room)).toEqual([
      ['role-changed', SERVER],
      ['role-changed', SERVER],
    ]);
  });

  it('answers who knocks', async () => {
    const room = newRoom();
    const kim = await rig.knock(room, { name: 'Kim' });
    const kai = await rig.knock(room, { name: 'Kai' });
    await rig.rooms.admitKnock(room, kim.knock.identity);
    await rig.rooms.denyKnock(room, kai.knock.identity, { note: 'Not today' });
    expect((await rig.call('call-resume', room, {}, kim.session)).me.name).toBe('Kim');
    const denied = await refusal(rig.call('call-resume', room, {}, kai.session));
    expect(denied).toMatchObject({ code: 'admission-over', reason: 'denied' });
    expect(await refusal(rig.rooms.admitKnock(room, kai.knock.identity))).toEqual({
      code: 'already-decided',
    });
  });

  it('locks, unlocks and ends', async () => {
    const room = newRoom();
    expect(await rig.rooms.setLocked(room, false)).toEqual({ seq: 1, locked: false });
    const gil = await rig.enter(room);
    expect(await rig.rooms.setLocked(room, true)).toEqual({ seq: 2, locked: true });
    expect(await rig.rooms.endCall(room)).toMatchObject({ ended: 1, settled: true });
    const ended = await refusal(rig.call('call-resume', room, {}, gil.session));
    expect(ended).toMatchObject({ reason: 'ended' });
    expect((await by(room)).map(([, actor]) => actor)).toEqual([SERVER, SERVER, SERVER]);
  });

  it('hands out links and invitations, and takes them back', async () => {
    const room = newRoom();
    const { key: linkKey } = await rig.rooms.setLink(room, 'always');
    await rig.enter(room, { key: String(linkKey) });
    const renewed = await rig.rooms.setLink(room, 'always', { renew: true });
    expect(renewed.key).not.toBe(linkKey);
    await rig.rooms.setLink(room, 'off');
    const { invitation, key } = await rig.rooms.invite(room, { name: 'Mia', access: 'always' });
    const mia = await rig.enter(room, { key });
    await rig.call('call-leave', room, {}, mia.session);
    const { passes, invitations, link } = await rig.rooms.accessList(room);
    expect(link).toEqual({ access: 'off' });
    expect(passes).toMatchObject([{ participant: { identity: mia.me.identity } }]);
    expect(invitations).toMatchObject([{ id: invitation.id, uses: 1, by: SERVER }]);
    await rig.rooms.revokePass(room, mia.me.identity);
    expect((await rig.rooms.accessList(room)).passes).toEqual([]);
    await rig.enter(room, { key });
    const revoked = await rig.rooms.revokeInvitation(room, invitation.id, { remove: true });
    expect(revoked.removed).toBe(1);
    const [after] = (await rig.rooms.accessList(room)).invitations;
    expect(after?.revokedAt).toBe(rig.clock.now());
  });

  it('tells a crowd at once, more than a row of PostgreSQL has columns', async () => {
    const crowd = Array.from({ length: 2_000 }, (_, at) => ({
      ...({ kind: 'answer', alive: false } as const),
      nonce: `n_nobody_${at}`,
    }));
    await expect(notify(rig.storage.db, ...crowd)).resolves.toBeUndefined();
  });

  it('reads what happened, forwards and backwards, and as a file', async () => {
    const room = newRoom();
    expect(await rig.rooms.events(room)).toEqual([]);
    for (const locked of [false, true]) await rig.rooms.setLocked(room, locked);
    const { knock } = await rig.knock(room);
    await rig.rooms.denyKnock(room, knock.identity);
    const all = await rig.rooms.events(room);
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await rig.rooms.events(room, 2)).toEqual(all.slice(2));
    // More private messages than fit on a page, and then something for everybody.
    const { id } = await rig.room(room);
    const row = { at: 1, by: null, type: 'message-received', data: { message: 'm_gone' } } as const;
    const hidden = Array.from({ length: 501 }, (_, index) => ({
      ...{ ...row, id: `e_hidden_${index}`, room_id: id, seq: 5 + index },
    }));
    await rig.storage.db.insertInto('events').values(hidden).execute();
    await rig.storage.db.updateTable('rooms').set({ seq: 505 }).where('id', '=', id).execute();
    expect(await rig.rooms.events(room, 4)).toEqual([]);
    await rig.rooms.setLocked(room, false);
    expect(await rig.rooms.events(room, 4)).toMatchObject([{ seq: 506, type: 'room-unlocked' }]);
    await rig.storage.db
      .deleteFrom('events')
      .where('seq', '>', 4)
      .where('room_id', '=', id)
      .execute();
    const newest = await rig.rooms.activity(room, { limit: 3 });
    expect(newest).toEqual({ events: all.slice(1).reverse(), more: true });
    expect(await rig.rooms.activity(room, { before: 2 })).toEqual({
      events: all.slice(0, 1),
      more: false,
    });
    const file = await rig.rooms.exportActivity(room, 'json');
    expect(await file.json()).toEqual(all);
    expect(file.headers.get('content-disposition')).toContain(`${room}-activity.json`);
  });

  it('clears what the room keeps', async () => {
    const room = newRoom();
    const { key } = await rig.rooms.invite(room, { name: 'Mia', access: 'always' });
    const { parts } = await rig.rooms.previewReset(room);
    expect(parts).toContainEqual({ part: 'access', count: 1 });
    const reset = await rig.rooms.resetRoom(room, ['access']);
    expect(reset).toMatchObject({ settled: true, receipt: { people: 0 } });
    expect((await rig.rooms.accessList(room)).invitations).toEqual([]);
    expect((await refusal(rig.enter(room, { key }))).code).toMatch(/^access-key-/);
    expect((await by(room)).at(-1)).toEqual(['room-reset', SERVER]);
  });

  it('is told by a typed error what it gave that can’t be', async () => {
    const room = newRoom();
    const wrong: [string, () => Promise<unknown>][] = [
      ['invalid-room-name', () => rig.rooms.get('../x')],
      ['invalid-room-name', () => rig.rooms.setLocked('', true)],
      ['invalid-input', () => rig.rooms.setLocked(room, 'yes' as never)],
      ['invalid-input', () => rig.rooms.removeParticipant(room, 'max')],
      ['invalid-input', () => rig.rooms.removeParticipant(room, 1 as never)],
      ['invalid-input', () => rig.rooms.setRole(room, `p_${'x'.repeat(22)}`, 'admin' as never)],
      ['invalid-input', () => rig.rooms.setLink(room, 'always', { renewed: true } as never)],
      ['invalid-input', () => rig.rooms.invite(room, { access: 'always' })],
      ['invalid-input', () => rig.rooms.invite(room, { name: 'Mia' } as never)],
      ['invalid-input', () => rig.rooms.activity(room, { limit: 1.5 })],
      ['invalid-input', () => rig.rooms.activity(room, { limit: 201 })],
      ['invalid-input', () => rig.rooms.events(room, -1)],
      ['invalid-input', () => rig.rooms.resetRoom(room, [])],
      ['invalid-input', () => rig.rooms.resetRoom(room, ['everything' as never])],
      ['invalid-input', () => rig.rooms.exportActivity(room, 'xml' as never)],
      ['participant-not-found', () => rig.rooms.restoreParticipant(room, `p_${'x'.repeat(22)}`)],
      ['knock-not-found', () => rig.rooms.admitKnock(room, `p_${'x'.repeat(22)}`)],
      ['invitation-not-found', () => rig.rooms.revokeInvitation(room, `v_${'x'.repeat(22)}`)],
      ['pass-not-found', () => rig.rooms.revokePass(room, `p_${'x'.repeat(22)}`)],
    ];
    for (const [code, act] of wrong) {
      const error: unknown = await act().catch((cause: unknown) => cause);
      expect(error, String(act)).toBeInstanceOf(MeetingError);
      expect((error as MeetingError).code, String(act)).toBe(code);
    }
    expect(await rig.rooms.get(room)).toMatchObject({ seq: 0 });
  });
});

it('Code on the server may do exactly what an API key may', () => {
  const routes = Object.values<Route>(ROUTES).filter(takesApiKey);
  expect(Object.keys(BACKEND_HANDLERS).sort()).toEqual(routes.map(({ stem }) => stem).sort());
});
