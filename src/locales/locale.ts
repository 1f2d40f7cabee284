import type { Texts } from './en.ts';

/** A language of the room: complete texts, and what the browser needs to set them. */
export interface Locale {
  /** BCP 47, as in `lang`. */
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: Texts;
}
