import { readFile, readPreview } from '../rules/files.ts';
import { type Handler, readAs } from './context.ts';
import { fileHeaders } from './file-answer.ts';

export const filePreview: Handler<'file-preview'> = async (parts, call, { id }) => {
  const { db } = parts.ports.storage;
  const { room } = await readAs(parts, call);
  await readFile(db, room.id, id);
  const preview = await readPreview(db, id);
  return new Response(new Uint8Array(preview), {
    headers: fileHeaders('preview.jpg', 'image/jpeg'),
  });
};
