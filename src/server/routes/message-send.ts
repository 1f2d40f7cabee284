import { sendMessage } from '../rules/chat.ts';
import { changeAs, type Handler } from './context.ts';
import { takeMessageRate } from './message-rate.ts';

export const messageSend: Handler<'message-send'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) => {
    takeMessageRate(parts, stay);
    return sendMessage(change, stay, input);
  });
  return result;
};
