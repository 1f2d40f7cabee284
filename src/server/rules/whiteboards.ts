import { type Selectable, sql } from 'kysely';
import { MAX_WHITEBOARD_NAME_LENGTH } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanLine } from '../../protocol/names.ts';
import type { Input } from '../../protocol/routes.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import type { Db, Tables, Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { demand, toSubject } from './demand.ts';
import { type Acting, toActor } from './people.ts';
import type { Trash } from './reset/trash.ts';

export type WhiteboardRow = Selectable<Tables['whiteboards']>;

/** What a rule of the whiteboards answers. */
interface Told {
  seq: number;
  whiteboard: Whiteboard;
}

/** A whiteboard as everybody in the call may know it. */
export const toWhiteboard = (row: WhiteboardRow): Whiteboard => ({
  id: row.id,
  name: row.name,
  locked: row.locked,
  at: row.at,
  by: row.by,
  gen: row.gen,
});

/** The whiteboards of a room, the oldest first. */
export async function readWhiteboards(db: Db | Tx, roomId: string): Promise<Whiteboard[]> {
  const rows = await db
    .selectFrom('whiteboards')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(toWhiteboard);
}

/** @throws MeetingError `whiteboard-not-found`. */
export async function findWhiteboard(
  db: Db | Tx,
  roomId: string,
  id: string,
): Promise<WhiteboardRow> {
  const row = await db
    .selectFrom('whiteboards')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return row;
  throw new MeetingError('whiteboard-not-found', 'The room has no such whiteboard.');
}

/**
 * Makes a whiteboard; again with the same id, it is the one that is there.
 *
 * @throws MeetingError `presenter-mode`, `invalid-input`, `too-many-whiteboards`.
 */
export async function createWhiteboard(
  change: Change,
  acting: Acting,
  { id, name }: Input<'whiteboard-create'>,
): Promise<Told> {
  const { tx, room, now, policy } = change;
  demand('whiteboard-create', { by: toSubject(acting), presenterMode: room.presenter_mode });
  const all = await tx
    .selectFrom('whiteboards')
    .selectAll()
    .where('room_id', '=', room.id)
    .execute();
  const known = all.find((one) => one.id === id);
  if (known) return { seq: change.seq, whiteboard: toWhiteboard(known) };
  if (all.length >= policy.whiteboards.roomBoards) {
    throw new MeetingError('too-many-whiteboards', 'The room keeps no more whiteboards.');
  }
  const row: WhiteboardRow = {
    ...{ room_id: room.id, id, name: readableName(name), locked: false },
    ...{ gen: 1, n: 0, bytes: 0, updates: 0, at: now },
    ...{ by: toActor(acting), person: acting === 'server' ? '' : acting.stay.person },
  };
  await tx.insertInto('whiteboards').values(row).execute();
  const whiteboard = toWhiteboard(row);
  change.append({ type: 'whiteboard-created', whiteboard, by: row.by });
  return { seq: change.seq, whiteboard };
}

/** @throws MeetingError `whiteboard-not-found`, `not-yours`, `presenter-mode`, `invalid-input`. */
export async function renameWhiteboard(
  change: Change,
  acting: Acting,
  { id, name }: Input<'whiteboard-rename'>,
): Promise<Told> {
  const { room } = change;
  const row = await findWhiteboard(change.tx, room.id, id);
  const target = { person: row.person, role: 'role' in row.by ? row.by.role : 'host' } as const;
  const by = toSubject(acting);
  demand('whiteboard-rename', { by, target, presenterMode: room.presenter_mode });
  return put(change, acting, { ...row, name: readableName(name) }, 'whiteboard-changed', row);
}

/** @throws MeetingError `whiteboard-not-found`, `not-host`. */
export async function lockWhiteboard(
  change: Change,
  acting: Acting,
  { id, locked }: Input<'whiteboard-lock'>,
): Promise<Told> {
  demand('whiteboard-lock', { by: toSubject(acting) });
  const row = await findWhiteboard(change.tx, change.room.id, id);
  return put(change, acting, { ...row, locked }, 'whiteboard-changed', row);
}

