import * as v from 'valibot';
import { Exit } from './exit.ts';
import { KnockDecision, Waiting } from './knock.ts';
import { MeetingError } from './meeting-error.ts';

/** Every error the server answers with, and its HTTP status. Closed: clients may switch on it. */
export const STATUS = {
  'malformed-body': 400,
  'invalid-input': 400,
  'invalid-room-name': 400,
  'entry-token-invalid': 401,
  'entry-token-expired': 401,
  'access-key-invalid': 401,
  'api-key-invalid': 401,
  'session-missing': 401,
  'session-invalid': 401,
  'door-token-invalid': 401,
  'access-key-revoked': 403,
  'access-key-expired': 403,
  'access-key-used': 403,
  'admission-over': 403,
  forbidden: 403,
  'room-locked': 403,
  'knock-refused': 403,
  'not-host': 403,
  'not-yourself': 403,
  'origin-not-allowed': 403,
  'door-path-forbidden': 403,
  'seat-invalid': 403,
  'route-not-found': 404,
  'participant-not-found': 404,
  'knock-not-found': 404,
  'invitation-not-found': 404,
  'pass-not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'participant-out': 409,
  'already-decided': 409,
  'already-here': 409,
  'too-many-stays': 409,
  'last-host': 409,
  'still-waiting': 409,
  'knock-not-needed': 409,
  'snapshot-needed': 410,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'upgrade-required': 426,
  'rate-limited': 429,
  internal: 500,
  'already-connected': 503,
  'sfu-unreachable': 503,
  'storage-unreachable': 503,
  'server-closing': 503,
  'hook-failed': 503,
} as const;

/** A code that the server may answer with. */
export type ServerErrorCode = keyof typeof STATUS;

const CODES = Object.keys(STATUS) as [ServerErrorCode, ...ServerErrorCode[]];

/** The body of every error answer, RFC 9457 (`application/problem+json`). */
export const Problem = v.object({
  /** `urn:livekit-meeting-room:<code>` */
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(CODES),
  exit: v.optional(Exit),
  retryAfter: v.optional(v.number()),
  issues: v.optional(v.array(v.object({ path: v.string(), message: v.string() }))),
  decision: v.optional(KnockDecision),
  waiting: v.optional(Waiting),
  /** With `forbidden`: why, in the integrator's words, for the person who asked. */
  reason: v.optional(v.string()),
});
export type Problem = v.InferOutput<typeof Problem>;

/** The problem that tells `error` to a client. Causes and stacks stay on the server. */
export function toProblem(error: MeetingError & { code: ServerErrorCode }): Problem {
  return {
    type: `urn:livekit-meeting-room:${error.code}`,
    title: error.message,
    status: STATUS[error.code],
    code: error.code,
    ...(error.exit && { exit: error.exit }),
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
    ...(error.issues && { issues: [...error.issues] }),
    ...(error.decision && { decision: error.decision }),
    ...(error.waiting && { waiting: error.waiting }),
    ...(error.reason !== undefined && { reason: error.reason }),
  };
}

/** Whether the server may say `code`; the others exist in browsers only. */
export function isServerError(error: unknown): error is MeetingError & { code: ServerErrorCode } {
  return error instanceof MeetingError && error.code in STATUS;
}
