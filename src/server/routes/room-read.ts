import { readKnocks } from '../rules/knocks.ts';
import { readRoster } from '../rules/people.ts';
import { readRunning, toRecording } from '../rules/recording-rows.ts';
import { toRoomInfo } from '../rules/snapshot.ts';
import { type BackendHandler, readAsHost } from './context.ts';

export const roomRead: BackendHandler<'room-read'> = async (parts, call) => {
  const { db } = parts.ports.storage;
  const room = await readAsHost(parts, call);
  if (!room) {
    const name = call.room.toLowerCase();
    return { seq: 0, room: { name, locked: true, presenterMode: false }, roster: [], knocks: [] };
  }
  const { id, seq } = room;
  const [roster, knocks, running] = await Promise.all([
    readRoster(db, id),
    readKnocks(db, id),
    readRunning(db, id),
  ]);
  const recording = running && toRecording(running.row);
  return { seq, room: toRoomInfo(room), roster, knocks, ...(recording && { recording }) };
};
