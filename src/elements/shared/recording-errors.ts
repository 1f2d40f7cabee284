import { MeetingError } from '../../protocol/meeting-error.ts';
import type { PanelTexts } from '../../locales/en-panels.ts';
import type { Texts } from '../../locales/en.ts';
import { reasonOf } from './errors.model.ts';

/** Why a recording was not made, kept or deleted, and what mends it, as one line. */
export function whyNotRecorded(
  error: unknown,
  texts: Texts & Pick<PanelTexts, 'recordings'>,
): string {
  const said: Partial<Record<string, string>> = texts.recordings.errors;
  const own = error instanceof MeetingError && !error.reason ? said[error.code] : undefined;
  return own ?? reasonOf(error, texts);
}
