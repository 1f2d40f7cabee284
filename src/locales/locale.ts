import type { enEntrance } from './en-entrance.ts';
import type { AllTexts, enCall } from './en.ts';

/** A language of the room: complete texts, and what the browser needs to set them. */
export interface Locale {
  /** BCP 47, as in `lang`. */
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: AllTexts;
}

/** What a call speaks: a language, or English without what panels bring along. */
export type CallLocale = Locale | typeof enCall;

/** What a room speaks: a language, or English of which the join screen's part is built in. */
export type RoomLocale = CallLocale | typeof enEntrance;
