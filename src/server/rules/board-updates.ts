import { ContentAny, ContentDeleted, decodeUpdate, Item, mergeUpdates, Skip } from 'yjs';
import { BOARD_PAGE_BYTES, BOARD_UPDATES_KEPT } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Answer, Input } from '../../protocol/routes.ts';
import { newId } from '../secrets.ts';
import type { Db, Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { demand } from './demand.ts';
import type { Seated } from './people.ts';
import { findWhiteboard, type WhiteboardRow } from './whiteboards.ts';

/** The newest stay as they came, so that what is sent again is known by its key. */
const UNMERGED = 100;

/**
 * Keeps what somebody drew. It is looked into only so far as that every page can apply it: what it
 * comes to is the same for everybody, and pages show of it what is safe to show.
 *
 * @throws MeetingError `whiteboard-not-found`, `whiteboard-cleared`, `whiteboard-locked`,
 *   `whiteboard-full`, `presenter-mode`, `invalid-input`.
 */
export async function addUpdate(
  change: Change,
  stay: Seated,
  { id, gen, update, key }: Input<'whiteboard-update'>,
): Promise<{ n: number }> {
  const { tx, room } = change;
  demand('whiteboard-update', { by: stay, presenterMode: room.presenter_mode });
  const board = await findWhiteboard(tx, room.id, id);
  const known = await updatesOf(tx, room.id, id)
    .select('n')
    .where('key', '=', key)
    .executeTakeFirst();
  if (known) return { n: known.n };
  if (board.gen !== gen) {
    throw new MeetingError('whiteboard-cleared', 'The whiteboard was cleared meanwhile.');
  }
  if (board.locked && stay.role !== 'host') {
    throw new MeetingError('whiteboard-locked', 'Hosts alone draw on this whiteboard.');
  }
  const bytes = checkedUpdate(update);
  if (Number(board.bytes) + bytes.length > change.policy.whiteboards.boardBytes) {
    throw new MeetingError('whiteboard-full', 'The whiteboard keeps no more.');
  }
  const n = board.n + 1;
  await tx
    .insertInto('whiteboard_updates')
    .values({
      ...{ room_id: room.id, whiteboard_id: id, n, key, identity: stay.identity, bytes },
    })
    .execute();
  const grown = {
    ...board,
    n,
    bytes: Number(board.bytes) + bytes.length,
    updates: board.updates + 1,
  };
  const kept = grown.updates > BOARD_UPDATES_KEPT ? await merge(tx, grown) : grown;
  await tx
    .updateTable('whiteboards')
    .set({ n, bytes: kept.bytes, updates: kept.updates })
    .where('room_id', '=', room.id)
    .where('id', '=', id)
    .execute();
  change.tell({ kind: 'board', room: room.id, id, gen, n });
  return { n };
}

/**
 * One page of what is on a whiteboard after update `after`.
 *
 * @throws MeetingError `whiteboard-not-found`.
 */
export async function readUpdates(
  tx: Tx,
  roomId: string,
  id: string,
  after: number,
): Promise<Answer<'whiteboard-read'>> {
  const { gen, n } = await findWhiteboard(tx, roomId, id);
  const rows = await updatesOf(tx, roomId, id)
    .select(({ fn }) => ['n', fn<number>('octet_length', ['bytes']).as('size')])
    .where('n', '>', after)
    .orderBy('n')
    .execute();
  let size = 0;
  const page = rows.filter(({ size: more }, index) => {
    size += (more * 4) / 3;
    return index === 0 || size <= BOARD_PAGE_BYTES;
  });
  const last = page.at(-1)?.n;
  if (last === undefined) return { gen, n, updates: [], more: false };
  const found = await updatesOf(tx, roomId, id)
    .select('bytes')
    .where('n', '>', after)
    .where('n', '<=', last)
    .orderBy('n')
    .execute();
  const updates = found.map(({ bytes }) => Buffer.from(bytes).toString('base64'));
  return { gen, n: last, updates, more: page.length < rows.length };
}

/** One update by its number, and who drew it; undefined when it is merged or cleared by now. */
export async function findUpdate(db: Db | Tx, roomId: string, id: string, n: number) {
  return updatesOf(db, roomId, id)
    .select(['bytes', 'identity'])
    .where('n', '=', n)
    .executeTakeFirst();
}

const updatesOf = (db: Db | Tx, roomId: string, id: string) =>
  db.selectFrom('whiteboard_updates').where('room_id', '=', roomId).where('whiteboard_id', '=', id);

/** Makes one update of all but the newest. */
async function merge(tx: Tx, board: WhiteboardRow): Promise<{ bytes: number; updates: number }> {
  const { room_id: roomId, id } = board;
  const until = board.n - UNMERGED;
  const old = await updatesOf(tx, roomId, id)
    .selectAll()
    .where('n', '<=', until)
    .orderBy('n')
    .execute();
  const [first] = old;
  if (!first) return board;
  const bytes = mergeUpdates(old.map((row) => new Uint8Array(row.bytes)));
  await tx
    .deleteFrom('whiteboard_updates')
    .where('room_id', '=', roomId)
    .where('whiteboard_id', '=', id)
    .where('n', '<=', until)
    .execute();
  const merged = { ...first, n: until, key: newId('w').slice(2), bytes };
  await tx.insertInto('whiteboard_updates').values(merged).execute();
  const before = old.reduce((sum, row) => sum + row.bytes.length, 0);
  return {
    bytes: board.bytes - before + bytes.length,
    updates: board.updates - old.length + 1,
  };
}

/** @throws MeetingError `invalid-input` when it is no update of a whiteboard. */
function checkedUpdate(base64: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  let cause: unknown;
  try {
    if (isDrawing(bytes)) return bytes;
  } catch (error) {
    cause = error;
  }
  const message = 'is no Yjs update of a whiteboard';
  throw new MeetingError('invalid-input', `The update ${message}.`, {
    ...{ cause, issues: [{ path: 'update', message }] },
  });
}

/**
 * Whether it changes nothing but the map of items. There are updates that Yjs reads and then can't
 * apply: one that is kept would keep everybody from the whiteboard.
 */
function isDrawing(bytes: Uint8Array): boolean {
  const { structs, ds } = decodeUpdate(bytes);
  const deletes = [...ds.clients.values()].flat();
  return deletes.every(({ len }) => len > 0) && structs.every(isOfItems);
}

function isOfItems(struct: ReturnType<typeof decodeUpdate>['structs'][number]): boolean {
  if (struct.length < 1 || struct instanceof Skip) return false;
  if (!(struct instanceof Item)) return true;
  const { id, origin, rightOrigin, content, parent, parentSub } = struct;
  const neighbours = [origin, rightOrigin].filter((at) => at !== null);
  const areEarlier = neighbours.every((at) => at.client !== id.client || at.clock < id.clock);
  // Without a neighbour to have it from, it says itself where it belongs.
  const hasPlace = neighbours.length > 0 || (isItems(parent) && parentSub !== null);
  return (
    (content instanceof ContentAny || content instanceof ContentDeleted) && areEarlier && hasPlace
  );
}

/** What is read from an update and not applied has the name of its parent for it. */
const isItems = (parent: unknown): boolean => parent === 'items';
