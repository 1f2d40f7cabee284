import { atOneMoment } from '../rules/at-one-moment.ts';
import { readWhiteboards } from '../rules/whiteboards.ts';
import { type Handler, readAs } from './context.ts';

export const whiteboardList: Handler<'whiteboard-list'> = async (parts, call) => {
  const { room } = await readAs(parts, call);
  return atOneMoment(parts.ports.storage.db, room.id, async (tx, { id, seq }) => ({
    seq,
    whiteboards: await readWhiteboards(tx, id),
  }));
};
