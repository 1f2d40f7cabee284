import { MeetingError } from '../../../protocol/meeting-error.ts';
import type { Restorable } from '../../../protocol/reset.ts';
import type { TrashRow } from '../../storage/reset-tables.ts';
import type { Db, Room, Tx } from '../../storage/tables.ts';
import type { Change } from '../change.ts';
import { demand, toSubject } from '../demand.ts';
import { type Acting, toActor } from '../people.ts';
import { ALL_PARTS, PARTS } from './parts.ts';
import { emptyTrash, forgetTrash, Trash } from './trash.ts';

/**
 * What `acting` may put back now, the newest first. After a full reset, the room may be in other
 * hands: then only the host who did it may, and the integrator's code; otherwise any host.
 */
export async function readRestorable(
  db: Db | Tx,
  room: Pick<Room, 'id'>,
  acting: Acting,
  now: number,
): Promise<Restorable[]> {
  const rows = await db
    .selectFrom('trash')
    .selectAll()
    .where('room_id', '=', room.id)
    .where('until', '>', now)
    // A reset that still goes on is no past yet.
    .where('reset_id', 'not in', (eb) =>
      eb.selectFrom('resets').select('id').where('room_id', '=', room.id),
    )
    .orderBy('at', 'desc')
    .execute();
  const resets = new Map<string, TrashRow[]>();
  for (const row of rows.filter((each) => mayRestore(each, acting))) {
    resets.set(row.reset_id, [...(resets.get(row.reset_id) ?? []), row]);
  }
  return [...resets.values()].map(toRestorable);
}

/** What of a reset's clearing can be put back, and until when; undefined when nothing can. */
export async function findRestorable(tx: Tx, resetId: string): Promise<Restorable | undefined> {
  const rows = await tx.selectFrom('trash').selectAll().where('reset_id', '=', resetId).execute();
  return rows.length > 0 ? toRestorable(rows) : undefined;
}

/**
 * Puts back what a reset cleared, as far as the trash has it. It brings back what people made, and
 * what is told of them; nothing that lets somebody in or keeps somebody out.
 *
 * @throws MeetingError `not-host`; `reset-not-found` when there is nothing that they may put back.
 */
export async function restoreReset(
  change: Change,
  acting: Acting,
  { id }: { id: string },
): Promise<{ seq: number; parts: Restorable['parts'] }> {
  demand('reset-restore', { by: toSubject(acting) });
  const { parts } = await demandRestorable(change, acting, id);
  for (const { part } of parts) await PARTS[part].restore?.(change, new Trash(change, part));
  await forgetTrash(
    change,
    parts.map(({ part }) => part),
  );
  change.append({
    type: 'room-restored',
    parts: parts.map(({ part }) => part),
    by: toActor(acting),
  });
  return { seq: change.seq, parts };
}

/**
 * What a reset cleared goes for good before its time. Who may put it back may do this.
 *
 * @throws MeetingError `not-host`, `reset-not-found`.
 */
export async function purgeReset(
  change: Change,
  acting: Acting,
  { id }: { id: string },
): Promise<{ seq: number }> {
  demand('reset-purge', { by: toSubject(acting) });
  const { parts } = await demandRestorable(change, acting, id);
  await emptyTrash(
    change,
    parts.map(({ part }) => part),
  );
  return { seq: change.seq };
}

/** What was kept long enough goes for good. */
export async function dropOldTrash(change: Change): Promise<void> {
  const old = await change.tx
    .selectFrom('trash')
    .select('part')
    .where('room_id', '=', change.room.id)
    .where('until', '<=', change.now)
    .execute();
  await emptyTrash(
    change,
    old.map(({ part }) => part),
  );
}

async function demandRestorable(
  { tx, room, now }: Change,
  acting: Acting,
  id: string,
): Promise<Restorable> {
  const all = await readRestorable(tx, room, acting, now);
  const found = all.find((each) => each.id === id);
  if (found) return found;
  throw new MeetingError('reset-not-found', 'Nothing of such a reset can be restored.');
}

function mayRestore({ full, by }: TrashRow, acting: Acting): boolean {
  if (acting === 'server' || !full) return true;
  return 'person' in by && by.person === acting.stay.person;
}

function toRestorable(rows: readonly TrashRow[]): Restorable {
  const parts = rows
    .map(({ part, count }) => ({ part, count }))
    .toSorted((one, other) => ALL_PARTS.indexOf(one.part) - ALL_PARTS.indexOf(other.part));
  const [{ reset_id: id, at, by }] = rows as [TrashRow];
  return { id, at, by, parts, until: Math.min(...rows.map(({ until }) => until)) };
}
