import { listMessages } from '../rules/messages.ts';
import { type Handler, readAs } from './context.ts';

/** What a list shows at once. */
const PAGE = 50;

export const messageList: Handler<'message-list'> = async (parts, call, { before, limit }) => {
  const { room, stay } = await readAs(parts, call);
  const page = await listMessages(parts.ports.storage.db, room, stay.person, {
    before: before === undefined ? undefined : Number(before),
    limit: limit === undefined ? PAGE : Number(limit),
  });
  return { seq: room.seq, ...page };
};
