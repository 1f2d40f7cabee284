import type { AnsweredRequestEvent } from '../../events/answered-request-event.ts';
import type { Texts } from '../../locales/en.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { reasonOf } from './errors.model.ts';

/** Why what somebody asked for was not done; told right where they asked. */
export type Refusal =
  /** The page said no, perhaps with a reason in its own words. */
  | { readonly kind: 'vetoed'; readonly reason: string | undefined }
  /** The page could not find out whether it is allowed. */
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What a request came to: why it was not done; undefined once it was. */
export async function refusalOf(event: AnsweredRequestEvent<void>): Promise<Refusal | undefined> {
  const verdict = await event.verdict();
  if (!verdict.allowed) {
    const { reason, cause } = verdict;
    return cause === undefined ? { kind: 'vetoed', reason } : { kind: 'unchecked' };
  }
  try {
    await event.answered;
    return undefined;
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** The same for people; undefined where nothing is to be said: who says no quietly has a reason. */
export function refusalText(refusal: Refusal | undefined, texts: Texts): string | undefined {
  switch (refusal?.kind) {
    case undefined:
      return undefined;
    case 'vetoed':
      return refusal.reason;
    case 'unchecked':
      return `${texts.toast.unchecked}. ${texts.toast.uncheckedText}`;
    case 'failed':
      return reasonOf(refusal.error, texts);
  }
}

/** The error behind a failure, where it is one of ours. */
export const errorOf = (refusal: Refusal | undefined): MeetingError | undefined =>
  refusal?.kind === 'failed' && refusal.error instanceof MeetingError ? refusal.error : undefined;
