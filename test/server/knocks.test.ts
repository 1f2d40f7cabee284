import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOCK_AGAIN_AFTER, KNOCK_AWAY_AFTER, KNOCK_TTL } from '../../src/protocol/limits.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { knockerAt } from '../../src/server/rules/presence.ts';
import { findStay } from '../../src/server/rules/session.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

const WAITING = { code: 'still-waiting' };
const REPLACED = { code: 'admission-over', reason: 'replaced', next: 'takeover' };

describe.each(STORAGES)('A knock on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
  });
  afterAll(() => rig.close());

  async function hosted(): Promise<{ room: string; host: Entered }> {
    const room = newRoom();
    return { room, host: await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' }) };
  }

  const knocks = async (room: string, { session }: Entered) =>
    (await rig.call('call-resume', room, {}, session)).knocks;
  const resume = (room: string, session: string) => rig.call('call-resume', room, {}, session);
  const admit = (room: string, { session }: Entered, identity: string) =>
    rig.call('knock-admit', room, { identity }, session);
  const deny = (room: string, { session }: Entered, identity: string, note?: string) =>
    rig.call('knock-deny', room, { identity, note }, session);

  /** The knocker's page opens or closes its feed. */
  async function page(room: string, session: string, isOpen: boolean): Promise<void> {
    const { id } = await rig.room(room);
    const stay = await findStay(rig.storage.db, id, session);
    if (!stay) throw new Error('There is no such stay.');
    await rig.commits.change({ id }, (change) => knockerAt(change, stay, isOpen));
  }

  it('shows hosts who it is, and guests nothing', async () => {
    const { room, host } = await hosted();
    const guest = await rig.enter(room, { access: 'always', sub: 'gil', name: 'Gil' });
    const { knock } = await rig.knock(room, { name: ' Kim\u202e ', message: 'Hi,\nit is me' });
    expect(knock).toMatchObject({
      name: 'Kim',
      message: 'Hi, it is me',
      vouched: false,
      removedBefore: false,
      present: true,
    });
    expect(await knocks(room, host)).toEqual([knock]);
    expect(await knocks(room, guest)).toEqual([]);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({ type: 'knock-received' });
    const { events } = await rig.call('events', room, { after: '0' }, guest.session);
    expect(events.at(-1)).toEqual({ type: 'withheld', seq: (await rig.room(room)).seq });
  });

  it('abuse 22: waits through a reload, and is let in by a host', async () => {
    const { room, host } = await hosted();
    const { session, knock } = await rig.knock(room);
    expect(await refusal(resume(room, session))).toEqual(WAITING);
    await admit(room, host, knock.identity);
    const snapshot = await resume(room, session);
    expect(snapshot.me).toMatchObject({ identity: knock.identity, role: 'guest' });
    expect(snapshot.token).not.toBe('');
    expect(await knocks(room, host)).toEqual([]);
  });

  it('is decided once: the second host hears who was first', async () => {
    const { room, host } = await hosted();
    const other = await rig.enter(room, { access: 'host', sub: 'hugo', name: 'Hugo' });
    const { knock } = await rig.knock(room);
    const answers = await Promise.allSettled([
      admit(room, host, knock.identity),
      deny(room, other, knock.identity),
      admit(room, other, knock.identity),
    ]);
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const { reason } of refused) {
      expect(reason).toBeInstanceOf(MeetingError);
      const { code, decision } = reason as MeetingError;
      expect(code).toBe('already-decided');
      expect(decision?.by).toHaveProperty('name');
    }
  });

  it('that is denied says why, and may come again after a minute', async () => {
    const { room, host } = await hosted();
    const visitor = newVisitor();
    const { session, knock } = await rig.knock(room, { visitor });
    await deny(room, host, knock.identity, 'Not now.');
    const error = await resume(room, session).catch((cause: unknown) => cause);
    expect((error as MeetingError).exit).toMatchObject({
      reason: 'denied',
      note: 'Not now.',
      next: 'knock',
      from: rig.clock.now() + KNOCK_AGAIN_AFTER,
    });
    expect(await refusal(rig.knock(room, { visitor }))).toEqual({ code: 'rate-limited' });
    rig.clock.advance(KNOCK_AGAIN_AFTER);
    expect((await rig.knock(room, { visitor })).knock.present).toBe(true);
  });

  it('from a second page is the same knock, with the newer words', async () => {
    const { room, host } = await hosted();
    const visitor = newVisitor();
    const first = await rig.knock(room, { visitor, message: 'One' });
    const second = await rig.knock(room, { visitor, message: 'Two' });
    expect(second.knock.identity).toBe(first.knock.identity);
    expect(await knocks(room, host)).toMatchObject([{ message: 'Two' }]);
    expect(await refusal(resume(room, first.session))).toEqual(REPLACED);
    expect(await refusal(resume(room, second.session))).toEqual(WAITING);
  });

  it('can be withdrawn, and then nobody can let it in', async () => {
    const { room, host } = await hosted();
    const { session, knock } = await rig.knock(room);
    await rig.call('knock-withdraw', room, {}, session);
    expect(await refusal(admit(room, host, knock.identity))).toEqual({ code: 'already-decided' });
    expect(await refusal(resume(room, session))).toMatchObject({ reason: 'withdrawn' });
  });

  it('expires when nobody answers', async () => {
    const { room } = await hosted();
    const { session } = await rig.knock(room);
    await page(room, session, true);
    await rig.pass(KNOCK_TTL, room);
    expect(await refusal(resume(room, session))).toEqual({
      code: 'admission-over',
      reason: 'expired',
      next: 'knock',
    });
  });

  it.each(['expires', 'is withdrawn by a page that stays closed'])(
    '%s while LiveKit cannot be asked, too',
    async (what) => {
      const { room } = await hosted();
      const { session } = await rig.knock(room);
      const expires = what === 'expires';
      if (expires) await page(room, session, true);
      rig.sfu.isAway = true;
      await rig.pass(expires ? KNOCK_TTL : KNOCK_AWAY_AFTER, room);
      rig.sfu.isAway = false;
      const reason = expires ? 'expired' : 'withdrawn';
      expect(await refusal(resume(room, session))).toMatchObject({ reason });
    },
  );

  it('ends when its page stays closed, not when it reloads', async () => {
    const { room, host } = await hosted();
    const { session } = await rig.knock(room);
    await page(room, session, true);
    await page(room, session, false);
    expect(await knocks(room, host)).toMatchObject([{ present: false }]);
    await rig.pass(KNOCK_AWAY_AFTER - 1_000, room);
    await page(room, session, true);
    await rig.pass(KNOCK_AWAY_AFTER, room);
    expect(await knocks(room, host)).toMatchObject([{ present: true }]);
    await page(room, session, false);
    await rig.pass(KNOCK_AWAY_AFTER, room);
    expect(await refusal(resume(room, session))).toMatchObject({ reason: 'withdrawn' });
  });

  it('abuse 22: hears of the unlock, and is in; who was put out keeps waiting', async () => {
    const { room, host } = await hosted();
    const rude = await rig.enter(room, { access: 'always', sub: 'rob', name: 'Rob' });
    await rig.call('participant-remove', room, { identity: rude.me.identity }, host.session);
    const kept = await rig.knock(room, { access: 'knock', sub: 'rob', name: 'Rob' });
    const kim = await rig.knock(room, { name: 'Kim' });
    expect(kept.knock).toMatchObject({ removedBefore: true, vouched: true });
    await rig.call('room-lock', room, { locked: false }, host.session);
    expect((await resume(room, kim.session)).me.name).toBe('Kim');
    expect(await refusal(resume(room, kept.session))).toEqual(WAITING);
  });

  it('of somebody put out lets them back in when a host says yes', async () => {
    const { room, host } = await hosted();
    const visit = { access: 'always', sub: 'rob', name: 'Rob' } as const;
    const { me } = await rig.enter(room, visit);
    await rig.call('participant-remove', room, { identity: me.identity }, host.session);
    expect(await refusal(rig.enter(room, visit))).toEqual({ code: 'room-locked' });
    const { knock } = await rig.knock(room, visit);
    await admit(room, host, knock.identity);
    expect((await rig.enter(room, visit)).me.name).toBe('Rob');
  });

  it('of somebody kept out for good is refused, also when they wait already', async () => {
    const { room, host } = await hosted();
    const visit = { access: 'always', sub: 'rob', name: 'Rob' } as const;
    const { me, session } = await rig.enter(room, visit);
    const block = { identity: me.identity, block: true };
    await rig.call('participant-remove', room, block, host.session);
    expect(await refusal(rig.knock(room, visit))).toEqual({ code: 'knock-refused' });
    expect(await refusal(resume(room, session))).toMatchObject({ next: 'none' });
    await rig.call('participant-restore', room, { identity: me.identity }, host.session);
    expect((await resume(room, session)).me.name).toBe('Rob');
  });

  it('is not needed by who may go straight in', async () => {
    const { room, host } = await hosted();
    const knocked = rig.knock(room, { access: 'always', sub: 'max', name: 'Max' });
    expect(await refusal(knocked)).toEqual({ code: 'knock-not-needed' });
    await rig.call('room-lock', room, { locked: false }, host.session);
    expect(await refusal(rig.knock(room))).toEqual({ code: 'knock-not-needed' });
  });

  it('tells before how far somebody may go', async () => {
    const { room, host } = await hosted();
    const check = () => rig.call('call-check', room, { visitor: newVisitor() });
    expect(await check()).toEqual({ access: 'knock', here: false });
    expect(await rig.call('call-check', newRoom(), { visitor: newVisitor() })).toEqual({
      access: 'knock',
      here: false,
    });
    await rig.call('room-lock', room, { locked: false }, host.session);
    expect(await check()).toEqual({ access: 'always', here: false });
  });
});
