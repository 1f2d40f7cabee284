import { sql } from 'kysely';
import { OF_MESSAGES } from '../../../protocol/events.ts';
import { numberMessages } from '../messages.ts';
import type { Part } from './part.ts';

/**
 * What people wrote: messages, and what is still on its way to webhooks. The log keeps
 * empty rows, for its numbers have no gaps; readers are told the number alone.
 */
export const chat: Part = {
  /** Private ones included; what was deleted is gone already. */
  async count(tx, room) {
    const { count } = await tx
      .selectFrom('messages')
      .select((eb) => eb.fn.countAll<string | number>().as('count'))
      .where('room_id', '=', room.id)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(count);
  },

  async clear({ tx, room }, { seq }, trash) {
    await trash?.keep(
      'messages',
      tx.selectFrom('messages').selectAll().where('room_id', '=', room.id).where('seq', '<=', seq),
    );
    const gone = await tx
      .deleteFrom('messages')
      .where('room_id', '=', room.id)
      .where('seq', '<=', seq)
      .returning('deleted_at')
      .execute();
    await tx
      .updateTable('events')
      .set({ by: null, data: {} })
      .where('room_id', '=', room.id)
      .where('type', 'in', OF_MESSAGES)
      .where('seq', '<=', seq)
      .execute();
    await tx
      .deleteFrom('deliveries')
      .where('room_id', '=', room.id)
      .where('seq', '<=', seq)
      .where(sql<string>`event ->> 'type'`, 'in', OF_MESSAGES)
      .execute();
    // How far somebody has read says that they were here; who is here now goes on from there.
    await tx
      .deleteFrom('chat_marks')
      .where('room_id', '=', room.id)
      .where('person', 'not in', (eb) =>
        eb
          .selectFrom('admissions')
          .select('person')
          .where('room_id', '=', room.id)
          .where('state', 'in', ['admitted', 'waiting']),
      )
      .execute();
    return gone.filter((row) => row.deleted_at === null).length;
  },

  /** The log keeps its empty rows: who reads the chat finds the messages. */
  async restore({ tx, room }, trash) {
    await trash.putBack('messages');
    await numberMessages(tx, room);
  },
};
