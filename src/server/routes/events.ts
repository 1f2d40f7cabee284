import { MeetingError } from '../../protocol/meeting-error.ts';
import { findRoom } from '../rules/change.ts';
import { readLog, withhold } from '../rules/log.ts';
import { readSession } from '../rules/session.ts';
import type { BackendHandler } from './context.ts';

export const events: BackendHandler<'events'> = async ({ ports }, call, { after }) => {
  const { storage, clock } = ports;
  const room = await findRoom(ports, call.room);
  if (!room && call.isServer) return { seq: 0, events: [] };
  if (!room) throw new MeetingError('session-invalid', 'There is no such session in this room.');
  const reader = call.isServer
    ? ({ role: 'host', person: undefined } as const)
    : await readSession(storage.db, room, call.session, 'session', clock.now());
  const log = await readLog(storage.db, room, Number(after));
  return { seq: room.seq, events: log.map((event) => withhold(event, reader)) };
};
