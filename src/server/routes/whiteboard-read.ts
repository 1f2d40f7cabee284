import { MeetingError } from '../../protocol/meeting-error.ts';
import { atOneMoment } from '../rules/at-one-moment.ts';
import { readUpdates } from '../rules/board-updates.ts';
import { type BackendHandler, readAsBackendOr } from './context.ts';

export const whiteboardRead: BackendHandler<'whiteboard-read'> = async (parts, call, input) => {
  const { id, after } = input;
  const room = await readAsBackendOr('session', parts, call);
  if (!room) throw new MeetingError('whiteboard-not-found', 'The room has no such whiteboard.');
  return atOneMoment(parts.ports.storage.db, room.id, (tx) =>
    readUpdates(tx, room.id, id, after === undefined ? 0 : Number(after)),
  );
};
