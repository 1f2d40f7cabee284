import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_INVITATIONS } from '../../src/protocol/limits.ts';
import type { Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { hash, newId, newKey } from '../../src/server/secrets.ts';
import { refusal, Rig } from './support/rig.ts';
import { dump, STORAGES } from './support/storages.ts';
import { entryToken, newRoom, newVisitor } from './support/tokens.ts';

const LOCKED = { code: 'room-locked' };
const DAY = 24 * 3_600_000;

describe.each(STORAGES)('The key of an invitation on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  async function hosted(): Promise<{ room: string; host: Entered }> {
    const room = newRoom();
    return { room, host: await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' }) };
  }

  const invite = (
    room: string,
    { session }: Entered,
    input: Partial<Input<'invitation-create'>> = {},
  ) => rig.call('invitation-create', room, { name: 'Max', access: 'always', ...input }, session);
  const list = (room: string, { session }: Entered) => rig.call('access-list', room, {}, session);
  const check = (room: string, key: string, visitor = newVisitor()) =>
    rig.call('call-check', room, { visitor, key });

  /** Comes by a key, with no more than that. */
  const come = (room: string, key: string, more: { name?: string; visitor?: string } = {}) =>
    rig.call('call-enter', room, { visitor: newVisitor(), key, ...more });

  it('is told once, kept as its hash, and told to hosts alone', async () => {
    const { room, host } = await hosted();
    const guest = await rig.enter(room, { access: 'always', sub: 'gil' });
    const { key, invitation } = await invite(room, host, { name: ' Max\u202e ' });
    expect(key).toMatch(/^[\w-]{32}$/);
    expect(invitation).toMatchObject({
      name: 'Max',
      access: 'always',
      uses: 0,
      by: { name: 'Hanna' },
      createdAt: rig.clock.now(),
      here: [],
    });
    expect(await dump(rig.storage.db, ['invitations', 'events'])).not.toContain(key);
    const [told] = await rig.events(room, host.session);
    expect(told).toMatchObject({ type: 'invitation-created', invitation });
    expect(JSON.stringify(told)).not.toContain(hash(key));
    const { events } = await rig.call('events', room, { after: '0' }, guest.session);
    expect(events.map(({ type }) => type)).toEqual(['withheld']);
  });

  it('lets a person in by name, with no host there, the same person every time', async () => {
    const { room, host } = await hosted();
    const { key, invitation } = await invite(room, host);
    await rig.call('call-leave', room, {}, host.session);
    expect(await check(room, key)).toEqual({ access: 'always', name: 'Max', here: false });
    const { me, session } = await come(room, key);
    expect(me).toMatchObject({
      name: 'Max',
      person: `key_${invitation.id}`,
      role: 'guest',
      access: 'always',
    });
    await rig.call('call-leave', room, {}, session);
    const again = await come(room, key, { name: 'Maximilian' });
    expect(again.me).toMatchObject({ name: 'Maximilian', person: me.person });
  });

  it('makes a host, or somebody whom hosts know when they knock', async () => {
    const { room, host } = await hosted();
    const hosts = await invite(room, host, { access: 'host' });
    expect((await come(room, hosts.key)).me.role).toBe('host');
    const knocks = await invite(room, host, { access: 'knock' });
    expect((await check(room, knocks.key)).access).toBe('knock');
    expect(await refusal(come(room, knocks.key))).toEqual(LOCKED);
    const { knock } = await rig.knock(room, { key: knocks.key, name: 'Max' });
    expect(knock).toMatchObject({ vouched: true, person: `key_${knocks.invitation.id}` });
    await rig.call('knock-admit', room, { identity: knock.identity }, host.session);
    const [used] = (await list(room, host)).invitations;
    expect(used).toMatchObject({ uses: 1, lastUsedAt: rig.clock.now() });
  });

  it('needs a name when neither the invitation nor the person says one', async () => {
    const { room, host } = await hosted();
    const { key } = await invite(room, host, { name: undefined, email: 'max@example.com' });
    expect(await refusal(come(room, key))).toEqual({ code: 'invalid-input' });
    expect((await come(room, key, { name: 'Max' })).me.name).toBe('Max');
  });

  it.each([
    ['nobody', { name: undefined }, 'name'],
    ['a name of nothing', { name: '\u200b \u202e' }, 'name'],
    ['a time that is over', { expiresAt: 1 }, 'expiresAt'],
  ])('is not made for %s', async (_what, input, path) => {
    const { room, host } = await hosted();
    await expect(invite(room, host, input)).rejects.toMatchObject({
      code: 'invalid-input',
      issues: [{ path }],
    });
    expect((await list(room, host)).invitations).toEqual([]);
  });

  it(`is not made when the room has ${MAX_INVITATIONS} that are not revoked`, async () => {
    const { room, host } = await hosted();
    const { id: room_id } = await rig.room(room);
    const rows = Array.from({ length: MAX_INVITATIONS - 1 }, (_, i) => ({
      id: newId('v'),
      room_id,
      name: `Guest ${i}`,
      access: 'always' as const,
      key_hash: hash(newKey()),
      created_at: rig.clock.now(),
    }));
    await rig.storage.db.insertInto('invitations').values(rows).execute();
    const { invitation } = await invite(room, host);
    expect(await refusal(invite(room, host))).toEqual({ code: 'invalid-input' });
    await rig.call('invitation-revoke', room, { id: invitation.id }, host.session);
    expect((await invite(room, host)).invitation.uses).toBe(0);
  });

  it('that is revoked opens nothing, at once; who is in the call stays', async () => {
    const { room, host } = await hosted();
    const { key, invitation } = await invite(room, host);
    const max = await come(room, key);
    await rig.connect(max);
    const revoke = () => rig.call('invitation-revoke', room, { id: invitation.id }, host.session);
    expect(await revoke()).toMatchObject({ removed: 0 });
    expect(await refusal(check(room, key))).toEqual({ code: 'access-key-revoked' });
    expect(await refusal(come(room, key))).toEqual({ code: 'access-key-revoked' });
    expect(await refusal(rig.knock(room, { key }))).toEqual({ code: 'access-key-revoked' });
    expect((await rig.call('call-resume', room, {}, max.session)).me).toEqual(max.me);
    const { seq } = await revoke();
    const told = (await rig.events(room, host.session)).filter(
      ({ type }) => type === 'invitation-revoked',
    );
    expect(told).toMatchObject([
      { cause: 'host', invitation: { id: invitation.id, here: [{ name: 'Max' }] } },
    ]);
    expect(seq).toBe(told[0]?.seq);
  });

  it('that is revoked voids the pass of who left by it', async () => {
    const { room, host } = await hosted();
    const { key, invitation } = await invite(room, host);
    const max = await come(room, key);
    await rig.call('call-leave', room, {}, max.session);
    await rig.call('invitation-revoke', room, { id: invitation.id }, host.session);
    expect(await refusal(rig.call('call-resume', room, {}, max.session))).toMatchObject({
      reason: 'left',
      next: 'enter',
    });
  });

  it('can be revoked together with who came by it', async () => {
    const { room, host } = await hosted();
    const { key, invitation } = await invite(room, host);
    const max = await come(room, key);
    const input = { id: invitation.id, remove: true };
    expect(await rig.call('invitation-revoke', room, input, host.session)).toMatchObject({
      removed: 1,
    });
    expect(await refusal(rig.call('call-resume', room, {}, max.session))).toMatchObject({
      reason: 'removed',
    });
  });

  it('that a host came by is taken back without putting that host out', async () => {
    const { room, host } = await hosted();
    const { key, invitation } = await invite(room, host, { access: 'host' });
    const max = await come(room, key);
    const input = { id: invitation.id, remove: true };
    expect(await rig.call('invitation-revoke', room, input, max.session)).toMatchObject({
      removed: 0,
    });
    expect((await rig.call('call-resume', room, {}, max.session)).me.role).toBe('host');
  });

  it('abuse 31: of another room is not there', async () => {
    const [one, other] = [await hosted(), await hosted()];
    const { key, invitation } = await invite(one.room, one.host);
    const { id } = invitation;
    for (const unknown of [id, newId('v')]) {
      const revoke = rig.call('invitation-revoke', other.room, { id: unknown }, other.host.session);
      expect(await refusal(revoke)).toEqual({ code: 'invitation-not-found' });
    }
    expect(await refusal(come(other.room, key))).toEqual({ code: 'access-key-invalid' });
    expect(await refusal(come(newRoom(), key))).toEqual({ code: 'access-key-invalid' });
    expect((await come(one.room, key)).me.name).toBe('Max');
  });

  it('runs out; who is in the call stays', async () => {
    const { room, host } = await hosted();
    const { key } = await invite(room, host, { expiresAt: rig.clock.now() + DAY });
    const max = await come(room, key);
    rig.clock.advance(DAY);
    expect(await refusal(check(room, key))).toEqual({ code: 'access-key-expired' });
    expect(await refusal(come(room, key))).toEqual({ code: 'access-key-expired' });
    expect((await rig.call('call-resume', room, {}, max.session)).me).toEqual(max.me);
  });

  it('is used once a browser, however often it comes', async () => {
    const { room, host } = await hosted();
    const { key } = await invite(room, host, { maxUses: 2 });
    const [first, second] = [newVisitor(), newVisitor()];
    for (const visitor of [first, first, second, first]) await come(room, key, { visitor });
    expect(await refusal(check(room, key))).toEqual({ code: 'access-key-used' });
    expect(await refusal(come(room, key))).toEqual({ code: 'access-key-used' });
    expect(await refusal(rig.knock(room, { key }))).toEqual({ code: 'access-key-used' });
    expect((await check(room, key, second)).access).toBe('always');
    const [used] = (await list(room, host)).invitations;
    expect(used).toMatchObject({ uses: 2, maxUses: 2 });
  });

  it('that is refused for another reason costs no use', async () => {
    const { room, host } = await hosted();
    const { key } = await invite(room, host, { access: 'knock', maxUses: 1 });
    expect(await refusal(come(room, key))).toEqual(LOCKED);
    await rig.knock(room, { key });
    const [used] = (await list(room, host)).invitations;
    expect(used?.uses).toBe(1);
  });

  it('abuse 35: for one use has exactly one winner of two browsers at once', async () => {
    const { room, host } = await hosted();
    for (let time = 0; time < 5; time++) {
      const { key } = await invite(room, host, { maxUses: 1 });
      const codes = await Promise.all(
        Array.from({ length: 4 }, () =>
          come(room, key).then(
            () => 'ok',
            (error: unknown) => (error as { code: string }).code,
          ),
        ),
      );
      expect(codes.sort()).toEqual([...Array<string>(3).fill('access-key-used'), 'ok']);
    }
  });

  it('abuse 8: of who was put out is revoked for good, and says so', async () => {
    const { room, host } = await hosted();
    const { key, invitation } = await invite(room, host);
    const visitor = newVisitor();
    const max = await come(room, key, { visitor });
    await rig.connect(max);
    const { identity } = max.me;
    await rig.call('participant-remove', room, { identity }, host.session);
    for (const browser of [visitor, newVisitor()]) {
      expect(await refusal(come(room, key, { visitor: browser }))).toEqual({
        code: 'access-key-revoked',
      });
    }
    const revoked = (await rig.events(room, host.session)).at(-1);
    expect(revoked).toMatchObject({
      type: 'invitation-revoked',
      cause: 'removal',
      invitation: { id: invitation.id, revokedAt: rig.clock.now() },
      by: { name: 'Hanna' },
    });
    // Without the key they are the browser that they were, which may knock and no more.
    await rig.call('room-lock', room, { locked: false }, host.session);
    expect(await refusal(rig.enter(room, { visitor }))).toEqual(LOCKED);
    expect((await rig.knock(room, { visitor })).knock.removedBefore).toBe(true);
    // Nor does another key help this browser past a host.
    const other = await invite(room, host, { name: 'Maxi' });
    expect(await refusal(come(room, other.key, { visitor }))).toEqual(LOCKED);
    await rig.call('participant-restore', room, { identity }, host.session);
    expect(await refusal(come(room, key, { visitor }))).toEqual({ code: 'access-key-revoked' });
    expect((await come(room, other.key, { visitor })).me.name).toBe('Maxi');
  });

  it('goes after an entry token, which says who it is', async () => {
    const { room, host } = await hosted();
    const { key } = await invite(room, host, { access: 'host' });
    const token = await entryToken({ room, access: 'always', sub: 'gil', now: rig.clock.now() });
    const { me } = await rig.enter(room, { token, key, name: 'Gil' });
    expect(me).toMatchObject({ person: 'gil', access: 'always' });
    const wrong = await rig.enter(room, { token, key: newKey(), name: 'Gil' });
    expect(wrong.me.person).toBe('gil');
  });
});
