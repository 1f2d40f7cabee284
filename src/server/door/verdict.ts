import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Ports } from '../rules/change.ts';
import { readSeat, type Seat } from '../rules/seats.ts';
import type { Sfu } from '../sfu.ts';
import { checkJoinRequest } from './join-request.ts';

/** A connection that the door lets through. */
export interface Verdict {
  seat: Seat;
  /** What LiveKit is asked with; rebuilt, so that nothing else gets through. */
  query: string;
}

/**
 * Says whether somebody may connect to LiveKit. Tokens only say who it is; the seat says whether.
 *
 * @throws MeetingError `invalid-input`, `door-token-invalid`, `seat-invalid`, `admission-over`.
 */
export async function judge(ports: Ports, sfu: Sfu, parameters: URLSearchParams): Promise<Verdict> {
  const { token, joinRequest } = readParameters(parameters);
  const { identity, sfuRoom } = await sfu.verify(token);
  if (joinRequest !== undefined) checkJoinRequest(joinRequest);
  const { storage, clock } = ports;
  const seat = await readSeat(storage.db, identity, clock.now());
  if (seat.sfu_room !== sfuRoom) {
    throw new MeetingError('seat-invalid', 'The token is for another room than the seat.');
  }
  const query = new URLSearchParams({
    access_token: token,
    ...(joinRequest !== undefined && { join_request: joinRequest }),
  });
  return { seat, query: query.toString() };
}

/** `publish` and the other parameters of LiveKit's older path make second identities: refused. */
function readParameters(parameters: URLSearchParams): {
  token: string;
  joinRequest: string | undefined;
} {
  for (const name of new Set(parameters.keys())) {
    const isKnown = name === 'access_token' || name === 'join_request';
    if (isKnown && parameters.getAll(name).length === 1) continue;
    throw new MeetingError(
      'invalid-input',
      'The door takes access_token and join_request, once each.',
      {
        issues: [{ path: name.slice(0, 50), message: isKnown ? 'is given twice' : 'is not taken' }],
      },
    );
  }
  const token = parameters.get('access_token');
  if (!token) throw new MeetingError('door-token-invalid', 'There is no access_token.');
  return { token, joinRequest: parameters.get('join_request') ?? undefined };
}
