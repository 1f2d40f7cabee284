import { MeetingError } from '../protocol/meeting-error.ts';
import type { Input } from '../protocol/routes.ts';
import type { Memory } from './memory.ts';
import type { RoomOptions } from './state.ts';

/** @throws MeetingError `setup-incomplete` when the page did not say where the room is. */
export function checked(options: RoomOptions | undefined): RoomOptions {
  if (options?.room && /^https?:/.test(options.server) && URL.canParse(options.server)) {
    return options;
  }
  throw new MeetingError('setup-incomplete', '`room`, and a URL as `server`, must be set.');
}

/** What a visitor shows at the door: who the browser is, and by which right it comes. */
export async function wayIn(
  memory: Memory,
  { entryToken, accessKey }: RoomOptions,
): Promise<Input<'call-check'>> {
  const token = await readToken(entryToken);
  return {
    visitor: memory.visitor(),
    ...(token && { entryToken: token }),
    ...(accessKey && { key: accessKey }),
  };
}

/** Whether two sets of options come by the same way, whatever the person is called. */
export const isSameWay = (a: RoomOptions, b: RoomOptions): boolean =>
  a.server === b.server &&
  a.room === b.room &&
  a.entryToken === b.entryToken &&
  a.accessKey === b.accessKey &&
  a.credentials === b.credentials;

async function readToken(source: RoomOptions['entryToken']): Promise<string | undefined> {
  if (typeof source !== 'function') return source;
  try {
    return await source();
  } catch (cause) {
    // The page's own backend did not give one; to the person that is a server not answering.
    throw new MeetingError('server-unreachable', 'The page could not fetch an entry token.', {
      cause,
    });
  }
}
