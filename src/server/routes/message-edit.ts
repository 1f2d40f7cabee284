import { editMessage } from '../rules/chat.ts';
import { changeAs, type Handler } from './context.ts';
import { takeMessageRate } from './message-rate.ts';

export const messageEdit: Handler<'message-edit'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) => {
    takeMessageRate(parts, stay);
    return editMessage(change, stay, input);
  });
  return result;
};
