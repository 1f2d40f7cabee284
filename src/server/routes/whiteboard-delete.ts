import { deleteWhiteboard } from '../rules/whiteboards.ts';
import { type BackendHandler, changeAsHost } from './context.ts';

export const whiteboardDelete: BackendHandler<'whiteboard-delete'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    deleteWhiteboard(change, acting, input),
  );
  return result;
};
