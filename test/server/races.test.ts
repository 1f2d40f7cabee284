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

  it('two hosts remove one person: one does, the other is told so', async () => {
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
