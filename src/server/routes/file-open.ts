import { PATHS } from '../../protocol/paths.ts';
import { openFile } from '../rules/file-links.ts';
import { type Handler, readAs } from './context.ts';

export const fileOpen: Handler<'file-open'> = async (parts, call, { id }) => {
  const { storage, clock } = parts.ports;
  const { room, stay } = await readAs(parts, call);
  const { link, until } = await openFile(storage.db, room, stay, id, clock.now());
  const base = parts.options.url.replace(/\/$/, '');
  const path = PATHS['file-read'].path.replace('{room}', room.name);
  return { url: `${base}${path}?link=${link}`, until };
};
