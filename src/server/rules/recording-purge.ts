import { sql } from 'kysely';
import type { Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { dropBytes } from './recording-bytes.ts';
import { recordingsOf } from './recording-rows.ts';
import type { Trash } from './reset/trash.ts';

/** Recordings that are in the room, or of which something is; those on somebody's device are not. */
export async function countPurgeable(tx: Tx, roomId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('recordings')
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .where('room_id', '=', roomId)
    .where('key', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Everything of the room's recordings goes that there was at `at`, uploads on their way included:
 * rows and links in this transaction, bytes by the outbox, and from the log what they were called.
 * What is on somebody's device stays there, and can't come to the room any more. Whoever calls it
 * says so in an event of its own.
 *
 * @param trash - where those that are whole are kept, with their bytes.
 * @returns how many there were in the room.
 */
export async function purgeRecordings(change: Change, at: number, trash?: Trash): Promise<number> {
  const { tx, room } = change;
  // One that began after that is not of the past.
  const gone = await recordingsOf(tx, room.id)
    .where('at', '<=', at)
    .where('state', 'not in', ['starting', 'running'])
    .execute();
  const kept = trash ? gone.filter(({ state }) => state === 'kept') : [];
  await trash?.keep(
    'recordings',
    tx
      .selectFrom('recordings')
      .selectAll()
      .where('room_id', '=', room.id)
      .where('at', '<=', at)
      .where('state', '=', 'kept'),
  );
  await trash?.keepBytes(kept.flatMap(({ key }) => (key === null ? [] : { key })));
  await dropBytes(
    change,
    gone.filter((row) => !kept.includes(row)),
  );
  await tx
    .deleteFrom('recordings')
    .where('room_id', '=', room.id)
    .where('at', '<=', at)
    .where('state', 'not in', ['starting', 'running'])
    .execute();
  await sql`update events set data = jsonb_set(data, '{recording,name}', '""')
    where room_id = ${room.id} and at <= ${at} and type like 'recording-%'`.execute(tx);
  const count = gone.filter(({ key }) => key !== null).length;
  trash?.lose(count - kept.length);
  return count;
}
