import { renameWhiteboard } from '../rules/whiteboards.ts';
import { atBoardMakingRate } from './board-rate.ts';
import { type BackendHandler, changeAsBackendOr } from './context.ts';

export const whiteboardRename: BackendHandler<'whiteboard-rename'> = async (parts, call, input) => {
  const { result } = await changeAsBackendOr('session', parts, call, (change, acting) =>
    atBoardMakingRate(parts, acting, () => renameWhiteboard(change, acting, input)),
  );
  return result;
};
