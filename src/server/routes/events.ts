import { MeetingError } from '../../protocol/meeting-error.ts';
import { findRoom } from '../rules/change.ts';
import { readLog } from '../rules/log.ts';
import { readSession } from '../rules/session.ts';
import type { Handler } from './context.ts';

export const events: Handler<'events'> = async ({ ports }, call, { after }) => {
  const { storage, clock } = ports;
  const room = await findRoom(ports, call.room);
  if (!room) throw new MeetingError('session-invalid', 'There is no such session in this room.');
  await readSession(storage.db, room.id, call.session, 'session', clock.now());
  return { seq: room.seq, events: await readLog(storage.db, room, Number(after)) };
};
