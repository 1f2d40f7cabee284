import { sql } from 'kysely';
import { ACTIVITY } from '../../../protocol/events.ts';
import type { Room, Tx } from '../../storage/tables.ts';
import type { Change } from '../change.ts';
import type { Part } from './part.ts';

/** Who came and went, and what hosts did: the log, and what is known of those who are out. */
export const activity: Part = {
  count: (tx, room) => countUpTo(tx, room, room.seq),

  async clear(change, { at, before, seq }, trash) {
    const { tx, room } = change;
    const count = await countUpTo(tx, room, before);
    const log = tx.selectFrom('events').selectAll().where('room_id', '=', room.id);
    const notes = tx.selectFrom('notes').selectAll().where('room_id', '=', room.id);
    await trash?.keep('events', log.where('seq', '<=', seq));
    await trash?.keep('notes', notes.where('at', '<=', at));
    await tx.deleteFrom('events').where('room_id', '=', room.id).where('seq', '<=', seq).execute();
    await tx.updateTable('rooms').set({ log_floor: seq }).where('id', '=', room.id).execute();
    // Hosts' own notes are about this past, and belong to no other part.
    await tx.deleteFrom('notes').where('room_id', '=', room.id).where('at', '<=', at).execute();
    await forgetPeople(change);
    return count;
  },

  /**
   * The log goes on below where it began anew. Who was in is told again, and nothing more: their
   * sessions are over, and who was kept out was let go for good.
   */
  async restore({ tx, room }, trash) {
    await trash.putBack('events');
    await trash.putBack('notes');
    await tx
      .updateTable('rooms')
      .set((eb) => ({
        log_floor: eb
          .selectFrom('events')
          .select(sql<number>`min(seq) - 1`.as('floor'))
          .where('room_id', '=', room.id),
      }))
      .where('id', '=', room.id)
      .execute();
  },
};

async function countUpTo(tx: Tx, { id }: Room, seq: number): Promise<number> {
  const { count } = await tx
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<string | number>().as('count'))
    .where('room_id', '=', id)
    .where('seq', '<=', seq)
    .where('type', 'in', ACTIVITY)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Of a stay that the reset ended, only this is left: its session is told so, for a page that is
 * reloaded must still say why it is out. The identity names nobody any more, at any route or door.
 */
async function forgetPeople({ tx, room }: Change): Promise<void> {
  const over = tx
    .selectFrom('admissions')
    .select('id')
    .where('room_id', '=', room.id)
    .where('state', '=', 'reset');
  await tx
    .updateTable('seats')
    .set({ identity: sql`'x_' || admission_id`, holder: null, socket: null, closed_at: null })
    .where('admission_id', 'in', over)
    .where('kind', '=', 'call')
    .execute();
  await tx
    .updateTable('admissions')
    .set((eb) => ({
      name: '',
      person: eb.ref('id'),
      visitor: null,
      token_hash: null,
      role: 'guest',
      message: null,
      note: null,
      expires_at: null,
      joined_at: null,
      gone_at: null,
      entered_at: sql<number>`coalesce(over_at, entered_at)`,
    }))
    .where('room_id', '=', room.id)
    .where('state', '=', 'reset')
    .execute();
}
