import { addUpdate } from '../rules/board-updates.ts';
import { takeBoardRate } from './board-rate.ts';
import { changeAs, type Handler } from './context.ts';

export const whiteboardUpdate: Handler<'whiteboard-update'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) => {
    takeBoardRate(parts, stay, input.update.length);
    return addUpdate(change, stay, input);
  });
  return result;
};
