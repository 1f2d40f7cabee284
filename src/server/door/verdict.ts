import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Ports } from '../rules/change.ts';
import { exitOf, overError, seated, type Seated } from '../rules/people.ts';
import type { Sfu } from '../sfu.ts';
import { checkJoinRequest } from './join-request.ts';

/** A connection that the door lets through. */
export interface Verdict {
  stay: Seated;
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
  const stay = await readSeat(ports, identity);
  if (stay.sfu_room !== sfuRoom) {
    throw new MeetingError('seat-invalid', 'The token is for another room than the seat.');
  }
  const query = new URLSearchParams({
    access_token: token,
    ...(joinRequest !== undefined && { join_request: joinRequest }),
  });
  return { stay, query: query.toString() };
}

/**
 * The seat of an identity, while it is good for a place in the call.
 *
 * @throws MeetingError `seat-invalid`, `admission-over`.
 */
export async function readSeat({ storage, clock }: Ports, identity: string): Promise<Seated> {
  const stay = await seated(storage.db).where('identity', '=', identity).executeTakeFirst();
  if (!stay) throw new MeetingError('seat-invalid', 'Nobody has this seat.');
  const exit = exitOf(stay, clock.now());
  if (exit) throw overError(exit);
  if (stay.state !== 'admitted') {
    throw new MeetingError('seat-invalid', 'They still wait for a host.');
  }
  return stay;
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
