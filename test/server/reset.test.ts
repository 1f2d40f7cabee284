import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { RoomEventOf } from '../../src/protocol/events.ts';
import type { Answer, Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { sfuRoomOf } from '../../src/server/rules/begin-stay.ts';
import { refusal, Rig } from './support/rig.ts';
import { dump, STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

const RESET = { code: 'admission-over', reason: 'reset', next: 'enter' };
const CLEARED = [
  'rooms',
  'admissions',
  'seats',
  'exclusions',
  'events',
  'invitations',
  'invitation_uses',
  'resets',
] as const;

describe.each(STORAGES)('Resetting a room on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
  });
  afterAll(() => rig.close());

  const reset = (room: string, { session }: Entered, input: Input<'room-reset'>) =>
    rig.call('room-reset', room, input, session);
  const everything = (room: string, host: Entered, keepMe = false) =>
    reset(room, host, { parts: ['activity'], ...(keepMe && { keepMe }) });

  /** A room in which everything happened that can: a host, somebody of each kind, ways in. */
  async function busy() {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const member = await rig.enter(room, { access: 'always', sub: 'max', name: 'Maximilian' });
    const removed = await rig.enter(room, { access: 'always', sub: 'rob', name: 'Robert' });
    const left = await rig.enter(room, { access: 'always', sub: 'lea', name: 'Leandra' });
    const ask = <S extends 'invitation-create' | 'link-set' | 'participant-remove'>(
      stem: S,
      input: Input<S>,
    ) => rig.call(stem, room, input, host.session);
    const invitation = await ask('invitation-create', { name: 'Ingeborg', access: 'always' });
    const link = await ask('link-set', { access: 'always' });
    const invited = await rig.enter(room, { key: invitation.key, name: 'Ingeborg' });
    for (const stay of [host, member, removed, left, invited]) await rig.connect(stay);
    await ask('participant-remove', { identity: removed.me.identity, note: 'Bitte gehen' });
    await rig.call('call-leave', room, {}, left.session);
    const knocker = await rig.knock(room, { name: 'Kimberly', message: 'Darf ich rein?' });
    return { room, host, member, removed, left, invited, knocker, invitation, link };
  }

  async function log(room: string): Promise<RoomEventOf<'room-reset'>[]> {
    const host = await rig.enter(room, { access: 'host', sub: 'later', name: 'Later' });
    const { events } = await rig.call('activity', room, {}, host.session);
    return events as RoomEventOf<'room-reset'>[];
  }

  describe('in full', () => {
    it('puts everybody out, the host too, tells everybody so, and says what it came to', async () => {
      const { room, host, member, removed, left, invited, knocker } = await busy();
      const before = await rig.room(room);
      const preview = await rig.call('reset-preview', room, {}, host.session);
      const done = await everything(room, host);
      expect(done).toMatchObject({ settled: true, here: [] });
      expect(done.receipt?.people).toBe(3);
      expect(done.receipt?.parts).toEqual(preview.parts);
      expect(preview).toMatchObject({ people: 3 });
      expect(preview.parts).toContainEqual({ part: 'access', count: 1 });
      for (const { session } of [host, member, removed, left]) {
        expect(await refusal(rig.call('call-resume', room, {}, session))).toEqual(RESET);
      }
      for (const { session } of [invited, knocker]) {
        const told = await refusal(rig.call('call-resume', room, {}, session));
        expect(told).toEqual({ ...RESET, next: 'knock' });
      }
      const after = await rig.room(room);
      expect(after).toMatchObject({ epoch: before.epoch + 1, locked: before.locked });
      expect(await rig.sfu.listParticipants(sfuRoomOf(before))).toEqual([]);
      expect(await log(room)).toMatchObject([
        {
          type: 'room-reset',
          seq: done.seq,
          parts: ['chat', 'whiteboards-and-files', 'recordings', 'access', 'activity'],
          keptHost: false,
          by: { name: 'Hanna' },
          receipt: done.receipt,
        },
      ]);
    });

    it('leaves nothing of the past in the database but who did it, and that sessions are over', async () => {
      const { room, host, member, link, invitation } = await busy();
      const { id } = await rig.room(room);
      const rows = async (): Promise<string> =>
        (await dump(rig.storage.db, CLEARED))
          .split('\n')
          .filter((row) => row.includes(id))
          .join('\n');
      const past = /Maximilian|Robert|Leandra|Ingeborg|Kimberly|Bitte gehen|Darf ich/;
      expect(await rows()).toMatch(past);
      await everything(room, host);
      expect(await rows()).not.toMatch(past);
      expect(await rows()).not.toContain(member.me.identity);
      for (const key of [link.key, invitation.key]) {
        const check = rig.call('call-check', room, { visitor: newVisitor(), key: key ?? '' });
        expect(await refusal(check)).toEqual({ code: 'access-key-invalid' });
      }
    });

    it('keeps nobody out any more, and nobody in: who was removed comes as anybody would', async () => {
      const room = newRoom();
      const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
      const visitor = newVisitor();
      const rob = await rig.enter(room, { access: 'always', sub: 'rob', visitor });
      const { identity } = rob.me;
      await rig.call('participant-remove', room, { identity, block: true }, host.session);
      await everything(room, host);
      await rig.enter(room, { access: 'always', sub: 'rob', visitor });
    });

    it.each(['participant-remove', 'participant-restore', 'role-set', 'pass-revoke'] as const)(
      '%s no longer knows anybody of before',
      async (stem) => {
        const { room, host, member, removed, left } = await busy();
        await everything(room, host);
        const again = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
        for (const { me } of [host, member, removed, left]) {
          const { identity } = me;
          const input = stem === 'role-set' ? { identity, role: 'guest' as const } : { identity };
          const { code } = await refusal(rig.call(stem, room, input, again.session));
          expect(code).toMatch(/^(participant|pass)-not-found$/);
        }
      },
    );

    it('but me keeps this host in, with the identity, the LiveKit room and a log that goes on', async () => {
      const { room, host, member } = await busy();
      const before = await rig.room(room);
      const done = await everything(room, host, true);
      expect(done).toMatchObject({ settled: true });
      expect(done.receipt?.people).toBe(2);
      expect(await refusal(rig.call('call-resume', room, {}, member.session))).toEqual(RESET);
      const back = await rig.call('call-resume', room, {}, host.session);
      expect(back.me).toEqual(host.me);
      expect(back.roster.map(({ identity }) => identity)).toEqual([host.me.identity]);
      const after = await rig.room(room);
      expect(after.epoch).toBe(before.epoch);
      const there = await rig.sfu.listParticipants(sfuRoomOf(before));
      expect(there.map(({ identity }) => identity)).toEqual([host.me.identity]);
      const input = { after: String(before.seq) };
      const missed = rig.call('events', room, input, host.session);
      expect(await refusal(missed)).toEqual({ code: 'snapshot-needed' });
      const now = { after: String(after.log_floor) };
      const { events } = await rig.call('events', room, now, host.session);
      expect(events).toMatchObject([{ type: 'room-reset', seq: after.log_floor + 1 }]);
    });

    it('of a room that is empty already can be done by code', async () => {
      const room = newRoom();
      await rig.rooms.setLocked(room, false);
      const done = await rig.rooms.resetRoom(room, ['activity']);
      expect(done).toMatchObject({ settled: true, receipt: { people: 0 } });
      expect(await log(room)).toMatchObject([{ type: 'room-reset', by: { kind: 'server' } }]);
    });

    it('twice in a row finds nothing the second time', async () => {
      const { room, host } = await busy();
      await everything(room, host, true);
      const again = await everything(room, host, true);
      expect(again.receipt?.parts).toEqual([
        { part: 'chat', count: 0 },
        { part: 'whiteboards-and-files', count: 0 },
        { part: 'recordings', count: 0 },
        { part: 'access', count: 0 },
        { part: 'activity', count: 1 },
      ]);
    });

    it('by two hosts at once is done by one, and the other hears that they are out', async () => {
      const { room, host } = await busy();
      const other = await rig.enter(room, { access: 'host', sub: 'hugo', name: 'Hugo' });
      const [one, two] = await Promise.allSettled([
        everything(room, host),
        everything(room, other),
      ]);
      const lost = [one, two].filter(({ status }) => status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(await refusal(Promise.reject((lost[0] as PromiseRejectedResult).reason))).toEqual(
        RESET,
      );
    });
  });

  describe('of who was invited', () => {
    it('ends keys at once, keeps everybody in, and says who is in by one', async () => {
      const { room, host, member, invited, invitation, link } = await busy();
      const done = await reset(room, host, { parts: ['access'], keepMe: true });
      expect(done.here.map(({ name }) => name)).toEqual(['Ingeborg']);
      expect(done.receipt).toMatchObject({ parts: [{ part: 'access', count: 1 }], people: 0 });
      for (const { session } of [host, member, invited]) {
        await rig.call('call-resume', room, {}, session);
      }
      const used = rig.enter(room, { key: invitation.key });
      expect(await refusal(used)).toEqual({ code: 'access-key-invalid' });
      // The private link is no single person's.
      const check = { visitor: newVisitor(), key: link.key ?? '' };
      expect(await rig.call('call-check', room, check)).toMatchObject({ access: 'always' });
      const list = await rig.call('access-list', room, {}, host.session);
      expect(list.invitations).toEqual([]);
      const [{ identity } = { identity: '' }] = done.here;
      await rig.call('participant-remove', room, { identity }, host.session);
      const { code } = await refusal(rig.call('call-resume', room, {}, invited.session));
      expect(code).toBe('admission-over');
    });

    it('lets nobody back in by having left', async () => {
      const room = newRoom();
      const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
      const { key } = await rig.call(
        'invitation-create',
        room,
        { name: 'Ina', access: 'always' },
        host.session,
      );
      const ina = await rig.enter(room, { key });
      await rig.call('call-leave', room, {}, ina.session);
      await reset(room, host, { parts: ['access'] });
      const { code } = await refusal(rig.call('call-resume', room, {}, ina.session));
      expect(code).toBe('admission-over');
    });

    it('leaves removals and the log as they are', async () => {
      const { room, host, removed } = await busy();
      const before = await rig.events(room, host.session);
      await reset(room, host, { parts: ['access'] });
      const after = await rig.events(room, host.session);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.at(-1)).toMatchObject({ type: 'room-reset', parts: ['access'] });
      const told = await refusal(rig.call('call-resume', room, {}, removed.session));
      expect(told).toMatchObject({ reason: 'removed' });
    });
  });

  describe('that a process left half done', () => {
    /** Begins, and dies after `steps` of the work. */
    async function dieAfter(steps: number, input: Input<'room-reset'>) {
      const house = await busy();
      const run = rig.resets.finish.bind(rig.resets);
      rig.resets.finish = async (begun) => {
        await rig.resets.step(begun, steps);
        return undefined;
      };
      let answer: Answer<'room-reset'>;
      try {
        answer = await reset(house.room, house.host, input);
      } finally {
        rig.resets.finish = run;
      }
      return { ...house, answer };
    }

    it.each([0, 1, 2, 3, 4])('after %i steps in full is finished by the next', async (steps) => {
      const { room, answer, host } = await dieAfter(steps, { parts: ['activity'] });
      expect(answer).toMatchObject({ settled: false });
      expect(answer.receipt).toBeUndefined();
      // From the first moment on, nobody of before is in.
      expect(await refusal(rig.call('call-resume', room, {}, host.session))).toEqual(RESET);
      const fresh = await rig.enter(room, { access: 'always', sub: 'neo', name: 'Neo' });
      await rig.connect(fresh);
      await rig.resets.run();
      expect((await rig.room(room)).log_floor, 'somebody may be at it').toBe(
        steps === 4 ? answer.seq : 0,
      );
      rig.clock.advance(2_001);
      await rig.resets.run();
      const events = await log(room);
      expect(events.map(({ type }) => type)).toEqual(['room-reset', 'participant-joined']);
      const rows = await rig.storage.db.selectFrom('resets').selectAll().execute();
      expect(rows).toEqual([]);
      // Who came after it began is not of the past.
      expect((await rig.call('call-resume', room, {}, fresh.session)).me).toEqual(fresh.me);
      await rig.resets.run();
      expect((await log(room)).filter(({ type }) => type === 'room-reset')).toHaveLength(1);
    });
  });

  describe('while others act', () => {
    it('keeps in who comes after it, and out who came before, whatever the order', async () => {
      const { room, host } = await busy();
      const comings = Array.from({ length: 6 }, (_, i) =>
        rig.enter(room, { access: 'always', sub: `m${i}`, name: `M${i}` }),
      );
      const knocks = Array.from({ length: 2 }, () => rig.knock(room, { name: 'Kim' }));
      const [done, ...stays] = await Promise.all([everything(room, host), ...comings, ...knocks]);
      expect(done).toMatchObject({ settled: true });
      const states = await rig.storage.db
        .selectFrom('admissions')
        .innerJoin('rooms', 'rooms.id', 'admissions.room_id')
        .select(['state', 'over_at', 'entered_at', 'admissions.name'])
        .where('rooms.name', '=', room)
        .execute();
      for (const { state, name } of states) {
        if (state === 'reset') expect(name).toBe('');
        else expect(['admitted', 'waiting']).toContain(state);
      }
      const fates = new Set<string>();
      for (const { session } of stays) {
        const fate = await rig.call('call-resume', room, {}, session).then(
          () => 'in',
          (error: MeetingError) => error.exit?.reason ?? error.code,
        );
        expect(['in', 'still-waiting', 'reset']).toContain(fate);
        fates.add(fate);
      }
      expect(fates.size, 'some came before, and some after').toBeGreaterThan(1);
      const seats = await rig.storage.db
        .selectFrom('seats')
        .innerJoin('admissions', 'admissions.id', 'seats.admission_id')
        .select('sfu_room')
        .distinct()
        .where('state', '=', 'admitted')
        .where('seats.room_id', '=', (await rig.room(room)).id)
        .execute();
      expect(seats.map(({ sfu_room }) => sfu_room)).toEqual([sfuRoomOf(await rig.room(room))]);
    });
  });

  it('takes no part twice', async () => {
    const { room, host } = await busy();
    const twice = await reset(room, host, { parts: ['access', 'access'] });
    expect(twice.receipt?.parts).toEqual([{ part: 'access', count: 1 }]);
  });

  it('is soon done, however much there is', async () => {
    const { room, host } = await busy();
    const { id, seq } = await rig.room(room);
    const filler = (i: number) => ({
      room_id: id,
      seq: seq + i,
      id: `e_${i}`,
      at: 0,
      type: 'room-unlocked' as const,
      by: null,
      data: {},
    });
    const rows = Array.from({ length: 2_000 }, (_, i) => filler(i + 1));
    await rig.storage.db.insertInto('events').values(rows).execute();
    await rig.storage.db
      .updateTable('rooms')
      .set({ seq: seq + 2_000 })
      .where('id', '=', id)
      .execute();
    const start = performance.now();
    const done = await everything(room, host);
    const took = Math.round(performance.now() - start);
    console.log(`A full reset of 2,000 events took ${took} ms`);
    expect(done.receipt?.parts.find(({ part }) => part === 'activity')?.count).toBeGreaterThan(
      2_000,
    );
    expect(took).toBeLessThan(2_000);
  });
});
