import { readNote } from '../rules/notes.ts';
import { demand } from '../rules/demand.ts';
import { type Handler, readAs } from './context.ts';

export const noteRead: Handler<'note-read'> = async (parts, call) => {
  const { room, stay } = await readAs(parts, call);
  demand('note-read', { by: stay });
  return readNote(parts.ports.storage.db, room.id, stay);
};
