import { PASS_TTL } from '../protocol/limits.ts';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Exit } from '../protocol/exit.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { Entered, Snapshot } from '../protocol/snapshot.ts';
import type { Api } from './api/client.ts';
import type { Memory } from './memory.ts';
import type { RoomOptions } from './state.ts';
import { wayIn } from './way-in.ts';

/** Going must not wait for a server that does not answer, in ms. */
const LEAVE_TIMEOUT = 3_000;

/** A room, and all that it takes to ask for it. */
export interface Place {
  readonly server: string;
  readonly room: string;
  readonly api: Api;
  readonly memory: Memory;
}

/** The way back into a stay by its session, also after its end. */
export interface Way extends Place {
  readonly session: string;
}

/** How somebody goes on who is in the call already, elsewhere. */
export type Again = NonNullable<Input<'call-enter'>['again']>;

/** Asks to be let in, by whatever right the page has. */
export async function enterCall(
  { api, room, memory }: Place,
  options: RoomOptions,
  again?: Again,
): Promise<Entered> {
  const { name, credentials = false } = options;
  const input = {
    ...(await wayIn(memory, options)),
    ...(name && { name }),
    ...(again && { again }),
  };
  return api.call('call-enter', room, input, { credentials });
}

/** Asks the hosts to be let in. */
export async function knock(
  { api, room, memory }: Place,
  options: RoomOptions,
  message: string | undefined,
): Promise<Answer<'knock'>> {
  const { name, credentials = false } = options;
  const input = {
    ...(await wayIn(memory, options)),
    ...(name && { name }),
    ...(message && { message }),
  };
  return api.call('knock', room, input, { credentials });
}

/** Asks to come back by the session. */
export async function resume(
  { api, room, session }: Way,
  input: Input<'call-resume'>,
  signal?: AbortSignal,
): Promise<Snapshot> {
  return api.call('call-resume', room, input, { session, ...(signal && { signal }) });
}

/** Ends the stay. Whatever the server could not be told, this person is out. Never rejects. */
export async function leaveCall({ api, room, session }: Way): Promise<Exit> {
  const exit: Exit = { reason: 'left', at: Date.now(), next: 'rejoin' };
  try {
    const input = { session, timeout: LEAVE_TIMEOUT };
    const { until } = await api.call('call-leave', room, {}, input);
    // The join screen says how far they may go without the pass.
    if (until === undefined) return { ...exit, next: 'enter' };
    // By the server's clock, as `until` is: how long the pass is good must not hang on this one.
    return { ...exit, at: until - PASS_TTL, until };
  } catch (error) {
    // The server may know a better reason.
    return (error instanceof MeetingError && error.exit) || exit;
  }
}

/** Ends the waiting at the door, and the stay that a faster host made of it. Never rejects. */
export async function turnAway(way: Way): Promise<Exit> {
  const { api, room, session } = way;
  try {
    await api.call('knock-withdraw', room, {}, { session, timeout: LEAVE_TIMEOUT });
  } catch (error) {
    if (error instanceof MeetingError) {
      if (error.exit) return error.exit;
      // Who turned away is not put before a camera.
      if (error.code === 'already-decided') return leaveCall(way);
    }
    // The server was not reached: it ends the waiting of a page that is gone.
  }
  return { reason: 'withdrawn', at: Date.now(), next: 'knock' };
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

/** Whether the session may be good again: who waited in vain starts anew, who was put out may not. */
export function canResume({ next, reason }: Exit): boolean {
  return next === 'knock' ? reason === 'removed' : next !== 'enter';
}

/** Whether the stay was taken over, and `error` says that its session went with it. */
export function isTakenOver({ next }: Exit, { code, exit }: MeetingError): boolean {
  return next === 'takeover' && (code === 'session-invalid' || exit?.reason === 'replaced');
}

/** Whether who found their way back closed goes to the join screen, not to the same notice again. */
export function isForDoor(last: Exit, now: Exit): boolean {
  const isOpen = now.next === 'knock' || now.next === 'enter';
  return last.next === 'knock' || (last.reason === now.reason && isOpen);
}
