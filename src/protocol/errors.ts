import * as v from 'valibot';
import { Exit } from './exit.ts';
import { KnockDecision, Waiting } from './knock.ts';
import { MeetingError } from './meeting-error.ts';
import { type ServerErrorCode, STATUS } from './status.ts';

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
