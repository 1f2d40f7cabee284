import { readActivity } from '../rules/activity.ts';
import { type BackendHandler, readAsHost } from './context.ts';

/** What a list shows at once. */
const PAGE = 50;

export const activity: BackendHandler<'activity'> = async (parts, call, { before, limit }) => {
  const room = await readAsHost(parts, call);
  if (!room) return { events: [], more: false };
  return readActivity(parts.ports.storage.db, room, {
    before: before === undefined ? undefined : Number(before),
    limit: limit === undefined ? PAGE : Number(limit),
  });
};
