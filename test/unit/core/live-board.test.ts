import { describe, expect, it, vi } from 'vitest';
import type { BoardChange, BoardHint } from '../../../src/core/board-state.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import { FakeServerBoard, type Opened } from '../../fakes/fake-server-board.ts';

const line = (at: number): BoardChange['item'] => ({ name: 'stroke', data: [at] });

/** What is on a board as one sees it, in an order that does not hang on who drew first. */
const shown = ({ board }: Opened): [string, unknown][] =>
  [...board.items()].sort(([one], [other]) => (one < other ? -1 : 1));

/** A board that is open and read. */
async function open(server: FakeServerBoard, by: string): Promise<Opened> {
  const opened = server.open(by);
  await opened.board.catchUp();
  return opened;
}

const settled = (...all: Opened[]): Promise<void> =>
  vi.waitFor(
    () => {
      for (const { board } of all) expect(board.state.value.isSaving).toBe(false);
      for (const one of all) expect(shown(one)).toEqual(shown(all[0] as Opened));
    },
    { timeout: 10_000 },
  );

describe('A whiteboard that is open', () => {
  it('shows what others draw, and tells who drew', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    const ben = await open(server, 'ben');
    const drew: string[] = [];
    const changed: string[] = [];
    ben.board.listen(
      {
        changed: (changes) => changed.push(...changes.map(({ id }) => id)),
        hinted: () => undefined,
        drew: (by) => drew.push(by),
      },
      new AbortController().signal,
    );
    ada.board.change([{ id: 'a1', item: line(1) }]);
    expect(ada.board.state.value.isSaving).toBe(true);
    await settled(ada, ben);
    expect(changed).toEqual(['a1']);
    expect(drew).toEqual(['ada']);
  });

  it('has all of it for whoever comes late, page by page', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    for (let at = 0; at < 5; at += 1) {
      ada.board.change([{ id: `a${at}`, item: line(at) }]);
      await settled(ada);
    }
    expect(server.n).toBe(5);
    const late = await open(server, 'late');
    await settled(ada, late);
    expect(late.board.items().size).toBe(5);
  });

  it('sends what is drawn in a moment together', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    for (let at = 0; at < 20; at += 1) ada.board.change([{ id: `a${at}`, item: line(at) }]);
    await settled(ada);
    expect(server.n).toBe(1);
  });

  it('loses nothing that is drawn while the line is cut, on either side', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    const ben = await open(server, 'ben');
    ada.board.change([{ id: 'both', item: line(0) }]);
    await settled(ada, ben);
    server.cut(ada, true);
    expect(ada.board.state.value.phase).toBe('offline');
    ada.board.change([
      { id: 'a1', item: line(1) },
      { id: 'both', item: line(2) },
    ]);
    ben.board.change([{ id: 'b1', item: line(3) }, { id: 'both' }]);
    await settled(ben);
    expect(ada.board.items().has('b1')).toBe(false);
    server.cut(ada, false);
    await settled(ada, ben);
    expect(ada.board.items().has('a1')).toBe(true);
    expect(ada.board.items().has('b1')).toBe(true);
    expect(ada.board.state.value.phase).toBe('live');
  });

  it('is not kept from the rest by an update that can’t be applied', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    ada.board.change([{ id: 'a1', item: line(1) }]);
    await settled(ada);
    // A deletion of nothing: Yjs reads it, and throws.
    server.rows.push({ n: (server.n += 1), update: 'AAEDAQEA', key: 'bad', by: 'eve' });
    ada.board.change([{ id: 'a2', item: line(2) }]);
    await settled(ada);
    const ben = await open(server, 'ben');
    expect(ben.board.state.value.phase).toBe('live');
    expect([...ben.board.items().keys()].sort()).toEqual(['a1', 'a2']);
  });

  it('keeps what is drawn while the line is cut over a reload, and sends it once', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    ada.board.change([{ id: 'a1', item: line(1) }]);
    await settled(ada);
    expect(server.kept.size).toBe(0);
    server.cut(ada, true);
    ada.board.change([{ id: 'a2', item: line(2) }]);
    ada.board.change([{ id: 'a1' }, { id: 'a3', item: line(3) }]);
    ada.board.dispose();

    const changed: string[] = [];
    const again = server.open('ada');
    const { signal } = new AbortController();
    again.board.listen(
      {
        changed: (changes) => changed.push(...changes.map(({ id }) => id)),
        hinted: () => undefined,
        drew: () => undefined,
      },
      signal,
    );
    await again.board.catchUp();
    expect([...again.board.items().keys()].sort()).toEqual(['a2', 'a3']);
    expect(changed).toContain('a2');
    await settled(again);
    const ben = await open(server, 'ben');
    expect([...ben.board.items().keys()].sort()).toEqual(['a2', 'a3']);
    expect(server.kept.size).toBe(0);
    expect(server.n).toBe(2);

    // Reloaded before the answer came: it is there already, and not sent again.
    server.kept.set('ada', { gen: 1, update: server.rows.at(-1)?.update ?? '' });
    const third = await open(server, 'ada');
    await settled(third, ben);
    expect(server.n).toBe(2);
    expect(server.kept.size).toBe(0);
  });

  it('forgets what it kept when the board was cleared or deleted, or is refused', async () => {
    const server = new FakeServerBoard();
    const offline = async () => {
      const ada = await open(server, 'ada');
      server.cut(ada, true);
      ada.board.change([{ id: 'a1', item: line(1) }]);
      expect(server.kept.size).toBe(1);
      return ada;
    };
    const cleared = await offline();
    cleared.board.dispose();
    server.clear();
    const again = await open(server, 'ada');
    expect(again.board.items().size).toBe(0);
    expect(server.kept.size).toBe(0);

    (await offline()).board.hearDeleted();
    expect(server.kept.size).toBe(0);

    (await offline()).board.dispose();
    server.refusal = new MeetingError('whiteboard-locked', 'Locked.');
    const locked = await open(server, 'ada');
    await vi.waitFor(() => expect(locked.board.state.value.error?.code).toBe('whiteboard-locked'));
    expect(server.kept.size).toBe(0);
    expect(locked.board.items().size).toBe(0);
    server.refusal = undefined;

    server.kept.set('ada', { gen: server.gen, update: 'bm8gdXBkYXRlIGF0IGFsbA==' });
    const broken = await open(server, 'ada');
    expect(broken.board.state.value.phase).toBe('live');
    expect(server.kept.size).toBe(0);
  });

  it('notices by the next update that it missed one', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    const ben = await open(server, 'ben');
    server.isQuiet = true;
    ada.board.change([{ id: 'a1', item: line(1) }]);
    await settled(ada);
    server.isQuiet = false;
    ada.board.change([{ id: 'a2', item: line(2) }]);
    await settled(ada, ben);
    expect(ben.board.items().has('a1')).toBe(true);
  });

  it('undoes and redoes one’s own steps, and nobody else’s', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    const ben = await open(server, 'ben');
    ada.board.change([{ id: 'a1', item: line(1) }]);
    await settled(ada, ben);
    ben.board.change([{ id: 'b1', item: line(2) }]);
    await settled(ada, ben);
    ada.board.undo();
    await settled(ada, ben);
    expect([...ben.board.items().keys()]).toEqual(['b1']);
    expect(ada.board.state.value).toMatchObject({ canUndo: false, canRedo: true });
    ada.board.undo();
    ada.board.redo();
    await settled(ada, ben);
    expect([...ben.board.items().keys()].sort()).toEqual(['a1', 'b1']);
  });

  it('begins anew when a host cleared it; what was on its way is not drawn again', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    const ben = await open(server, 'ben');
    ada.board.change([{ id: 'a1', item: line(1) }]);
    await settled(ada, ben);
    server.cut(ben, true);
    ben.board.change([{ id: 'b1', item: line(2) }]);
    server.clear();
    expect(ada.board.items().size).toBe(0);
    server.cut(ben, false);
    await settled(ada, ben);
    expect(ben.board.items().size).toBe(0);
    ben.board.change([{ id: 'b2', item: line(3) }]);
    await settled(ada, ben);
    expect([...ada.board.items().keys()]).toEqual(['b2']);
  });

  it('takes back what the server refuses, and says why', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    ada.board.change([{ id: 'a1', item: line(1) }]);
    await settled(ada);
    server.refusal = new MeetingError('whiteboard-locked', 'Locked.');
    ada.board.change([{ id: 'a2', item: line(2) }]);
    await vi.waitFor(() => expect([...ada.board.items().keys()]).toEqual(['a1']));
    expect(ada.board.state.value.error?.code).toBe('whiteboard-locked');
    server.refusal = undefined;
    ada.board.change([{ id: 'a3', item: line(3) }]);
    await settled(ada);
    expect(server.n).toBe(2);
  });

  it('waits as the server asks when it draws too much, and then sends it', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    server.refusal = new MeetingError('rate-limited', 'Too much.', { retryAfter: 1 });
    ada.board.change([{ id: 'a1', item: line(1) }]);
    await vi.waitFor(() => expect(server.refused).toBe(1));
    expect(server.n).toBe(0);
    expect(ada.board.items().has('a1')).toBe(true);
    server.refusal = undefined;
    await settled(ada);
    expect(server.n).toBe(1);
  });

  it('tells where one points no more often than ten times a second', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    for (let x = 0; x < 50; x += 1) ada.board.hint({ x, y: 0 });
    const hints: readonly BoardHint[] = ada.hints;
    expect(hints).toHaveLength(1);
  });

  it('is over when it is deleted, and takes nothing any more', async () => {
    const server = new FakeServerBoard();
    const ada = await open(server, 'ada');
    ada.board.hearDeleted();
    expect(ada.board.state.value.phase).toBe('gone');
    ada.board.change([{ id: 'a1', item: line(1) }]);
    expect(ada.board.items().size).toBe(0);
  });
});
