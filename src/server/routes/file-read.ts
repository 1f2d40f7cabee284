import { guarded } from '../files/guarded.ts';
import { readRange } from '../files/ranges.ts';
import { reach } from '../files/upload-store.ts';
import { findRoom } from '../rules/change.ts';
import { checkStillIn, readFileLink } from '../rules/file-links.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Handler } from './context.ts';
import { fileHeaders } from './file-answer.ts';

export const fileRead: Handler<'file-read'> = async ({ ports, bytes }, call, { link }) => {
  const { storage, clock } = ports;
  const room = await findRoom(ports, call.room);
  if (!room) throw new MeetingError('file-link-invalid', 'The link opens nothing.');
  const opened = await readFileLink(storage.db, room, link, clock.now());
  const { key, name, size, type } = opened.file;
  const { method, headers } = call.request;
  const range = readRange(headers.get('range'), size);
  const { start, end } = range ?? { start: 0, end: size };
  const stream =
    method === 'HEAD' ? null : await reach(() => bytes.read(key, range && { start, end }));
  const check = async (): Promise<void> => {
    try {
      await checkStillIn(storage.db, room, opened, clock.now());
    } catch {
      // The adapter prints what breaks a stream off: nothing of who was put out is in it.
      throw new Error('A download was broken off: whoever it was for may not have it any more.');
    }
  };
  return new Response(stream && guarded(stream, check), {
    status: range ? 206 : 200,
    headers: {
      ...fileHeaders(name, type ?? 'application/octet-stream'),
      'accept-ranges': 'bytes',
      'content-length': String(end - start),
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
    },
  });
};
