import { type ErrorCode, MeetingError } from '../../protocol/meeting-error.ts';
import type { Texts } from '../../locales/en.ts';

type ErrorKey = keyof Texts['errors'];

const KEYS: Partial<Record<ErrorCode, ErrorKey>> = {
  'room-locked': 'locked',
  'knock-refused': 'refused',
  'already-decided': 'answered',
  'entry-token-expired': 'linkExpired',
  'entry-token-invalid': 'linkInvalid',
  'access-key-invalid': 'linkInvalid',
  'access-key-revoked': 'linkRevoked',
  'access-key-expired': 'keyExpired',
  'access-key-used': 'linkUsed',
  'already-here': 'alreadyHere',
  'too-many-stays': 'tooManyStays',
  'last-host': 'lastHost',
  'invitation-not-found': 'invitationGone',
  'pass-not-found': 'passGone',
  'file-too-large': 'fileTooLarge',
  'files-full': 'filesFull',
  'file-unreadable': 'fileUnreadable',
  'file-not-found': 'fileGone',
  'file-link-invalid': 'fileGone',
  'not-yours': 'notYours',
  'presenter-mode': 'presenterMode',
  'screen-denied': 'screenDenied',
  'screen-unavailable': 'screenUnavailable',
  'message-not-found': 'messageGone',
  'chat-full': 'chatFull',
  'whiteboard-not-found': 'boardGone',
  'whiteboard-locked': 'boardLocked',
  'whiteboard-full': 'boardFull',
  'whiteboard-cleared': 'boardCleared',
  'too-many-whiteboards': 'boardsFull',
  forbidden: 'forbidden',
  'hook-failed': 'unchecked',
  'rate-limited': 'busy',
  'invalid-room-name': 'setup',
  'origin-not-allowed': 'setup',
  'setup-incomplete': 'setup',
  'invalid-input': 'setup',
  'engine-unavailable': 'engine',
  'media-blocked': 'media',
  'participant-not-found': 'gone',
  'participant-out': 'gone',
  'knock-not-found': 'gone',
  'not-host': 'notAllowed',
  'not-yourself': 'yourself',
  'admission-over': 'over',
  'session-invalid': 'over',
  'session-missing': 'over',
};

/** What a person is told of an error: what happened, and what mends it. */
export function explain(code: ErrorCode, texts: Texts): { title: string; text: string } {
  return texts.errors[KEYS[code] ?? 'unreachable'];
}

/** The same as one line; the page's own words where its server said why. */
export function reasonOf(error: unknown, texts: Texts): string {
  if (error instanceof MeetingError && error.reason) return error.reason;
  return sentenceOf(error instanceof MeetingError ? error.code : 'internal', texts);
}

/** What a code comes to, as one line. */
export function sentenceOf(code: ErrorCode, texts: Texts): string {
  const { title, text } = explain(code, texts);
  return `${title}. ${text}`;
}
