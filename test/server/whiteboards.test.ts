import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { BOARD_UPDATES_KEPT } from '../../src/protocol/limits.ts';
import type { Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { drawing, newBoardId, newUpdateKey as newKey } from './support/boards.ts';
import { FeedClient } from './support/feed-client.ts';
import { refusal, Rig } from './support/rig.ts';
import { TestServer } from './support/server.ts';
import { newDatabase, STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

const LIMITS = { boardBytes: 200_000, roomBoards: 3 };

describe.each(STORAGES)('Whiteboards on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open, { whiteboards: LIMITS });
  });
  afterAll(() => rig.close());

  /** A room with a host, two guests, and a whiteboard of the first guest. */
  async function hosted() {
    const room = newRoom();
    const hanna = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    const mia = await rig.enter(room, { access: 'always', sub: 'mia', name: 'Mia' });
    const id = newBoardId();
    await rig.call('whiteboard-create', room, { id, name: ' Kitchen \u202e' }, max.session);
    return { room, hanna, max, mia, id };
  }
  type House = Awaited<ReturnType<typeof hosted>>;

  const draw = (
    { room, id }: House,
    { session }: Entered,
    more: Partial<Input<'whiteboard-update'>> = {},
  ) => {
    // Nobody draws as fast as tests do.
    rig.clock.advance(500);
    const update = { id, gen: 1, update: drawing(newKey()), key: newKey(), ...more };
    return rig.call('whiteboard-update', room, update, session);
  };
  /** All that is on it, by the ids of items. */
  async function read({ room, id }: House, { session }: Entered): Promise<string[]> {
    const doc = new Doc();
    let after = 0;
    for (let isMore = true; isMore;) {
      const query = { id, after: String(after) };
      const { n, updates, more } = await rig.call('whiteboard-read', room, query, session);
      for (const update of updates) applyUpdate(doc, new Uint8Array(Buffer.from(update, 'base64')));
      after = n;
      isMore = more;
    }
    return [...doc.getMap('items').keys()].sort();
  }
  const log = async ({ room, max }: House) =>
    (await rig.call('events', room, { after: '0' }, max.session)).events;

  it('are made once by their id, named so that it can be read, and listed', async () => {
    const house = await hosted();
    const { room, max, mia, id } = house;
    const again = await rig.call('whiteboard-create', room, { id, name: 'Other' }, max.session);
    expect(again.whiteboard).toMatchObject({ id, name: 'Kitchen', by: { name: 'Max' }, gen: 1 });
    const { whiteboards } = await rig.call('whiteboard-list', room, {}, mia.session);
    expect(whiteboards).toEqual([again.whiteboard]);
    expect(await log(house)).toMatchObject([{ type: 'whiteboard-created', by: { name: 'Max' } }]);
    const blank = { id: newBoardId(), name: ' \u200b ' };
    const refused = await refusal(rig.call('whiteboard-create', room, blank, max.session));
    expect(refused).toMatchObject({ code: 'invalid-input' });
  });

  it('keep what is drawn in order and once, for who reads on from a number', async () => {
    const house = await hosted();
    const { room, max, mia, id } = house;
    const twice = { update: drawing('a'), key: newKey() };
    expect(await draw(house, max, twice)).toEqual({ n: 1 });
    expect(await draw(house, max, twice)).toEqual({ n: 1 });
    expect(await draw(house, mia, { update: drawing('b') })).toEqual({ n: 2 });
    expect(await read(house, mia)).toEqual(['a', 'b']);
    const rest = await rig.call('whiteboard-read', room, { id, after: '1' }, max.session);
    expect(rest).toEqual({
      gen: 1,
      n: 2,
      updates: [drawing('b')].map(() => expect.any(String)),
      more: false,
    });
  });

  it('of many that come at the same moment lose none', async () => {
    const house = await hosted();
    const ids = Array.from({ length: 30 }, (_, index) => `i${index}`);
    const drawn = await Promise.all(
      ids.map((item) => draw(house, house.max, { update: drawing(item) })),
    );
    expect(drawn.map(({ n }) => n).sort((a, b) => a - b)).toEqual(ids.map((_, at) => at + 1));
    expect(await read(house, house.mia)).toEqual([...ids].sort());
  });

  it('take no more than is an update, while it is unlocked and not cleared', async () => {
    const house = await hosted();
    const { room, hanna, max, id } = house;
    const bad = Buffer.from('no update at all').toString('base64');
    expect(await refusal(draw(house, max, { update: bad }))).toMatchObject({
      code: 'invalid-input',
    });
    await rig.call('whiteboard-lock', room, { id, locked: true }, hanna.session);
    expect(await refusal(draw(house, max))).toMatchObject({ code: 'whiteboard-locked' });
    expect(await draw(house, hanna)).toEqual({ n: 1 });
    await rig.call('whiteboard-lock', room, { id, locked: false }, hanna.session);
    await rig.call('whiteboard-clear', room, { id }, hanna.session);
    expect(await read(house, max)).toEqual([]);
    expect(await refusal(draw(house, max))).toMatchObject({ code: 'whiteboard-cleared' });
    expect(await draw(house, max, { gen: 2 })).toEqual({ n: 2 });
    await rig.call('presenter-mode', room, { on: true }, hanna.session);
    expect(await refusal(draw(house, max, { gen: 2 }))).toMatchObject({ code: 'presenter-mode' });
    expect(await draw(house, hanna, { gen: 2 })).toEqual({ n: 3 });
  });

  it('are full at their limits', async () => {
    const house = await hosted();
    const { room, max, id } = house;
    const large = { update: drawing('a', 'x'.repeat(LIMITS.boardBytes - 100)) };
    await draw(house, max, large);
    expect(await refusal(draw(house, max))).toMatchObject({ code: 'whiteboard-full' });
    await rig.rooms.clearWhiteboard(room, id);
    expect(await draw(house, max, { gen: 2 })).toEqual({ n: 2 });
    for (let count = 1; count < LIMITS.roomBoards; count += 1) {
      await rig.call('whiteboard-create', room, { id: newBoardId(), name: 'X' }, max.session);
    }
    const more = { id: newBoardId(), name: 'One more' };
    const refused = await refusal(rig.call('whiteboard-create', room, more, max.session));
    expect(refused).toMatchObject({ code: 'too-many-whiteboards' });
  });

  it('merge what is old, and are the same for who reads from before and after', async () => {
    const house = await hosted();
    const { room, max, mia, id } = house;
    const ids = Array.from({ length: BOARD_UPDATES_KEPT + 1 }, (_, index) => `i${index}`);
    for (const item of ids) await draw(house, max, { update: drawing(item) });
    const { updates, n } = await rig.call('whiteboard-read', room, { id }, mia.session);
    expect(n).toBe(ids.length);
    expect(updates.length).toBeLessThan(150);
    expect(await read(house, mia)).toEqual([...ids].sort());
    const late = await rig.call('whiteboard-read', room, { id, after: '3' }, mia.session);
    expect(late.n).toBe(ids.length);
    const size = await rig.storage.db
      .selectFrom('whiteboard_updates')
      .select(({ fn }) => fn<number>('sum', [fn('octet_length', ['bytes'])]).as('bytes'))
      .where('whiteboard_id', '=', id)
      .executeTakeFirstOrThrow();
    const board = await rig.storage.db
      .selectFrom('whiteboards')
      .select(['bytes', 'updates'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(Number(board.bytes)).toBe(Number(size.bytes));
    expect(board.updates).toBe(updates.length);
    // Hundreds of commits on a busy machine.
  }, 120_000);

  it('abuse 54: of somebody who floods them take no more than a person draws', async () => {
    const house = await hosted();
    const { room, max, mia, id } = house;
    const flood = async () => {
      const update = { id, gen: 1, update: drawing(newKey()), key: newKey() };
      return (await refusal(rig.call('whiteboard-update', room, update, max.session))) ?? 'taken';
    };
    const answers: unknown[] = [];
    for (let count = 0; count < 70; count += 1) answers.push(await flood().catch(() => 'taken'));
    const taken = answers.filter((answer) => answer === 'taken').length;
    expect(taken).toBeLessThanOrEqual(61);
    expect(answers.at(-1)).toMatchObject({ code: 'rate-limited' });
    expect(await draw(house, mia)).toEqual({ n: taken + 1 });
  });

  it('are renamed by who made them and hosts; cleared and deleted by hosts, code included', async () => {
    const house = await hosted();
    const { room, hanna, max, mia, id } = house;
    const rename = (name: string, { session }: Entered) =>
      rig.call('whiteboard-rename', room, { id, name }, session);
    expect(await refusal(rename('Hall', mia))).toMatchObject({ code: 'not-yours' });
    await rename('Hall', max);
    await rename('Hall', hanna);
    await rig.rooms.lockWhiteboard(room, id, true);
    await rig.rooms.clearWhiteboard(room, id);
    await rig.rooms.deleteWhiteboard(room, id);
    expect((await log(house)).map(({ type }) => type)).toEqual([
      'whiteboard-created',
      'whiteboard-changed',
      'whiteboard-changed',
      'whiteboard-cleared',
      'whiteboard-deleted',
    ]);
    const gone = await refusal(rig.call('whiteboard-read', room, { id }, max.session));
    expect(gone).toMatchObject({ code: 'whiteboard-not-found' });
    expect(
      await rig.storage.db
        .selectFrom('whiteboard_updates')
        .selectAll()
        .where('whiteboard_id', '=', id)
        .execute(),
    ).toEqual([]);
  });

  it('go with a reset of whiteboards and files: counted, and their names out of the log', async () => {
    const house = await hosted();
    const { room, hanna, max } = house;
    await draw(house, max);
    const { parts } = await rig.call('reset-preview', room, {}, hanna.session);
    expect(parts).toContainEqual({ part: 'whiteboards-and-files', count: 1 });
    const wish = { parts: ['whiteboards-and-files' as const] };
    const { receipt } = await rig.call('room-reset', room, wish, hanna.session);
    expect(receipt?.parts).toEqual([{ part: 'whiteboards-and-files', count: 1 }]);
    expect(await rig.call('whiteboard-list', room, {}, max.session)).toMatchObject({
      whiteboards: [],
    });
    expect(JSON.stringify(await log(house))).not.toContain('Kitchen');
  });
});

describe('The feed of a whiteboard', () => {
  let first: TestServer;
  let second: TestServer;
  beforeAll(async () => {
    const storage = { url: await newDatabase() };
    first = await TestServer.start({ storage });
    second = await TestServer.start({ storage });
  });
  afterAll(async () => {
    await first.close();
    await second.close();
  });

  it('tells who watches, at every instance, what is drawn and where one points; others nothing', async () => {
    const room = newRoom();
    const come = async (server: TestServer, sub: string) => {
      const { body: stay } = await server.enter(room, { access: 'always', sub, name: sub });
      return { stay, feed: await FeedClient.open(server.url, stay) };
    };
    const max = await come(first, 'max');
    const mia = await come(second, 'mia');
    const tim = await come(second, 'tim');
    const id = newBoardId();
    await first.ask('whiteboard-create', room, { id, name: 'Hall' }, max.stay.session);
    const watch = { type: 'whiteboard-watch', id, on: true, after: 0, gen: 1 };
    for (const { feed } of [max, mia]) feed.say(watch);
    const send = (update: string) =>
      first.ask('whiteboard-update', room, { id, gen: 1, update, key: newKey() }, max.stay.session);
    await send(drawing('a'));
    const told = await mia.feed.frame('whiteboard-update');
    expect(told).toMatchObject({ id, gen: 1, n: 1, by: max.stay.me.identity });
    const stroke = { color: '#112233', width: 2, points: [1, 2, 3, 4] };
    max.feed.say({ type: 'whiteboard-hint', id, x: 1, y: 2, stroke });
    expect(await mia.feed.frame('whiteboard-hint')).toEqual({
      ...{ type: 'whiteboard-hint', id, x: 1, y: 2, stroke, identity: max.stay.me.identity },
    });
    // What is large is for them to fetch.
    await send(drawing('b', 'x'.repeat(60_000)));
    expect(await mia.feed.frame('whiteboard-behind')).toMatchObject({ id, gen: 1, n: 2 });
    // Who comes back without the last is told so at once.
    tim.feed.say({ ...watch, after: 1 });
    expect(await tim.feed.frame('whiteboard-behind')).toMatchObject({ id, gen: 1, n: 2 });
    expect(tim.feed.frames.filter(({ type }) => type === 'whiteboard-update')).toEqual([]);
    expect(max.feed.frames.filter(({ type }) => type === 'whiteboard-hint')).toEqual([]);
  });
});
