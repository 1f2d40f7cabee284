import { deleteFile } from '../rules/files.ts';
import { changeAs, type Handler } from './context.ts';

export const fileDelete: Handler<'file-delete'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) =>
    deleteFile(change, { stay }, input),
  );
  return result;
};
