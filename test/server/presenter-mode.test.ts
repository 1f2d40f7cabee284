import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { sfuRoomOf } from '../../src/server/rules/begin-stay.ts';
import { refusal, Rig } from './support/rig.ts';
import { TestServer } from './support/server.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';
import { Uploader } from './support/uploader.ts';

describe.each(STORAGES)('Presenter mode on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  async function hosted(): Promise<{ room: string; host: Entered; max: Entered }> {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    for (const stay of [host, max]) await rig.connect(stay);
    return { room, host, max };
  }

  const set = async (room: string, { session }: Entered, on: boolean) => {
    const answer = await rig.call('presenter-mode', room, { on }, session);
    await rig.outbox.run();
    return answer;
  };
  const presenters = async (room: string): Promise<string[]> =>
    rig.sfu.presenters(sfuRoomOf(await rig.room(room)));
  const known = async (room: string, { session }: Entered): Promise<boolean> =>
    (await rig.call('call-resume', room, {}, session)).room.presenterMode;

  it('takes the screen from guests at LiveKit and gives it back; all are told, once', async () => {
    const { room, host, max } = await hosted();
    await expect.poll(() => presenters(room)).toHaveLength(2);
    const { seq } = await set(room, host, true);
    await expect.poll(() => presenters(room)).toEqual([host.me.identity]);
    expect(await known(room, max)).toBe(true);
    expect(await set(room, host, true)).toEqual({ seq, on: true });
    await set(room, host, false);
    await expect.poll(() => presenters(room)).toHaveLength(2);
    expect(await known(room, max)).toBe(false);
    const told = (await rig.events(room, max.session)).filter(
      ({ type }) => type === 'presenter-mode-changed',
    );
    expect(told).toMatchObject([
      { on: true, by: { name: 'Hanna' } },
      { on: false, by: { name: 'Hanna' } },
    ]);
  });

  it('is turned by hosts alone, and by the backend', async () => {
    const { room, max } = await hosted();
    expect(await refusal(set(room, max, true))).toEqual({ code: 'not-host' });
    await rig.rooms.setPresenterMode(room, true);
    expect(await rig.rooms.get(room)).toMatchObject({ presenterMode: true });
  });

  it('goes by what somebody is now: a new host presents, a former one does not', async () => {
    const { room, host, max } = await hosted();
    await set(room, host, true);
    const { identity } = max.me;
    await rig.call('role-set', room, { identity, role: 'host' }, host.session);
    await rig.outbox.run();
    await expect.poll(() => presenters(room)).toHaveLength(2);
    await rig.call('role-set', room, { identity, role: 'guest' }, host.session);
    await rig.outbox.run();
    await expect.poll(() => presenters(room)).toEqual([host.me.identity]);
  });

  it('holds for who comes by a token from before it, and from before its end', async () => {
    const { room, host } = await hosted();
    await set(room, host, true);
    // LiveKit goes by the token, which says here that they may: `put` makes such people.
    const eva = await rig.enter(room, { access: 'always', sub: 'eva' });
    await rig.connect(eva);
    await rig.outbox.run();
    await expect.poll(() => presenters(room)).toEqual([host.me.identity]);
    await set(room, host, false);
    rig.sfu.drop(sfuRoomOf(await rig.room(room)), eva.me.identity);
    const uwe = await rig.enter(room, { access: 'always', sub: 'uwe' });
    await rig.connect(uwe);
    await rig.outbox.run();
    await expect.poll(() => presenters(room)).toContain(uwe.me.identity);
  });

  it('is carried out when LiveKit is back, if it was away', async () => {
    const { room, host, max } = await hosted();
    rig.sfu.isAway = true;
    await set(room, host, true);
    rig.sfu.isAway = false;
    await expect.poll(() => presenters(room)).toContain(max.me.identity);
    rig.clock.advance(60_000);
    await rig.outbox.run();
    await expect.poll(() => presenters(room)).toEqual([host.me.identity]);
  });
});

describe('Files in presenter mode', () => {
  it('are added by hosts alone; an upload under way goes no further until it ends', async () => {
    const server = await TestServer.start();
    try {
      const room = newRoom();
      const host = (await server.enter(room, { access: 'host', sub: 'hanna' })).body;
      const max = (await server.enter(room, { access: 'always', sub: 'max' })).body;
      const by = ({ session }: Entered) => new Uploader(server.url, room, session);
      const url = await by(max).create('half.txt', 8);
      expect((await by(max).patch(url, 0, 'half')).status).toBe(204);
      await server.meeting.rooms.setPresenterMode(room, true);
      await expect(by(max).create('no.txt', 2)).rejects.toThrow('presenter-mode');
      expect((await by(max).patch(url, 4, 'full')).status).toBe(403);
      expect(await by(host).send('yes.txt', 'yes')).toMatch(/^f_/);
      await server.meeting.rooms.setPresenterMode(room, false);
      expect((await by(max).patch(url, 4, 'full')).status).toBe(204);
    } finally {
      await server.close();
    }
  });
});
