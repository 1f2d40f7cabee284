import { countRecordings, readRecordings } from '../rules/recording-rows.ts';
import { type BackendHandler, readAsHost } from './context.ts';

export const recordingList: BackendHandler<'recording-list'> = async (parts, call) => {
  const { storage, policy } = parts.ports;
  const { fileBytes, roomBytes } = policy.recordings;
  const limits = { fileBytes, roomBytes };
  const room = await readAsHost(parts, call);
  if (!room) return { seq: 0, recordings: [], usage: { bytes: 0, recordings: 0 }, limits };
  // Read before: what is added in between is told again by the feed.
  const { id, seq } = room;
  const recordings = await readRecordings(storage.db, id);
  return { seq, recordings, usage: await countRecordings(storage.db, id), limits };
};
