import { lockRoom } from '../rules/lock.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const roomLock: BackendHandler<'room-lock'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    lockRoom(change, acting, input),
  );
  return result;
};
