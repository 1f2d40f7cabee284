import type { Part } from './part.ts';

/** Whom hosts invited, by name or address. Their keys open nothing any more. */
export const access: Part = {
  async count(tx, room) {
    const { count } = await tx
      .selectFrom('invitations')
      .select((eb) => eb.fn.countAll<string | number>().as('count'))
      .where('room_id', '=', room.id)
      .executeTakeFirstOrThrow();
    return Number(count);
  },

  async clear({ tx, room }, { at }) {
    const invitations = tx
      .selectFrom('invitations')
      .select('id')
      .where('room_id', '=', room.id)
      .where('created_at', '<=', at);
    // Who came by one and is in the call stays there; who left does not come back by having left.
    await tx
      .updateTable('admissions')
      .set({ invitation_id: null, pass_until: null })
      .where('invitation_id', 'in', invitations)
      .execute();
    await tx.deleteFrom('invitation_uses').where('invitation_id', 'in', invitations).execute();
    const { numDeletedRows } = await tx
      .deleteFrom('invitations')
      .where('room_id', '=', room.id)
      .where('created_at', '<=', at)
      .executeTakeFirst();
    return Number(numDeletedRows);
  },
};
