import { createWhiteboard } from '../rules/whiteboards.ts';
import { atBoardMakingRate } from './board-rate.ts';
import { type BackendHandler, changeAsBackendOr } from './context.ts';

export const whiteboardCreate: BackendHandler<'whiteboard-create'> = async (parts, call, input) => {
  const { result } = await changeAsBackendOr('session', parts, call, (change, acting) =>
    atBoardMakingRate(parts, acting, () => createWhiteboard(change, acting, input)),
  );
  return result;
};
