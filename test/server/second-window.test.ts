import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_STAYS } from '../../src/protocol/limits.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

const REPLACED = { code: 'admission-over', reason: 'replaced', next: 'takeover' };
const HERE = { code: 'already-here' };

describe.each(STORAGES)('A second window on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
  });
  afterAll(() => rig.close());

  async function hosted(): Promise<{ room: string; host: Entered }> {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    await rig.connect(host);
    return { room, host };
  }

  const resume = (room: string, { session }: Entered, takeOver = false) =>
    rig.call('call-resume', room, { takeOver }, session);
  const types = async (room: string, { session }: Entered) =>
    (await rig.events(room, session)).map(({ type }) => type);

  /** The ways by which one person may come twice, with what each shows. */
  async function ways(room: string, host: Entered) {
    const { key } = await rig.call(
      'invitation-create',
      room,
      { name: 'Max', access: 'always' },
      host.session,
    );
    const link = await rig.call('link-set', room, { access: 'always' }, host.session);
    return {
      token: { access: 'always', sub: 'max' },
      key: { key },
      link: { key: link.key ?? '', visitor: newVisitor() },
    } as const;
  }

  describe.each(['token', 'key', 'link'] as const)('by %s', (way) => {
    it('is told that the person is in the call, and changes nothing', async () => {
      const { room, host } = await hosted();
      const visit = (await ways(room, host))[way];
      const max = await rig.enter(room, visit);
      const { seq } = await rig.room(room);
      await rig.connect(max);
      expect(await refusal(rig.enter(room, visit))).toEqual(HERE);
      expect((await rig.room(room)).seq).toBe(seq + 1);
      expect((await resume(room, max)).me).toEqual(max.me);
    });

    it('goes on with the same seat when it takes over, and the first is told so', async () => {
      const { room, host } = await hosted();
      const visit = (await ways(room, host))[way];
      const max = await rig.enter(room, visit);
      await rig.connect(max);
      const before = await types(room, host);
      const second = await rig.enter(room, { ...visit, again: 'take-over', name: 'Other' });
      expect(second.me).toEqual(max.me);
      expect(second.roster.map(({ identity }) => identity)).toContain(max.me.identity);
      expect(second.session).not.toBe(max.session);
      expect(await types(room, host)).toEqual(before);
      for (const takeOver of [false, true]) {
        expect(await refusal(resume(room, max, takeOver))).toEqual(REPLACED);
      }
      expect(await refusal(rig.call('events', room, { after: '0' }, max.session))).toEqual(
        REPLACED,
      );
      expect(await refusal(rig.call('call-leave', room, {}, max.session))).toEqual(REPLACED);
      expect((await resume(room, second)).me).toEqual(max.me);
    });

    it('takes its time to connect after a take-over, and nobody sees anybody go', async () => {
      const { room, host } = await hosted();
      const visit = (await ways(room, host))[way];
      const max = await rig.enter(room, visit);
      await rig.connect(max);
      const before = await types(room, host);
      const second = await rig.enter(room, { ...visit, again: 'take-over' });
      // The page that was told to go says goodbye, as any that closes.
      await rig.disconnect(max, { saidGoodbye: true, isReplaced: true });
      await rig.pass(15_000, room);
      expect(await types(room, host)).toEqual(before);
      await rig.connect(second, 's_second');
      await rig.pass(60_000, room);
      expect(await types(room, host)).toEqual(before);
    });

    it('beside the first has a seat of its own', async () => {
      const { room, host } = await hosted();
      const visit = (await ways(room, host))[way];
      const max = await rig.enter(room, visit);
      await rig.connect(max);
      const second = await rig.enter(room, { ...visit, again: 'beside' });
      expect(second.me.identity).not.toBe(max.me.identity);
      expect(second.me.person).toBe(max.me.person);
      expect((await resume(room, max)).me).toEqual(max.me);
    });

    it('goes on silently with a stay that dropped, without knocking', async () => {
      const { room, host } = await hosted();
      const visit = (await ways(room, host))[way];
      const max = await rig.enter(room, visit);
      await rig.connect(max);
      await rig.reconciled(room);
      await rig.disconnect(max, { saidGoodbye: true });
      await rig.pass(3_000, room);
      expect((await types(room, host)).at(-1)).toBe('participant-left');
      const back = await rig.enter(room, visit);
      expect(back.me).toEqual({ ...max.me, name: back.me.name });
      expect(await refusal(resume(room, max))).toEqual(REPLACED);
      await rig.connect(back, 's_back');
      expect((await types(room, host)).at(-1)).toBe('participant-joined');
    });
  });

  it('is announced before anybody does anything', async () => {
    const { room } = await hosted();
    const visitor = newVisitor();
    const check = () => rig.call('call-check', room, { visitor });
    await rig.rooms.setLocked(room, false);
    const gil = await rig.enter(room, { visitor });
    expect(await check()).toEqual({ access: 'always', here: false });
    await rig.connect(gil);
    expect(await check()).toEqual({ access: 'always', here: true });
    await rig.call('call-leave', room, {}, gil.session);
    expect(await check()).toEqual({ access: 'always', here: false });
  });

  it('of a guest who was let in once need not knock while they are in or have dropped', async () => {
    const { room, host } = await hosted();
    const visitor = newVisitor();
    const { knock, session } = await rig.knock(room, { visitor, name: 'Kim' });
    await rig.call('knock-admit', room, { identity: knock.identity }, host.session);
    const kim = { ...(await rig.call('call-resume', room, {}, session)), session };
    await rig.connect(kim);
    expect(await rig.call('call-check', room, { visitor })).toEqual({
      access: 'always',
      here: true,
    });
    expect(await refusal(rig.knock(room, { visitor }))).toEqual({ code: 'knock-not-needed' });
    const second = await rig.enter(room, { visitor, again: 'take-over' });
    expect(second.me.identity).toBe(kim.me.identity);
    await rig.call('call-leave', room, {}, second.session);
    expect((await rig.enter(room, { visitor })).me.access).toBe('always');
  });

  it('abuse 65: and ten more leave a person in the room twice at most', async () => {
    const { room, host } = await hosted();
    const visit = { access: 'always', sub: 'max', visitor: newVisitor() } as const;
    await rig.connect(await rig.enter(room, visit));
    const second = await rig.enter(room, { ...visit, again: 'beside' });
    await rig.connect(second);
    for (let tab = 0; tab < 10; tab++) {
      expect(await refusal(rig.enter(room, { ...visit, again: 'beside' }))).toEqual({
        code: 'too-many-stays',
      });
      expect(await refusal(rig.enter(room, visit))).toEqual(HERE);
    }
    const { roster } = await resume(room, host);
    expect(roster.filter(({ person }) => person === 'max')).toHaveLength(MAX_STAYS);
    // A place that became free is taken again.
    await rig.call('call-leave', room, {}, second.session);
    expect((await rig.enter(room, { ...visit, again: 'beside' })).me.person).toBe('max');
  });

  it('cannot be had by another person, nor with a session that is over', async () => {
    const { room } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await rig.connect(max);
    const eve = await rig.enter(room, { access: 'always', sub: 'eve', again: 'take-over' });
    expect(eve.me.identity).not.toBe(max.me.identity);
    expect((await resume(room, max)).me).toEqual(max.me);
    const second = await rig.enter(room, { access: 'always', sub: 'max', again: 'take-over' });
    expect(await refusal(resume(room, max, true))).toEqual(REPLACED);
    expect((await resume(room, second)).me).toEqual(max.me);
  });

  it('tells a page that was replaced when the person was put out since', async () => {
    const { room, host } = await hosted();
    const visit = { access: 'always', sub: 'max' } as const;
    const max = await rig.enter(room, visit);
    await rig.connect(max);
    const second = await rig.enter(room, { ...visit, again: 'take-over' });
    await rig.call('call-leave', room, {}, second.session);
    // The pass is the other window's.
    expect(await refusal(resume(room, max))).toEqual(REPLACED);
    const { identity } = max.me;
    await rig.call('participant-remove', room, { identity }, host.session);
    expect(await refusal(resume(room, max))).toMatchObject({ reason: 'removed' });
  });

  it('that comes by more than the first makes the person a host, and says so', async () => {
    const { room, host } = await hosted();
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    await rig.connect(max);
    const second = await rig.enter(room, { access: 'host', sub: 'max', again: 'take-over' });
    expect(second.me).toMatchObject({ identity: max.me.identity, role: 'host', access: 'host' });
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'role-changed',
      participant: { name: 'Max', role: 'host' },
    });
    const third = await rig.enter(room, { access: 'always', sub: 'max', again: 'take-over' });
    expect(third.me.role).toBe('host');
  });

  it('of a key for one browser is no other browser', async () => {
    const { room, host } = await hosted();
    const input = { name: 'Max', access: 'always', maxUses: 1 } as const;
    const { key } = await rig.call('invitation-create', room, input, host.session);
    const visitor = newVisitor();
    const max = await rig.enter(room, { key, visitor });
    await rig.connect(max);
    for (const again of ['take-over', 'beside'] as const) {
      expect(await refusal(rig.enter(room, { key, again }))).toEqual({ code: 'access-key-used' });
    }
    const second = await rig.enter(room, { key, visitor, again: 'take-over' });
    expect(second.me.identity).toBe(max.me.identity);
  });
});