/**
 * Takes everything off a whiteboard, for good: what was drawn on it before and comes later is of
 * another generation, and refused.
 *
 * @throws MeetingError `whiteboard-not-found`, `not-host`.
 */
export async function clearWhiteboard(
  change: Change,
  acting: Acting,
  { id }: Input<'whiteboard-clear'>,
): Promise<Told> {
  const { tx, room } = change;
  demand('whiteboard-clear', { by: toSubject(acting) });
  const row = await findWhiteboard(tx, room.id, id);
  await tx
    .deleteFrom('whiteboard_updates')
    .where('room_id', '=', room.id)
    .where('whiteboard_id', '=', id)
    .execute();
  const clear = { ...row, gen: row.gen + 1, bytes: 0, updates: 0 };
  return put(change, acting, clear, 'whiteboard-cleared', row);
}

/** @throws MeetingError `whiteboard-not-found`, `not-host`. */
export async function deleteWhiteboard(
  change: Change,
  acting: Acting,
  { id }: Input<'whiteboard-delete'>,
): Promise<{ seq: number }> {
  const { tx, room } = change;
  demand('whiteboard-delete', { by: toSubject(acting) });
  const row = await findWhiteboard(tx, room.id, id);
  await tx.deleteFrom('whiteboards').where('room_id', '=', room.id).where('id', '=', id).execute();
  const whiteboard = toWhiteboard(row);
  change.append({ type: 'whiteboard-deleted', whiteboard, by: toActor(acting) });
  return { seq: change.seq };
}

export async function countWhiteboards(db: Db | Tx, roomId: string): Promise<number> {
  const { count } = await db
    .selectFrom('whiteboards')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('room_id', '=', roomId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Every whiteboard of the room goes that was there at `at`, and from the log what they were called.
 * Whoever calls it says so in an event of its own.
 *
 * @returns how many there were.
 */
export async function purgeWhiteboards(
  { tx, room }: Change,
  at: number,
  trash?: Trash,
): Promise<number> {
  const gone = tx.selectFrom('whiteboards').where('room_id', '=', room.id).where('at', '<=', at);
  const updates = tx
    .selectFrom('whiteboard_updates')
    .selectAll()
    .where('room_id', '=', room.id)
    .where('whiteboard_id', 'in', gone.select('id'));
  await trash?.keep('whiteboards', gone.selectAll());
  await trash?.keep('whiteboard_updates', updates);
  const { numDeletedRows } = await tx
    .deleteFrom('whiteboards')
    .where('room_id', '=', room.id)
    .where('at', '<=', at)
    .executeTakeFirst();
  await sql`update events set data = jsonb_set(data, '{whiteboard,name}', '""')
    where room_id = ${room.id} and at <= ${at} and type like 'whiteboard-%'`.execute(tx);
  return Number(numDeletedRows);
}

/** Writes a whiteboard as it is now, and tells it if that is anything new. */
async function put(
  change: Change,
  acting: Acting,
  row: WhiteboardRow,
  type: 'whiteboard-changed' | 'whiteboard-cleared',
  before: WhiteboardRow,
): Promise<Told> {
  const whiteboard = toWhiteboard(row);
  const isNew = (['name', 'locked', 'gen'] as const).some((key) => row[key] !== before[key]);
  if (!isNew) return { seq: change.seq, whiteboard };
  const { name, locked, gen, bytes, updates } = row;
  await change.tx
    .updateTable('whiteboards')
    .set({ name, locked, gen, bytes, updates })
    .where('room_id', '=', row.room_id)
    .where('id', '=', row.id)
    .execute();
  change.append({ type, whiteboard, by: toActor(acting) });
  return { seq: change.seq, whiteboard };
}

function readableName(name: string): string {
  const readable = [...cleanLine(name.normalize('NFC'))]
    .slice(0, MAX_WHITEBOARD_NAME_LENGTH)
    .join('')
    .trim();
  if (readable) return readable;
  const message = 'has nothing readable in it';
  throw new MeetingError('invalid-input', `The name ${message}.`, {
    issues: [{ path: 'name', message }],
  });
}
