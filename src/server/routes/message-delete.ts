import { deleteMessage } from '../rules/chat.ts';
import { changeAs, type Handler } from './context.ts';
import { takeMessageRate } from './message-rate.ts';

export const messageDelete: Handler<'message-delete'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) => {
    takeMessageRate(parts, stay);
    return deleteMessage(change, stay, input);
  });
  return result;
};
