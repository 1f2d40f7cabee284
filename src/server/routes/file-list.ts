import { countFiles, readFiles } from '../rules/files.ts';
import { type Handler, readAs } from './context.ts';

export const fileList: Handler<'file-list'> = async (parts, call) => {
  const { storage, policy } = parts.ports;
  const { room } = await readAs(parts, call);
  // Read before: what is added in between is told again by the feed.
  const { seq } = room;
  const files = await readFiles(storage.db, room.id);
  return { seq, files, usage: await countFiles(storage.db, room.id), limits: policy.files };
};
