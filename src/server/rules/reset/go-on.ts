import type { ResetPart, ResetReceipt } from '../../../protocol/reset.ts';
import type { ResetRow } from '../../storage/reset-tables.ts';
import type { Change } from '../change.ts';
import { RESET_LEASE, tellProgress } from './begin.ts';
import { ALL_PARTS, PARTS } from './parts.ts';
import { findRestorable } from './restore.ts';
import { openTrash } from './trash.ts';

/** Where a reset is after a step. Nobody's: it was finished elsewhere. */
export type Step =
  | { state: 'going-on' }
  | { state: 'done'; seq: number; receipt: ResetReceipt }
  | { state: 'gone' };

/**
 * Does the next step of a reset: clears one part, or, when none is left, tells what it came to. Each
 * is one change, so whoever dies in between is followed by somebody who goes on where it was.
 */
export async function goOnWithReset(change: Change, id: string): Promise<Step> {
  const { tx, now } = change;
  const row = await tx.selectFrom('resets').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return { state: 'gone' };
  const next = partsOf(row).find((part) => row.progress[part] === null);
  if (next === undefined) return finish(change, row);
  const part = PARTS[next];
  const trash = part.restore && (await openTrash(change, row, next));
  const count = await part.clear(change, row, trash);
  await trash?.close(count);
  await tx
    .updateTable('resets')
    .set({ progress: { ...row.progress, [next]: count }, lease_until: now + RESET_LEASE })
    .where('id', '=', id)
    .execute();
  tellProgress(change, next, count);
  return { state: 'going-on' };
}

async function finish(change: Change, row: ResetRow): Promise<Step> {
  const { tx, now } = change;
  const parts = partsOf(row).map((part) => ({ part, count: row.progress[part] ?? 0 }));
  const kept = await findRestorable(tx, row.id);
  const receipt: ResetReceipt = {
    ...{ startedAt: row.at, finishedAt: now, parts, people: row.people },
    ...(kept && {
      restorable: { id: row.id, until: kept.until, parts: kept.parts.map(({ part }) => part) },
    }),
  };
  change.append({
    type: 'room-reset',
    parts: parts.map(({ part }) => part),
    keptHost: row.kept_host,
    receipt,
    by: row.by,
  });
  await tx.deleteFrom('resets').where('id', '=', row.id).execute();
  return { state: 'done', seq: change.seq, receipt };
}

const partsOf = ({ progress }: ResetRow): ResetPart[] =>
  ALL_PARTS.filter((part) => progress[part] !== undefined);
