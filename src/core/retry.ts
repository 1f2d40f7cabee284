import { MeetingError } from '../protocol/meeting-error.ts';
import { STATUS } from '../protocol/status.ts';
import type { Page } from './page.ts';

const FIRST_DELAY = 1_000;
const LAST_DELAY = 15_000;

/** How long to wait before asking again, in ms: 1, 2, 4 … 15 s ± 30 %, or what the server asked for. */
export function retryDelay(attempt: number, error: unknown, page: Page): number {
  const step = Math.min(FIRST_DELAY * 2 ** attempt, LAST_DELAY);
  const asked = error instanceof MeetingError ? (error.retryAfter ?? 0) * 1_000 : 0;
  return Math.max(step * (0.7 + page.random() * 0.6), asked);
}

/** Whether asking again can't help: the server understood, and said no. */
export function isFinal(error: unknown): error is MeetingError {
  if (!(error instanceof MeetingError) || !(error.code in STATUS)) return false;
  const status: number = STATUS[error.code as keyof typeof STATUS];
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** What keeps us out, as a person is told it. */
export function causeOf(error: unknown, page: Page): 'network' | 'server' | 'media-blocked' {
  if (!page.isOnline()) return 'network';
  const code = error instanceof MeetingError ? error.code : undefined;
  if (code === 'media-blocked') return 'media-blocked';
  return code === 'server-unreachable' || code === 'engine-unavailable' ? 'network' : 'server';
}
