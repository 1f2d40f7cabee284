import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { BOARD_MAKING_RATE } from '../../src/protocol/limits.ts';
import { drawing, newBoardId, newUpdateKey } from './support/boards.ts';
import { refusal, Rig } from './support/rig.ts';
import { TestServer } from './support/server.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

describe.each(STORAGES)('Who may what with whiteboards, on $name:', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  async function hosted() {
    const room = newRoom();
    const hanna = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    const id = newBoardId();
    await rig.call('whiteboard-create', room, { id, name: 'Kitchen' }, max.session);
    const draw = (session: string, item: string, gen = 1) =>
      rig.call(
        'whiteboard-update',
        room,
        { id, gen, update: drawing(item), key: newUpdateKey() },
        session,
      );
    return { room, hanna: hanna.session, max: max.session, id, draw };
  }

  it('code on the server lists, makes, renames and reads them', async () => {
    const room = newRoom();
    expect(await rig.rooms.whiteboards(room)).toEqual([]);
    const made = await rig.rooms.createWhiteboard(room, 'Plan');
    expect(made).toMatchObject({ name: 'Plan', by: { kind: 'server' }, gen: 1 });
    const again = await rig.rooms.createWhiteboard(room, 'Other', { id: made.id });
    expect(again).toEqual(made);
    expect(await rig.rooms.renameWhiteboard(room, made.id, 'Hall')).toMatchObject({ name: 'Hall' });

    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    const update = { id: made.id, gen: 1, update: drawing('a'), key: newUpdateKey() };
    await rig.call('whiteboard-update', room, update, max.session);
    const { updates, n, more } = await rig.rooms.readWhiteboard(room, made.id);
    expect([n, more]).toEqual([1, false]);
    const doc = new Doc();
    for (const one of updates) applyUpdate(doc, new Uint8Array(Buffer.from(one, 'base64')));
    expect(doc.getMap('items').toJSON()).toEqual({ a: { name: 'stroke', data: 'a line' } });
    expect(await rig.rooms.readWhiteboard(room, made.id, 1)).toMatchObject({ n: 1, updates: [] });

    // A guest may draw on it, but it is not theirs.
    const name = { id: made.id, name: 'Mine' };
    expect(await refusal(rig.call('whiteboard-rename', room, name, max.session))).toMatchObject({
      code: 'not-yours',
    });
    expect((await rig.rooms.whiteboards(room)).map((one) => one.name)).toEqual(['Hall']);
    expect((await rig.rooms.events(room)).map(({ type, by }) => [type, by])).toEqual([
      ['whiteboard-created', { kind: 'server' }],
      ['whiteboard-changed', { kind: 'server' }],
    ]);
    const other = newRoom();
    for (const act of [
      () => rig.rooms.readWhiteboard(other, made.id),
      () => rig.rooms.renameWhiteboard(other, made.id, 'Theirs'),
    ]) {
      expect(await refusal(act())).toMatchObject({ code: 'whiteboard-not-found' });
    }
    expect(await refusal(rig.rooms.createWhiteboard(room, 'X', { id: 'x' }))).toMatchObject({
      code: 'invalid-input',
    });
  });

  it('in presenter mode hosts and code on the server make and rename them; guests read', async () => {
    const { room, hanna, max, id, draw } = await hosted();
    await draw(max, 'a');
    await rig.call('presenter-mode', room, { on: true }, hanna);
    const tries = [
      () => rig.call('whiteboard-create', room, { id: newBoardId(), name: 'More' }, max),
      () => rig.call('whiteboard-rename', room, { id, name: 'Mine' }, max),
      () => draw(max, 'b'),
    ];
    for (const act of tries) expect(await refusal(act())).toMatchObject({ code: 'presenter-mode' });
    expect((await rig.call('whiteboard-read', room, { id }, max)).n).toBe(1);
    expect((await rig.call('whiteboard-list', room, {}, max)).whiteboards).toHaveLength(1);
    await rig.call('whiteboard-create', room, { id: newBoardId(), name: 'More' }, hanna);
    await rig.rooms.createWhiteboard(room, 'Agenda');
    await rig.call('whiteboard-rename', room, { id, name: 'Hall' }, hanna);
    await draw(hanna, 'c');
    await rig.call('presenter-mode', room, { on: false }, hanna);
    expect(await draw(max, 'd')).toEqual({ n: 3 });
    const names = (await rig.rooms.whiteboards(room)).map(({ name }) => name);
    expect(names.sort()).toEqual(['Agenda', 'Hall', 'More']);
  });

  it('a reset of activity clears them, with what was drawn; the backend finds none', async () => {
    const { room, hanna, max, id, draw } = await hosted();
    await draw(max, 'a');
    const { receipt } = await rig.call('room-reset', room, { parts: ['activity'] }, hanna);
    expect(receipt?.parts).toContainEqual({ part: 'whiteboards-and-files', count: 1 });
    expect(await rig.rooms.whiteboards(room)).toEqual([]);
    expect(await refusal(rig.rooms.readWhiteboard(room, id))).toMatchObject({
      code: 'whiteboard-not-found',
    });
    const left = await rig.storage.db
      .selectFrom('whiteboard_updates')
      .select('n')
      .where('whiteboard_id', '=', id)
      .execute();
    expect(left).toEqual([]);
  });

  it('abuse 54: of somebody who floods the log with names, a few are taken', async () => {
    const { room, max, id } = await hosted();
    const rename = (name: string) => rig.call('whiteboard-rename', room, { id, name }, max);
    const { burst, per } = BOARD_MAKING_RATE;
    // One was for making it.
    for (let count = 1; count < burst; count += 1) await rename(`Name ${count}`);
    expect(await refusal(rename('One more'))).toMatchObject({ code: 'rate-limited' });
    const more = { id: newBoardId(), name: 'Another' };
    expect(await refusal(rig.call('whiteboard-create', room, more, max))).toMatchObject({
      code: 'rate-limited',
    });
    expect((await rig.rooms.events(room)).length).toBe(burst);
    rig.clock.advance(per / burst);
    await rename('One more');
  });
});

describe('Over HTTP', () => {
  const KEY = 'k'.repeat(40);
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      apiKeys: [KEY],
      hooks: {
        before: ({ stem }) =>
          stem === 'whiteboard-create' ? { forbid: 'Ask your admin.' } : undefined,
      },
    });
  });
  afterAll(() => server.close());

  it('an API key lists and reads whiteboards, and draws on none', async () => {
    const room = newRoom();
    const id = newBoardId();
    expect(await server.ask('whiteboard-list', room, {}, KEY)).toMatchObject({
      status: 200,
      body: { whiteboards: [] },
    });
    expect((await server.ask('whiteboard-read', room, { id }, KEY)).code).toBe(
      'whiteboard-not-found',
    );
    const update = { id, gen: 1, update: drawing('a'), key: newUpdateKey() };
    expect((await server.ask('whiteboard-update', room, update, KEY)).code).toBe('session-missing');
    expect((await server.ask('whiteboard-list', room, {}, `${KEY}x`)).code).toBe('api-key-invalid');
  });

  it('the hook may forbid that one is made, by whomever', async () => {
    const room = newRoom();
    const { body: max } = await server.enter(room, { access: 'always', sub: 'max' });
    for (const caller of [KEY, max.session]) {
      const board = { id: newBoardId(), name: 'Plan' };
      const answer = await server.ask('whiteboard-create', room, board, caller);
      expect(answer.code).toBe('forbidden');
    }
  });
});
