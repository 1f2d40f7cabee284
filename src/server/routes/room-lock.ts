import { lockRoom } from '../rules/lock.ts';
import { changeAs, type Handler } from './context.ts';

export const roomLock: Handler<'room-lock'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'host', (change, stay) =>
    lockRoom(change, { stay }, input),
  );
  return result;
};
