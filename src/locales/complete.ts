import { enCall } from './en.ts';
import type { CallLocale, RoomLocale } from './locale.ts';

/** A room's language with all that is said in a call, for what comes after the join screen. */
export function complete(locale: RoomLocale): CallLocale {
  return isComplete(locale) ? locale : enCall;
}

function isComplete(locale: RoomLocale): locale is CallLocale {
  return 'grid' in locale.texts;
}
