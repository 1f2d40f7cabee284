import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/server/outbox.ts';
import type { Sfu } from '../../src/server/sfu.ts';
import { sfuRoomOf } from '../../src/server/rules/begin-stay.ts';
import { Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

describe.each(STORAGES)('The outbox on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  /** A removal that is committed while LiveKit is away. */
  async function removedInVain() {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await rig.connect(host);
    await rig.connect(max);
    rig.sfu.isAway = true;
    const { identity } = max.me;
    const answer = await rig.call('participant-remove', room, { identity }, host.session);
    const sfuRoom = sfuRoomOf(await rig.room(room));
    return { answer, identity, sfuRoom, room };
  }

  const rows = () => rig.storage.db.selectFrom('outbox').selectAll().execute();

  it('abuse 60: says that a removal is not carried out yet, and carries it out once it can be', async () => {
    const { answer, identity, sfuRoom } = await removedInVain();
    expect(answer.settled).toBe(false);
    expect(rig.sfu.identities(sfuRoom)).toContain(identity);
    rig.sfu.isAway = false;
    rig.clock.advance(2_000);
    expect(await rig.outbox.run()).toBe(true);
    expect(rig.sfu.identities(sfuRoom)).not.toContain(identity);
    expect(await rows()).toEqual([]);
  });

  it('tries again after 0.5, 1 and then every 2 s', async () => {
    await removedInVain();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 5; attempt++) {
      const [row] = await rows();
      waits.push((row?.next_at ?? 0) - rig.clock.now());
      const before = rig.sfu.removals;
      rig.clock.advance((waits.at(-1) ?? 0) - 1);
      expect(await rig.outbox.run()).toBe(true);
      expect(rig.sfu.removals).toBe(before);
      rig.clock.advance(1);
      expect(await rig.outbox.run()).toBe(false);
      expect(rig.sfu.removals).toBe(before + 1);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 2_000, 2_000]);
    rig.sfu.isAway = false;
    rig.clock.advance(2_000);
    await rig.outbox.run();
    expect(await rows()).toEqual([]);
  });

  it('carries out what a process that died had claimed, after 4 s', async () => {
    const { identity, sfuRoom, room } = await removedInVain();
    rig.clock.advance(2_000);
    const never = new Proxy(rig.sfu, {
      get: (sfu, name) =>
        name === 'removeParticipant' ? () => new Promise(() => undefined) : Reflect.get(sfu, name),
    });
    void new Outbox(rig.ports, { sfu: never, bytes: rig.bytes }, rig.log).runNow(
      (await rig.room(room)).id,
      [],
    );
    await expect.poll(async () => (await rows())[0]?.next_at).toBe(rig.clock.now() + 4_000);
    rig.sfu.isAway = false;
    rig.clock.advance(3_999);
    await rig.outbox.run();
    expect(rig.sfu.identities(sfuRoom)).toContain(identity);
    rig.clock.advance(1);
    await rig.outbox.run();
    expect(rig.sfu.identities(sfuRoom)).not.toContain(identity);
    expect(await rows()).toEqual([]);
  });

  it('says that a removal is carried out only when it is, though another was faster to take it', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await rig.connect(max);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const { sfu } = rig;
    const slow = Object.create(sfu, {
      removeParticipant: {
        value: async (...of: [string, string]) => {
          await held;
          return sfu.removeParticipant(...of);
        },
      },
      listParticipants: { value: sfu.listParticipants.bind(sfu) },
    }) as Sfu;
    const other = new Outbox(rig.ports, { sfu: slow, bytes: rig.bytes }, rig.log);
    // The other takes it right after the commit, as its polling may.
    const runNow = rig.outbox.runNow.bind(rig.outbox);
    let theirs: Promise<boolean> | undefined;
    rig.outbox.runNow = async (id, ids) => {
      theirs = other.runNow(id, ids);
      await expect.poll(async () => (await rows()).map(({ attempts }) => attempts)).toEqual([1]);
      return runNow(id, ids);
    };
    try {
      const { identity } = max.me;
      const before = rig.sfu.removals;
      const answer = await rig.call('participant-remove', room, { identity }, host.session);
      expect(rig.sfu.removals).toBe(before);
      expect(answer.settled).toBe(false);
      goOn();
      expect(await theirs).toBe(true);
      expect(rig.sfu.removals).toBe(before + 1);
    } finally {
      rig.outbox.runNow = runNow;
    }
    expect(await rows()).toEqual([]);
  });

  it('gives each row to one of several that ask at once', async () => {
    await removedInVain();
    rig.sfu.isAway = false;
    rig.clock.advance(2_000);
    const before = rig.sfu.removals;
    await Promise.all(Array.from({ length: 8 }, () => rig.outbox.run()));
    expect(rig.sfu.removals).toBe(before + 1);
    expect(await rows()).toEqual([]);
  });
});
