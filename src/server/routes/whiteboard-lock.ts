import { lockWhiteboard } from '../rules/whiteboards.ts';
import { type BackendHandler, changeAsHost } from './context.ts';

export const whiteboardLock: BackendHandler<'whiteboard-lock'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    lockWhiteboard(change, acting, input),
  );
  return result;
};
