import { MeetingError } from '../protocol/meeting-error.ts';
import { isServerError, type Problem, toProblem } from '../protocol/errors.ts';
import { type ServerErrorCode, STATUS } from '../protocol/status.ts';
import type { Logger } from './logger.ts';

/** PostgreSQL's classes for a server that is away, shutting down, or has no room for us. */
const AWAY = /^(08|53|57P)/;
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT']);
const AWAY_MESSAGES = /timeout|terminated|not queryable|closed|Connection/i;

/** The problem that a client is told for whatever was thrown. Only surprises are logged. */
export function problemOf(error: unknown, logger: Logger): Problem {
  const known = toKnown(error);
  if (known.code === 'internal' || known.code === 'storage-unreachable') {
    logger.error('A request failed.', { error, code: known.code });
  }
  return toProblem(known);
}

function toKnown(error: unknown): MeetingError & { code: ServerErrorCode } {
  if (isServerError(error)) return error;
  const known = isStorageAway(error)
    ? new MeetingError('storage-unreachable', 'The database did not answer.', { retryAfter: 2 })
    : new MeetingError('internal', 'Something went wrong on the server.');
  return known as MeetingError & { code: ServerErrorCode };
}

function isStorageAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // pg's own errors, of the pool and of broken connections, have no code.
  return (
    AWAY_CODES.has(code) || AWAY.test(code) || (code === '' && AWAY_MESSAGES.test(error.message))
  );
}

/** A problem as a response. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...problemHeaders(problem), ...headers },
  });
}

export function problemHeaders({ retryAfter, code }: Problem): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(STATUS[code] === 401 && { 'www-authenticate': 'Bearer' }),
  };
}
