import { renameWhiteboard } from '../rules/whiteboards.ts';
import { takeBoardRate } from './board-rate.ts';
import { changeAs, type Handler } from './context.ts';

export const whiteboardRename: Handler<'whiteboard-rename'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) => {
    takeBoardRate(parts, stay);
    return renameWhiteboard(change, stay, input);
  });
  return result;
};
