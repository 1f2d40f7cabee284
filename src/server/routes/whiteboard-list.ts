import { atOneMoment } from '../rules/at-one-moment.ts';
import { readWhiteboards } from '../rules/whiteboards.ts';
import { type BackendHandler, readAsBackendOr } from './context.ts';

export const whiteboardList: BackendHandler<'whiteboard-list'> = async (parts, call) => {
  const room = await readAsBackendOr('session', parts, call);
  if (!room) return { seq: 0, whiteboards: [] };
  return atOneMoment(parts.ports.storage.db, room.id, async (tx, { id, seq }) => ({
    seq,
    whiteboards: await readWhiteboards(tx, id),
  }));
};
