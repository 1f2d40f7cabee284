import type { Problem } from '../../protocol/errors.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { STATUS } from '../../protocol/status.ts';
import { isRecord } from './guards.ts';

/**
 * The error that an answer with a bad status tells. What is not a problem of ours comes from
 * something in between: 5xx and 429 mean that the server can't be reached.
 * @param said The answer's body, if it was JSON.
 */
export function problemOf({ status, headers }: Response, said: unknown): MeetingError {
  const header = Number(headers.get('retry-after') ?? Number.NaN);
  const later = Number.isFinite(header) ? { retryAfter: header } : {};
  if (isProblem(said)) {
    const { code, title, exit, retryAfter, issues, decision, waiting, reason } = said;
    return new MeetingError(code, title, {
      ...later,
      ...(isRecord(exit) && { exit }),
      ...(typeof retryAfter === 'number' && { retryAfter }),
      ...(Array.isArray(issues) && { issues }),
      ...(isRecord(decision) && { decision }),
      ...(isRecord(waiting?.knock) && { waiting }),
      ...(typeof reason === 'string' && { reason }),
    });
  }
  const code = status >= 500 || status === 429 ? 'server-unreachable' : 'answer-unreadable';
  return new MeetingError(code, `HTTP ${status} without a problem.`, later);
}

/** A code that only a newer server knows has no words here: it counts as unreadable. */
const isProblem = (said: unknown): said is Problem =>
  isRecord(said) && typeof said['code'] === 'string' && Object.hasOwn(STATUS, said['code']);
