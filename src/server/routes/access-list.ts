import { readAccessList } from '../rules/access-list.ts';
import { type BackendHandler, readAsHost } from './context.ts';

export const accessList: BackendHandler<'access-list'> = async (parts, call) => {
  const { storage, clock } = parts.ports;
  const room = await readAsHost(parts, call);
  if (room) return readAccessList(storage.db, room.id, clock.now());
  return { seq: 0, link: { access: 'off' }, invitations: [], passes: [], excluded: [] };
};
