import { createWhiteboard } from '../rules/whiteboards.ts';
import { takeBoardRate } from './board-rate.ts';
import { changeAs, type Handler } from './context.ts';

export const whiteboardCreate: Handler<'whiteboard-create'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) => {
    takeBoardRate(parts, stay);
    return createWhiteboard(change, stay, input);
  });
  return result;
};
