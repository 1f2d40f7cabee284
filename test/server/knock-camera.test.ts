import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOCK_AWAY_AFTER, KNOCK_TTL } from '../../src/protocol/limits.ts';
import type { Answer } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { knockRoomOf } from '../../src/server/rules/knock-camera.ts';
import { disconnected, joined, knockerAt } from '../../src/server/rules/presence.ts';
import { findStay } from '../../src/server/rules/session.ts';
import type { Notice } from '../../src/server/storage/storage.ts';
import { eventually } from '../e2e/eventually.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

/** Somebody who knocks and shows themselves, and a host who looks. */
interface Scene {
  room: string;
  host: Entered;
  session: string;
  identity: string;
  /** LiveKit's room of the camera. */
  sfuRoom: string;
  camera: string;
  look: string;
}

/** The identity that a token of the fake is for, as `fake room identity kind`. */
const identityOf = (token: string | undefined): string => token?.split(' ')[2] ?? '';

describe.each(STORAGES)("A knocker's camera on $name", ({ open }) => {
  let rig: Rig;
  const notices: Notice[] = [];
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
    await rig.storage.listen(
      (notice) => notices.push(notice),
      () => undefined,
    );
  });
  afterAll(() => rig.close());

  const show = (room: string, session: string, on = true): Promise<Answer<'knock-camera'>> =>
    rig.call('knock-camera', room, { on }, session);
  const lookAt = (room: string, { session }: Entered, identity: string) =>
    rig.call('knock-look', room, { identity }, session);
  const resume = (room: string, session: string, takeOver = false) =>
    rig.call('call-resume', room, { takeOver }, session);

  async function stayOf(room: string, session: string) {
    const stay = await findStay(rig.storage.db, (await rig.room(room)).id, session);
    if (!stay) throw new Error('There is no such stay.');
    return stay;
  }

  async function hosted(): Promise<{ room: string; host: Entered }> {
    const room = newRoom();
    return { room, host: await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' }) };
  }

  /** Both are in LiveKit, past the door. */
  async function shown(visitor = newVisitor()): Promise<Scene> {
    const { room, host } = await hosted();
    await rig.connect(host);
    const { session, knock } = await rig.knock(room, { visitor });
    const { identity } = knock;
    const sfuRoom = knockRoomOf((await stayOf(room, session)).id);
    const camera = identityOf((await show(room, session)).media?.token);
    const look = identityOf((await lookAt(room, host, identity)).token);
    for (const seat of [camera, look]) await connectSeat(room, sfuRoom, seat);
    return { room, host, session, identity, sfuRoom, camera, look };
  }

  async function connectSeat(room: string, sfuRoom: string, seat: string): Promise<void> {
    const { id } = await rig.room(room);
    const ref = { holder: 'i_rig', socket: `s_${seat}` };
    const { db } = rig.storage;
    await db.updateTable('seats').set(ref).where('identity', '=', seat).execute();
    rig.sfu.put(sfuRoom, seat);
    await rig.commits.change({ id }, (change) => joined(change, seat, ref));
  }

  const seatsIn = async (sfuRoom: string): Promise<string[]> => {
    const { db } = rig.storage;
    const rows = await db
      .selectFrom('seats')
      .select('identity')
      .where('sfu_room', '=', sfuRoom)
      .execute();
    return rows.map(({ identity }) => identity);
  };

  const toldOut = (...seats: string[]): Promise<boolean> =>
    eventually('their sockets are told to go', () =>
      seats.every((seat) =>
        notices.some((notice) => notice.kind === 'seat-out' && notice.identity === seat),
      ),
    );

  it('has a LiveKit room of its own, and hosts hear of it', async () => {
    const { room, host } = await hosted();
    const { session, knock } = await rig.knock(room);
    expect(knock.camera).toBe(false);
    const before = (await rig.room(room)).seq;
    const on = await show(room, session);
    expect(on.seq).toBe(before + 1);
    const stay = await stayOf(room, session);
    const [, sfuRoom, identity, kind] = on.media?.token.split(' ') ?? [];
    expect([sfuRoom, kind]).toEqual([`k_${stay.id.slice(2)}`, 'knock']);
    expect(identity).not.toBe(knock.identity);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'knock-received',
      knock: { identity: knock.identity, camera: true },
    });
    expect((await resume(room, host.session)).knocks).toMatchObject([{ camera: true }]);
    expect(await show(room, session), 'the same again').toEqual(on);
  });

  it('that is turned off is gone, and on again it is another seat', async () => {
    const { room, host, session, sfuRoom, camera, look } = await shown();
    expect(await show(room, session, false)).toEqual({ seq: (await rig.room(room)).seq });
    expect((await resume(room, host.session)).knocks).toMatchObject([{ camera: false }]);
    expect(await seatsIn(sfuRoom)).toEqual([]);
    expect(rig.sfu.identities(sfuRoom)).toEqual([]);
    await toldOut(camera, look);
    expect(await show(room, session, false), 'off is off').toEqual({
      seq: (await rig.room(room)).seq,
    });
    const again = await show(room, session);
    expect(identityOf(again.media?.token)).not.toBe(camera);
  });

  it('is looked at by each host with one seat', async () => {
    const { room, host, identity, look, sfuRoom } = await shown();
    const { token } = await lookAt(room, host, identity);
    expect(token).toBe(`fake ${sfuRoom} ${look} look`);
    const other = await rig.enter(room, { access: 'host', sub: 'hugo', name: 'Hugo' });
    expect(identityOf((await lookAt(room, other, identity)).token)).not.toBe(look);
    const both = await Promise.all([1, 2, 3].map(() => lookAt(room, other, identity)));
    expect(new Set(both.map((it) => it.token)).size).toBe(1);
    expect(await seatsIn(sfuRoom)).toHaveLength(3);
  });

  it('is shown to nobody but hosts, and only while it is on', async () => {
    const { room, host, session, identity } = await shown();
    const guest = await rig.enter(room, { access: 'always', sub: 'gil', name: 'Gil' });
    expect(await refusal(lookAt(room, guest, identity))).toEqual({ code: 'not-host' });
    const own = rig.call('knock-look', room, { identity }, session);
    expect(await refusal(own)).toEqual({ code: 'still-waiting' });
    const dark = await rig.knock(room);
    const nothing = { code: 'knock-not-found' };
    expect(await refusal(lookAt(room, host, dark.knock.identity))).toEqual(nothing);
    expect(await refusal(lookAt(room, host, host.me.identity))).toEqual(nothing);
    const elsewhere = await shown();
    expect(await refusal(lookAt(room, host, elsewhere.identity))).toEqual(nothing);
    await rig.call('knock-deny', room, { identity }, host.session);
    expect(await refusal(lookAt(room, host, identity))).toEqual({ code: 'already-decided' });
  });

  it('makes nobody present, and its sockets wake nobody', async () => {
    const { room, session, camera, look } = await shown();
    const row = await rig.room(room);
    const before = notices.length;
    for (const seat of [camera, look]) {
      const ref = { identity: seat, holder: 'i_rig', socket: `s_${seat}` };
      await rig.commits.change({ id: row.id }, (change) =>
        disconnected(change, [{ ...ref, saidGoodbye: true, generation: 1 }]),
      );
    }
    // Notices come in order: when this one is here, nothing was told before.
    const { id } = row;
    await rig.commits.change({ id }, async (change) =>
      change.tell({ kind: 'webhook', sfuRoom: `after ${room}` }),
    );
    await eventually('the last notice', () =>
      notices.some((it) => it.kind === 'webhook' && it.sfuRoom === `after ${room}`),
    );
    const own = notices.slice(before).filter((it) => 'room' in it && it.room === id);
    expect(own).toEqual([]);
    expect((await rig.room(room)).seq).toBe(row.seq);
    expect((await rig.rooms.get(room)).roster).toHaveLength(1);
    expect(await stayOf(room, session)).toMatchObject({ state: 'waiting', joined_at: null });
  });

  describe('ends with the knock, when it', () => {
    const ends: Record<string, (scene: Scene) => Promise<unknown>> = {
      'is admitted': ({ room, host, identity }) =>
        rig.call('knock-admit', room, { identity }, host.session),
      'is denied': ({ room, host, identity }) =>
        rig.call('knock-deny', room, { identity }, host.session),
      'is withdrawn': ({ room, session }) => rig.call('knock-withdraw', room, {}, session),
      expires: async ({ room, session }) => {
        const stay = await stayOf(room, session);
        const { id } = await rig.room(room);
        await rig.commits.change({ id }, (change) => knockerAt(change, stay, true));
        await rig.pass(KNOCK_TTL, room);
      },
      'was left alone': ({ room }) => rig.pass(KNOCK_AWAY_AFTER, room),
      'is put out': ({ room, host, identity }) =>
        rig.call('participant-remove', room, { identity }, host.session),
      'hears that the call ended': ({ room, host }) => rig.call('call-end', room, {}, host.session),
      'hears that the call ended for all but the host': ({ room, host }) =>
        rig.call('call-end', room, { keepMe: true }, host.session),
      'hears that the room is open': ({ room, host }) =>
        rig.call('room-lock', room, { locked: false }, host.session),
    };

    it.each(Object.keys(ends))('%s', async (how) => {
      const scene = await shown();
      await ends[how]?.(scene);
      expect(await seatsIn(scene.sfuRoom)).toEqual([]);
      await toldOut(scene.camera, scene.look);
      await eventually('LiveKit deleted the room', async () => {
        await rig.outbox.run();
        return rig.sfu.identities(scene.sfuRoom).length === 0;
      });
      expect(await stayOf(scene.room, scene.session)).toMatchObject({ camera: false });
      const late = show(scene.room, scene.session);
      expect((await refusal(late)).code).toMatch(/^(admission-over|already-decided)$/);
    });
  });

  it('of a page that another one replaced is off, and the new page decides', async () => {
    const visitor = newVisitor();
    const { room, session, camera, look, sfuRoom } = await shown(visitor);
    const second = await rig.knock(room, { visitor });
    expect(second.knock.camera).toBe(false);
    expect(await seatsIn(sfuRoom)).toEqual([]);
    await toldOut(camera, look);
    expect(await refusal(show(room, session))).toMatchObject({ reason: 'replaced' });
    expect((await show(room, second.session)).media?.token).toContain(sfuRoom);
  });

  it('stays while the page reloads', async () => {
    const { room, session, camera, sfuRoom } = await shown();
    const stay = await stayOf(room, session);
    const { id } = await rig.room(room);
    await rig.commits.change({ id }, (change) => knockerAt(change, stay, true));
    await rig.commits.change({ id }, (change) => knockerAt(change, stay, false));
    await rig.pass(KNOCK_AWAY_AFTER - 1_000, room);
    expect(await seatsIn(sfuRoom)).toContain(camera);
    expect(identityOf((await show(room, session)).media?.token)).toBe(camera);
  });

  describe('is no longer looked at by a host who', () => {
    const losses: Record<string, (scene: Scene) => Promise<unknown>> = {
      leaves: ({ room, host }) => rig.call('call-leave', room, {}, host.session),
      'is put out': ({ room, host }) => rig.rooms.removeParticipant(room, host.me.identity),
      'goes on in another window': ({ room, host }) => resume(room, host.session, true),
    };

    it.each(Object.keys(losses))('%s', async (how) => {
      const scene = await shown();
      await losses[how]?.(scene);
      await rig.outbox.run();
      expect(await seatsIn(scene.sfuRoom)).toEqual([scene.camera]);
      expect(rig.sfu.identities(scene.sfuRoom)).toEqual([scene.camera]);
      await toldOut(scene.look);
      expect(await stayOf(scene.room, scene.session)).toMatchObject({
        state: 'waiting',
        camera: true,
      });
    });
  });

  describe('in LiveKit', () => {
    it('that comes back after its end is deleted again', async () => {
      const { room, session, sfuRoom, camera } = await shown();
      await rig.call('knock-withdraw', room, {}, session);
      await rig.reconciled(room);
      expect(rig.sfu.identities(sfuRoom)).toEqual([]);
      rig.sfu.put(sfuRoom, camera);
      await rig.pass(500, room);
      await eventually('it is deleted again', () => rig.sfu.identities(sfuRoom).length === 0);
    });

    it('that LiveKit tells of long after is deleted, one that is on is looked at', async () => {
      const { room, session, sfuRoom, camera, look } = await shown();
      rig.sfu.put(sfuRoom, 'p_stranger');
      await rig.reconciler.wake(sfuRoom);
      await eventually('the stranger is out', () =>
        rig.sfu.removed.some((it) => it.identity === 'p_stranger' && it.sfuRoom === sfuRoom),
      );
      expect(rig.sfu.identities(sfuRoom)).toEqual([camera, look]);
      await rig.call('knock-withdraw', room, {}, session);
      await rig.pass(60_000, room);
      rig.sfu.put(sfuRoom, camera);
      await rig.reconciler.wake(sfuRoom);
      expect(rig.sfu.identities(sfuRoom)).toEqual([]);
    });

    it('that is not ours is left alone', async () => {
      const foreign = `k_${'x'.repeat(22)}`;
      rig.sfu.put(foreign, 'somebody');
      for (const name of [foreign, 'k_', 'k_../x', `k_${'x'.repeat(23)}`]) {
        await rig.reconciler.wake(name);
      }
      expect(rig.sfu.identities(foreign)).toEqual(['somebody']);
    });

    it('is not deleted under a camera that is on again by then', async () => {
      const { room, session, sfuRoom, camera, look } = await shown();
      rig.sfu.isAway = true;
      await show(room, session, false);
      const again = identityOf((await show(room, session)).media?.token);
      rig.sfu.put(sfuRoom, again);
      rig.sfu.isAway = false;
      await eventually('the old ones are out', async () => {
        rig.clock.advance(2_000);
        await rig.outbox.run();
        return !rig.sfu.identities(sfuRoom).includes(camera);
      });
      expect(rig.sfu.identities(sfuRoom)).toEqual([again]);
      expect(look).not.toBe(again);
    });
  });
});
