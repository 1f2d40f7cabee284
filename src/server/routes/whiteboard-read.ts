import { atOneMoment } from '../rules/at-one-moment.ts';
import { readUpdates } from '../rules/board-updates.ts';
import { type Handler, readAs } from './context.ts';

export const whiteboardRead: Handler<'whiteboard-read'> = async (parts, call, { id, after }) => {
  const { room } = await readAs(parts, call);
  return atOneMoment(parts.ports.storage.db, room.id, (tx) =>
    readUpdates(tx, room.id, id, after === undefined ? 0 : Number(after)),
  );
};
