import { MeetingError } from '../protocol/meeting-error.ts';
import type { Input } from '../protocol/routes.ts';
import type { Entered, Snapshot } from '../protocol/snapshot.ts';
import type { Api } from './api/client.ts';
import type { Memory } from './memory.ts';
import type { RoomOptions } from './state.ts';

/** A session and all that it takes to use it: the way back into a stay, also after its end. */
export interface Way {
  readonly server: string;
  readonly room: string;
  readonly api: Api;
  readonly memory: Memory;
  readonly session: string;
}

/** Asks to be let in, by whatever right the page has. */
export async function enterCall(api: Api, memory: Memory, options: RoomOptions): Promise<Entered> {
  const { room, name, entryToken, accessKey, credentials = false } = options;
  const token = await readToken(entryToken);
  const input = {
    visitor: memory.visitor(),
    ...(name && { name }),
    ...(token && { entryToken: token }),
    ...(accessKey && { key: accessKey }),
  };
  return api.call('call-enter', room, input, { credentials });
}

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

/** Asks to come back by the session. */
export async function resume(
  { api, room, session }: Way,
  input: Input<'call-resume'>,
): Promise<Snapshot> {
  return api.call('call-resume', room, input, { session });
}

/** Gives back a stay that nobody will use. */
export async function abandon({ api, room, session }: Way): Promise<void> {
  try {
    await api.call('call-leave', room, {}, { session });
  } catch {
    // Nobody ever saw this stay; the server lets it run out.
    return;
  }
}
