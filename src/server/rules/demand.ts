import { MeetingError } from '../../protocol/meeting-error.ts';
import { type Action, type Circumstances, explain } from '../../protocol/permissions.ts';
import type { ErrorCode } from '../../protocol/meeting-error.ts';
import type { Acting } from './people.ts';

const WHY: Partial<Record<ErrorCode, string>> = {
  'not-host': 'Only a host may do this.',
  'not-yourself': 'To go oneself, leave.',
  'not-yours': "Only who wrote it, and for everybody's messages a host, may do this.",
  'presenter-mode': 'Hosts alone present now.',
  'last-host': 'Somebody else must be host first.',
};

/** Who asks, as the table of what is allowed knows them. */
export const toSubject = (acting: Acting): Circumstances['by'] =>
  acting === 'server' ? 'server' : acting.stay;

/**
 * Goes on only with what the table of both halves allows.
 *
 * @throws MeetingError with the code that `explain` says.
 */
export function demand(
  action: Action,
  { hosts = 0, ...circumstances }: Omit<Circumstances, 'hosts'> & { hosts?: number },
): void {
  const answer = explain(action, { ...circumstances, hosts });
  if (answer.allowed) return;
  throw new MeetingError(answer.why, WHY[answer.why] ?? `${action} is not allowed now.`);
}
