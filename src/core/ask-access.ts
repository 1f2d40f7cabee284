import { MeetingError } from '../protocol/meeting-error.ts';
import type { Answer, COMMON_ERRORS, Input, ROUTES } from '../protocol/routes.ts';
import type { RoomOptions } from './state.ts';

/** Asks `call-check`. Rejects with a `MeetingError`, or with the reason of `signal`. */
export type AskAccess = (
  options: RoomOptions,
  input: Input<'call-check'>,
  signal: AbortSignal,
) => Promise<Answer<'call-check'>>;

type Recorded = Answer<'call-check'>['recording'];
type CheckError = (typeof ROUTES)['call-check']['errors'][number] | (typeof COMMON_ERRORS)[number];

/** How long the server may take, in ms. */
const TIMEOUT = 10_000;

/** What the join screen can tell from other failures; the rest is the server's trouble. */
const TOLD: readonly CheckError[] = [
  'entry-token-invalid',
  'entry-token-expired',
  'access-key-invalid',
  'access-key-revoked',
  'access-key-expired',
  'access-key-used',
  'invalid-room-name',
  'origin-not-allowed',
  'rate-limited',
  'storage-unreachable',
  'server-closing',
];

/** By `fetch`, and no more than it takes: the join screen should not wait for the rest of the call. */
export const askAccess: AskAccess = async (options, input, signal) => {
  const { server, room, credentials = false } = options;
  const base = server.replace(/\/+$/, '');
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${base}/rooms/${encodeURIComponent(room)}/call-check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      credentials: credentials ? 'include' : 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT), signal]),
    });
    body = await response.text();
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new MeetingError('server-unreachable', 'Nothing answered.', { cause });
  }
  const said = read(body);
  if (!response.ok) throw problemOf(response.status, said);
  const { access, name, here, recording } = said;
  if (access !== 'knock' && access !== 'always' && access !== 'host') {
    throw new MeetingError('answer-unreadable', 'Not an answer to call-check.');
  }
  return {
    access,
    ...(typeof name === 'string' && { name }),
    here: here === true,
    ...(typeof recording === 'object' && { recording: recording as Recorded }),
  };
};

/** The fields of a JSON object; none when it is something else. */
function read(body: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(body) as object | null) };
  } catch {
    // From a proxy in between: the status alone says what it means.
    return {};
  }
}

function problemOf(
  status: number,
  { code, retryAfter }: Readonly<Record<string, unknown>>,
): MeetingError {
  const told = TOLD.find((each) => each === code);
  const later = typeof retryAfter === 'number' ? { retryAfter } : {};
  if (told) return new MeetingError(told, told, later);
  const isAway = status >= 500 || status === 429;
  return new MeetingError(
    isAway ? 'server-unreachable' : 'answer-unreadable',
    `HTTP ${status}`,
    later,
  );
}
