import { setMark } from '../rules/chat-marks.ts';
import { type Handler, readAs } from './context.ts';

export const messageRead: Handler<'message-read'> = async (parts, call, { read }) => {
  const { room, stay } = await readAs(parts, call);
  return setMark(parts.ports.storage.db, room, stay.person, read);
};
