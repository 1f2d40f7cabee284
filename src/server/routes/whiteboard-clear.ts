import { clearWhiteboard } from '../rules/whiteboards.ts';
import { type BackendHandler, changeAsHost } from './context.ts';

export const whiteboardClear: BackendHandler<'whiteboard-clear'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    clearWhiteboard(change, acting, input),
  );
  return result;
};
