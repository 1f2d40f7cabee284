import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

describe.each(STORAGES)('The list of who may come in on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  async function hosted(): Promise<{ room: string; host: Entered }> {
    const room = newRoom();
    return { room, host: await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' }) };
  }

  const list = (room: string, { session }: Entered) => rig.call('access-list', room, {}, session);
  const remove = (room: string, host: Entered, { me }: Entered, more = {}) =>
    rig.call('participant-remove', room, { identity: me.identity, ...more }, host.session);

  it('is empty at first, and for hosts only', async () => {
    const { room, host } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    expect(await list(room, host)).toEqual({
      seq: 0,
      link: { access: 'off' },
      invitations: [],
      passes: [],
      excluded: [],
    });
    expect(await refusal(list(room, max))).toEqual({ code: 'not-host' });
  });

  it('has the newest invitation first, revoked ones too, with who came by each', async () => {
    const { room, host } = await hosted();
    const made: string[] = [];
    for (const name of ['Max', 'Mia']) {
      const input = { name, access: 'always' } as const;
      const { key, invitation } = await rig.call('invitation-create', room, input, host.session);
      made.push(invitation.id);
      await rig.connect(await rig.enter(room, { key }));
      rig.clock.advance(1);
    }
    await rig.call('invitation-revoke', room, { id: made[0] ?? '' }, host.session);
    const { invitations, seq } = await list(room, host);
    expect(invitations).toMatchObject([
      { name: 'Mia', here: [{ person: `key_${made[1]}` }], uses: 1 },
      { name: 'Max', here: [{ person: `key_${made[0]}` }], revokedAt: rig.clock.now() },
    ]);
    expect(seq).toBe((await rig.room(room)).seq);
  });

  it('has each person who was put out once, the latest first, until they are let back in', async () => {
    const { room, host } = await hosted();
    const visitor = newVisitor();
    const max = { access: 'always', sub: 'max', name: 'Max', visitor } as const;
    const tab = await rig.enter(room, max);
    await rig.connect(tab);
    await rig.enter(room, { ...max, again: 'beside' });
    await remove(room, host, tab, { note: 'Later.', block: true });
    rig.clock.advance(1);
    const mia = await rig.enter(room, { access: 'always', sub: 'mia', name: 'Mia' });
    await remove(room, host, mia);
    expect((await list(room, host)).excluded).toMatchObject([
      { participant: { name: 'Mia' }, blocked: false, reason: 'removed' },
      {
        participant: { name: 'Max' },
        blocked: true,
        note: 'Later.',
        by: { name: 'Hanna' },
        at: rig.clock.now() - 1,
      },
    ]);
    const { identity } = tab.me;
    await rig.call('participant-restore', room, { identity }, host.session);
    expect((await list(room, host)).excluded).toMatchObject([{ participant: { name: 'Mia' } }]);
    // Neither the name nor the browser is kept out any more.
    expect((await rig.enter(room, max)).me.person).toBe('max');
    expect((await rig.knock(room, { visitor })).knock.present).toBe(true);
  });

  it('no longer has who was put out and let back in at the door, with their browser', async () => {
    const { room, host } = await hosted();
    const max = { access: 'always', sub: 'max', visitor: newVisitor() } as const;
    await remove(room, host, await rig.enter(room, max));
    const { knock } = await rig.knock(room, max);
    await rig.call('knock-admit', room, { identity: knock.identity }, host.session);
    expect((await list(room, host)).excluded).toEqual([]);
    expect((await rig.enter(room, max)).me.person).toBe('max');
  });

  it('keeps a host in who uses the browser of somebody put out', async () => {
    const { room, host } = await hosted();
    const { key } = await rig.call('link-set', room, { access: 'host' }, host.session);
    const visitor = newVisitor();
    const own = await rig.enter(room, { visitor, key: key ?? '' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', visitor });
    await remove(room, own, max);
    expect((await list(room, own)).excluded).toMatchObject([{ participant: { person: 'max' } }]);
    expect((await rig.enter(room, { visitor })).me).toMatchObject({ role: 'host' });
  });
});
