import { MeetingError } from '../../protocol/meeting-error.ts';
import { PATHS } from '../../protocol/paths.ts';
import { guarded } from '../files/guarded.ts';
import { readRange } from '../files/ranges.ts';
import { reach } from '../files/upload-store.ts';
import { findRoom } from '../rules/change.ts';
import { checkStillIn, type LinkKind, openLink, readLink } from '../rules/file-links.ts';
import { type Call, type Parts, readAs } from './context.ts';
import { fileHeaders } from './file-answer.ts';

/** A link to bytes, for who calls alone. */
export async function openFor(
  parts: Parts,
  call: Call,
  { kind, stem, id }: { kind: LinkKind; stem: 'file-read' | 'recording-read'; id: string },
): Promise<{ url: string; until: number }> {
  const { storage, clock } = parts.ports;
  const { room, stay } = await readAs(parts, call);
  kind.demand(stay);
  const { link, until } = await openLink(storage.db, room, kind, { stay, id, now: clock.now() });
  const base = parts.options.url.replace(/\/$/, '');
  const path = PATHS[stem].path.replace('{room}', room.name);
  return { url: `${base}${path}?link=${link}`, until };
}

/** The bytes that a link opens, or one range of them, as long as it is for who asks. */
export async function answerBytes(
  { ports, bytes }: Parts,
  call: Call,
  { kind, link, inline = false }: { kind: LinkKind; link: string; inline?: boolean },
): Promise<Response> {
  const { storage, clock } = ports;
  const room = await findRoom(ports, call.room);
  if (!room) throw new MeetingError('file-link-invalid', 'The link opens nothing.');
  const opened = await readLink(storage.db, room, kind, { link, now: clock.now() });
  const { key, name, size, type } = opened.linked;
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
      ...fileHeaders(name, type ?? 'application/octet-stream', inline && isPlayed(type)),
      'accept-ranges': 'bytes',
      'content-length': String(end - start),
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
    },
  });
}

/** What is shown in place runs no script. */
const isPlayed = (type: string | null): boolean => /^(video|audio)\//.test(type ?? '');
