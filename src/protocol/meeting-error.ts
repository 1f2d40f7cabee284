import type { Exit } from './exit.ts';
import type { KnockDecision, Waiting } from './knock.ts';
import type { ServerErrorCode } from './status.ts';

/** Codes that only the browser half can come to. */
export const BROWSER_ERROR_CODES = [
  'server-unreachable',
  'answer-unreadable',
  'engine-unavailable',
  'media-blocked',
  'camera-denied',
  'camera-missing',
  'camera-in-use',
  'microphone-denied',
  'microphone-missing',
  'microphone-in-use',
  'screen-denied',
  'screen-unavailable',
  'insecure-page',
  'room-hidden',
  'setup-incomplete',
  'file-unreadable',
  'recording-unsupported',
  'recording-failed',
] as const;
export type BrowserErrorCode = (typeof BROWSER_ERROR_CODES)[number];

/** Everything that `MeetingError.code` may be. */
export type ErrorCode = ServerErrorCode | BrowserErrorCode;

/** What more an error knows, by need. */
export interface ErrorContext {
  /** With `admission-over`: how the stay ended. */
  exit?: Exit;
  /** With `rate-limited` and the 503s: seconds until it is worth another try. */
  retryAfter?: number;
  /** With `invalid-input`: which fields, and what is wrong with each. */
  issues?: readonly { path: string; message: string }[];
  /** With `already-decided`: what became of the knock. */
  decision?: KnockDecision;
  /** With `still-waiting`: the own knock, and where the log stands. */
  waiting?: Waiting;
  /** With `forbidden`: why, in the integrator's words, for the person who asked. */
  reason?: string;
  cause?: unknown;
}

/** The one error class of both halves. `message` is for developers and never shown to people. */
export class MeetingError extends Error {
  override readonly name = 'MeetingError';
  readonly code: ErrorCode;
  readonly exit: Exit | undefined;
  readonly retryAfter: number | undefined;
  readonly issues: readonly { path: string; message: string }[] | undefined;
  readonly decision: KnockDecision | undefined;
  readonly waiting: Waiting | undefined;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.exit = context.exit;
    this.retryAfter = context.retryAfter;
    this.issues = context.issues;
    this.decision = context.decision;
    this.waiting = context.waiting;
    this.reason = context.reason;
  }
}
