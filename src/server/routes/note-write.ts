import { writeNote } from '../rules/notes.ts';
import { changeAs, type Handler } from './context.ts';

export const noteWrite: Handler<'note-write'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'host-here', (change, stay) =>
    writeNote(change, stay, input),
  );
  return result;
};
