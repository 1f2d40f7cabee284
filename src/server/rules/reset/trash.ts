import { type Compilable, sql } from 'kysely';
import type { ResetPart } from '../../../protocol/reset.ts';
import type { ResetRow } from '../../storage/reset-tables.ts';
import type { Tables } from '../../storage/tables.ts';
import type { Change } from '../change.ts';

/** The tables of which the trash keeps rows. */
export type KeptTable = Extract<
  keyof Tables,
  'messages' | 'files' | 'recordings' | 'whiteboards' | 'whiteboard_updates' | 'events' | 'notes'
>;

/** Beside the tables, what a row of the trash may stand for: something in the byte store. */
const BYTES = 'bytes';

/** Deletions of bytes that one row of the outbox carries. */
const AT_ONCE = 20;

/**
 * What one reset cleared of one part of a room, and may be put back. The rows lie apart, as JSON, so
 * that nothing which reads the room can find them; bytes stay where they are, under keys that nobody
 * was ever told. Of each part there is one trash: a later reset of it takes its place.
 */
export class Trash {
  readonly #change: Change;
  readonly #part: ResetPart;
  #lost = 0;

  constructor(change: Change, part: ResetPart) {
    this.#change = change;
    this.#part = part;
  }

  /** Copies rows into the trash; whoever calls it deletes them from where they are. */
  async keep(table: KeptTable, rows: Compilable & { toOperationNode: unknown }): Promise<void> {
    const { tx, room } = this.#change;
    await sql`insert into trash_rows (room_id, part, source, kept)
      select ${room.id}, ${this.#part}, ${table}, to_jsonb(cleared) from ${rows} as cleared`.execute(
      tx,
    );
  }

  /** Leaves the bytes of what is complete where they are until the trash is emptied. */
  async keepBytes(objects: readonly { readonly key: string }[]): Promise<void> {
    if (objects.length === 0) return;
    const rows = objects.map(({ key }) => ({
      ...{ room_id: this.#change.room.id, part: this.#part, source: BYTES },
      kept: { key },
    }));
    await this.#change.tx.insertInto('trash_rows').values(rows).execute();
  }

  /** So many of what was cleared and counted are not kept. */
  lose(count: number): void {
    this.#lost += count;
  }

  /** All is in that is kept of `count` things. There is no trash of nothing. */
  async close(count: number): Promise<void> {
    const kept = count - this.#lost;
    if (kept <= 0) return emptyTrash(this.#change, [this.#part]);
    const { tx, room } = this.#change;
    await tx
      .updateTable('trash')
      .set({ count: kept })
      .where('room_id', '=', room.id)
      .where('part', '=', this.#part)
      .execute();
  }

  /**
   * Puts the rows of a table back. What has come to be in their place meanwhile stays, and columns
   * that are newer than the trash are as they are in a new row.
   */
  async putBack(table: KeptTable): Promise<void> {
    const { tx, room } = this.#change;
    const own = sql`trash_rows.room_id = ${room.id} and part = ${this.#part} and source = ${table}`;
    const { rows } = await sql<{ name: string }>`select column_name as name
      from information_schema.columns
      where table_schema = current_schema() and table_name = ${table} and column_name in (
        select jsonb_object_keys(kept) from (select kept from trash_rows where ${own} limit 1) as one
      )`.execute(tx);
    if (rows.length === 0) return;
    const columns = sql.join(rows.map(({ name }) => sql.ref(name)));
    const values = sql.join(rows.map(({ name }) => sql.ref(`back.${name}`)));
    await sql`insert into ${sql.table(table)} (${columns})
      select ${values}
      from trash_rows, jsonb_populate_record(null::${sql.table(table)}, kept) as back
      where ${own} on conflict do nothing`.execute(tx);
  }

  /** Gives up the whiteboards whose ids others have by now: one board is not drawn into another. */
  async dropTakenBoards(): Promise<void> {
    const { tx, room } = this.#change;
    await sql`delete from trash_rows
      where room_id = ${room.id} and part = ${this.#part}
      and source in ('whiteboards', 'whiteboard_updates')
      and coalesce(kept ->> 'whiteboard_id', kept ->> 'id')
        in (select id from whiteboards where room_id = ${room.id})`.execute(tx);
  }
}

/**
 * Makes the trash for what a reset is about to clear of a part. What an earlier reset had left there
 * goes for good: so much is kept at most, and who resets twice has really cleared it.
 *
 * @returns undefined when the server keeps none.
 */
export async function openTrash(
  change: Change,
  { id, at, by, progress }: ResetRow,
  part: ResetPart,
): Promise<Trash | undefined> {
  const { tx, room, now, policy } = change;
  await emptyTrash(change, [part]);
  if (policy.trash === 0) return undefined;
  await tx
    .insertInto('trash')
    .values({
      room_id: room.id,
      part,
      reset_id: id,
      at,
      until: now + policy.trash,
      by,
      full: progress.activity !== undefined,
      count: 0,
    })
    .execute();
  return new Trash(change, part);
}

/** What is in the trash for these parts goes for good: rows now, bytes by the outbox. */
export async function emptyTrash(change: Change, parts: readonly ResetPart[]): Promise<void> {
  if (parts.length === 0) return;
  const { tx, room } = change;
  const rows = await tx
    .selectFrom('trash_rows')
    .select(sql<string>`kept ->> 'key'`.as('key'))
    .where('room_id', '=', room.id)
    .where('part', 'in', parts)
    .where('source', '=', BYTES)
    .execute();
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const objects = rows.slice(from, from + AT_ONCE).map(({ key }) => ({ key }));
    change.effect({ kind: 'bytes.delete', payload: { objects } });
  }
  await forgetTrash(change, parts);
}

/** The trash of these parts is over, because it was put back, or is gone. */
export async function forgetTrash(
  { tx, room }: Change,
  parts: readonly ResetPart[],
): Promise<void> {
  await tx.deleteFrom('trash').where('room_id', '=', room.id).where('part', 'in', parts).execute();
}
