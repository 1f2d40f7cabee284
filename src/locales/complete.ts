import { en } from './en.ts';
import type { Locale, RoomLocale } from './locale.ts';

/** A room's language with all of its texts, for what comes after the join screen. */
export function complete(locale: RoomLocale): Locale {
  return isComplete(locale) ? locale : en;
}

function isComplete(locale: RoomLocale): locale is Locale {
  return 'grid' in locale.texts;
}
