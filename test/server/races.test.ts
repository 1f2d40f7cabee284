import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

const POSTGRES = STORAGES.filter(({ name }) => name === 'PostgreSQL');
const TIMES = 10;

/** Several connections at once: PGlite has one session, so races are on PostgreSQL only. */
describe.each(POSTGRES)('Things that happen at once on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  async function hosted(): Promise<{ room: string; host: Entered; second: Entered }> {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const second = await rig.enter(room, { access: 'host', sub: 'ines' });
    return { room, host, second };
  }

  const remove = (room: string, host: Entered, { me: { identity } }: Entered) =>
    rig.call('participant-remove', room, { identity }, host.session);

  const code = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'ok',
      (error: unknown) => (error as { code: string }).code,
    );

  /** No person who is excluded has a stay in the room. */
  async function expectNobodyInWhoIsOut(room: string): Promise<void> {
    const { id } = await rig.room(room);
    const wrong = await rig.storage.db
      .selectFrom('admissions')
      .innerJoin('exclusions', (join) =>
        join
          .onRef('exclusions.person', '=', 'admissions.person')
          .onRef('exclusions.room_id', '=', 'admissions.room_id'),
      )
      .select('admissions.id')
      .where('admissions.room_id', '=', id)
      .where('state', '=', 'admitted')
      .execute();
    expect(wrong).toEqual([]);
  }

  async function expectWholeLog(room: string, session: string): Promise<number> {
    const events = await rig.events(room, session);
    const { seq } = await rig.room(room);
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
    return seq;
  }

  it('abuse 16: two hosts remove one person: one does, the other is told so', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host, second } = await hosted();
      const max = await rig.enter(room, { access: 'always', sub: 'max' });
      await rig.connect(max);
      const codes = await Promise.all([
        code(remove(room, host, max)),
        code(remove(room, second, max)),
      ]);
      expect(codes.sort()).toEqual(['ok', 'participant-out']);
      expect(await expectWholeLog(room, host.session)).toBe(3);
    }
  });

  it('two hosts remove each other: one goes', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host, second } = await hosted();
      const codes = await Promise.all([
        code(remove(room, host, second)),
        code(remove(room, second, host)),
      ]);
      expect(codes.sort()).toEqual(['admission-over', 'ok']);
    }
  });

  it('51 entries, removals and locks leave a log without gaps', async () => {
    const { room, host } = await hosted();
    const people = await Promise.all(
      Array.from({ length: 17 }, async (_, i) => {
        const stay = await rig.enter(room, { access: 'always', sub: `person ${i}` });
        await rig.connect(stay);
        return stay;
      }),
    );
    const all = people.flatMap((stay, i) => [
      code(remove(room, host, stay)),
      code(rig.enter(room, { access: 'always', sub: `person ${i}` })),
      code(rig.call('room-lock', room, { locked: i % 2 === 0 }, host.session)),
    ]);
    const codes = new Set(await Promise.all(all));
    expect([...codes].filter((one) => one !== 'ok' && one !== 'room-locked')).toEqual([]);
    // 17 joins, 17 removals with their lefts, and the link's changes.
    expect(await expectWholeLog(room, host.session)).toBeGreaterThanOrEqual(51);
    await expectNobodyInWhoIsOut(room);
  });

  it('one person enters again and again while being removed: never in afterwards', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host } = await hosted();
      const visit = { access: 'always', sub: 'max' } as const;
      const max = await rig.enter(room, visit);
      const tries = Array.from({ length: 7 }, (_, i) =>
        i === time % 7 ? code(remove(room, host, max)) : code(rig.enter(room, visit)),
      );
      const codes = new Set(await Promise.all(tries));
      expect([...codes].filter((one) => one !== 'ok' && one !== 'room-locked')).toEqual([]);
      await expectNobodyInWhoIsOut(room);
      expect(await refusal(rig.enter(room, visit))).toEqual({ code: 'room-locked' });
    }
  });

  it('nobody in particular enters while the link closes: no stay after the lock', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host } = await hosted();
      await rig.call('room-lock', room, { locked: false }, host.session);
      const gil = await rig.enter(room);
      const entered: Promise<Entered | undefined>[] = Array.from({ length: 5 }, () =>
        rig.enter(room).catch(() => undefined),
      );
      const closing = remove(room, host, gil);
      await Promise.all([...entered, closing]);
      expect(await refusal(rig.enter(room))).toEqual({ code: 'room-locked' });
    }
  });

  it('resume and removal: the session is dead afterwards, whoever was first', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host } = await hosted();
      const max = await rig.enter(room, { access: 'always', sub: 'max' });
      await rig.call('call-leave', room, {}, max.session);
      const resume = () => code(rig.call('call-resume', room, {}, max.session));
      await Promise.all([resume(), code(remove(room, host, max)), resume()]);
      expect(await resume()).toBe('admission-over');
      await expectNobodyInWhoIsOut(room);
    }
  });

  it('a removal and its undo by two hosts end in one of the two, never in between', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host, second } = await hosted();
      const max = await rig.enter(room, { access: 'always', sub: 'max' });
      await remove(room, host, max);
      const { identity } = max.me;
      const [restored, removed] = await Promise.all([
        code(rig.call('participant-restore', room, { identity }, second.session)),
        code(remove(room, host, max)),
      ]);
      expect(restored).toBe('ok');
      expect(['ok', 'participant-out']).toContain(removed);
      const isIn = await code(rig.enter(room, { access: 'always', sub: 'max' }));
      expect(isIn).toBe(removed === 'ok' ? 'room-locked' : 'ok');
      await expectNobodyInWhoIsOut(room);
    }
  });

  it('a key is revoked while browsers come by it: nobody comes by it afterwards', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host } = await hosted();
      const input = { name: 'Max', access: 'always' } as const;
      const { key, invitation } = await rig.call('invitation-create', room, input, host.session);
      const enter = () => code(rig.enter(room, { key }));
      const revoke = { id: invitation.id, remove: true };
      const [, ...codes] = await Promise.all([
        code(rig.call('invitation-revoke', room, revoke, host.session)),
        ...Array.from({ length: 5 }, enter),
      ]);
      expect(codes.filter((one) => one !== 'ok' && one !== 'access-key-revoked')).toEqual([]);
      expect(await enter()).toBe('access-key-revoked');
      // Whoever was first was put out with it.
      await expectNobodyInWhoIsOut(room);
      const { roster } = await rig.call('call-resume', room, {}, host.session);
      expect(roster).toEqual([]);
      const { id } = await rig.room(room);
      const stays = await rig.storage.db
        .selectFrom('admissions')
        .select('id')
        .where('room_id', '=', id)
        .where('person', '=', `key_${invitation.id}`)
        .where('state', '=', 'admitted')
        .execute();
      expect(stays).toEqual([]);
    }
  });

  it('the private link is turned off while people come by it: no stay after it', async () => {
    for (let time = 0; time < TIMES; time++) {
      // Who comes too late shows a key that opens nothing, and ten of those a minute are all.
      rig.clock.advance(60_000);
      const { room, host } = await hosted();
      const { key = '' } = await rig.call('link-set', room, { access: 'always' }, host.session);
      const off = rig.call('link-set', room, { access: 'off' }, host.session);
      const entered = Array.from({ length: 5 }, () =>
        rig.enter(room, { key }).catch(() => undefined),
      );
      const [{ seq }, ...stays] = await Promise.all([off, ...entered]);
      for (const stay of stays) if (stay) expect(stay.seq).toBeLessThan(seq);
      expect(await refusal(rig.enter(room, { key }))).toEqual({ code: 'access-key-invalid' });
    }
  });

  it('abuse 59: the room is locked and unlocked all the time: nobody is admitted while it is locked', async () => {
    const { room, host } = await hosted();
    let isToggling = true;
    const toggle = async (): Promise<void> => {
      for (let turn = 0; turn < 40; turn++) {
        await rig.call('room-lock', room, { locked: turn % 2 === 0 }, host.session);
      }
      isToggling = false;
    };
    const toggled = toggle();
    const entered: (Entered | undefined)[] = [];
    while (isToggling) {
      const comers = Array.from({ length: 4 }, () => rig.enter(room).catch(() => undefined));
      entered.push(...(await Promise.all(comers)));
    }
    await toggled;
    const stays = entered.filter((stay) => stay !== undefined);
    for (const stay of stays) expect(stay.room.locked).toBe(false);
    expect(stays.length).toBeLessThan(entered.length);
  });

  it('a host is a guest again while they act: what they did was before, or it was not done', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host, second } = await hosted();
      const max = await rig.enter(room, { access: 'always', sub: 'max' });
      const { identity } = second.me;
      const [demoted, acted] = await Promise.all([
        rig.call('role-set', room, { identity, role: 'guest' }, host.session),
        code(remove(room, second, max)),
        code(rig.call('room-lock', room, { locked: false }, second.session)),
      ]);
      const events = await rig.events(room, host.session);
      const late = events.filter(({ seq }) => seq > demoted.seq);
      expect(late).toEqual([]);
      expect(['ok', 'not-host']).toContain(acted);
      expect(await code(remove(room, second, max))).toBe('not-host');
    }
  });

  it('two hosts take the role from each other: one stays host', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host, second } = await hosted();
      const demote = (by: Entered, { me: { identity } }: Entered) =>
        code(rig.call('role-set', room, { identity, role: 'guest' }, by.session));
      const codes = await Promise.all([demote(host, second), demote(second, host)]);
      expect(codes.sort()).toEqual(['not-host', 'ok']);
      const leaving = await Promise.all([demote(host, host), demote(second, second)]);
      expect(leaving.sort()).toEqual(['last-host', 'not-host']);
    }
  });

  it('one person comes in five windows at once: in the room once', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host } = await hosted();
      const visit = { access: 'always', sub: 'max' } as const;
      const stays = await Promise.all(Array.from({ length: 5 }, () => rig.enter(room, visit)));
      expect(new Set(stays.map(({ me }) => me.identity)).size).toBe(1);
      const answers = await Promise.all(
        stays.map(({ session }) => code(rig.call('call-resume', room, {}, session))),
      );
      // One page has the stay; the one before it is told, those before that are nobody's.
      expect(answers.sort()).toEqual([
        'admission-over',
        'ok',
        'session-invalid',
        'session-invalid',
        'session-invalid',
      ]);
      await expectWholeLog(room, host.session);
    }
  });

  it('abuse 16: two hosts answer one knock: one does, the other is told what came of it', async () => {
    for (let time = 0; time < TIMES; time++) {
      const { room, host, second } = await hosted();
      const { knock } = await rig.knock(room);
      const { identity } = knock;
      const codes = await Promise.all([
        code(rig.call('knock-admit', room, { identity }, host.session)),
        code(rig.call('knock-deny', room, { identity }, second.session)),
      ]);
      expect(codes.sort()).toEqual(['already-decided', 'ok']);
    }
  });

  it('the first ones into a new room make one room', async () => {
    const room = newRoom();
    const stays = await Promise.all(
      Array.from({ length: 12 }, (_, i) => rig.enter(room, { access: 'host', sub: `h${i}` })),
    );
    expect(new Set(stays.map(({ me }) => me.identity)).size).toBe(12);
    const { id } = await rig.room(room);
    const seats = await rig.storage.db
      .selectFrom('seats')
      .select('identity')
      .where('room_id', '=', id)
      .execute();
    expect(seats).toHaveLength(12);
  });
});
