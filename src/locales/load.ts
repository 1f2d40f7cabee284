import { enEntrance } from './en-entrance.ts';
import type { Locale, RoomLocale } from './locale.ts';

/** The languages beyond English, loaded when a room asks for them. */
const LANGUAGES: Readonly<Record<string, () => Promise<Locale>>> = {
  de: async () => (await import('./de.ts')).de,
};

/** Every language that a room may speak. */
export const LANGUAGE_CODES: readonly string[] = ['en', ...Object.keys(LANGUAGES)];

/**
 * The language for a BCP 47 tag: `de-AT` gets `de`. English when there is nothing nearer, or when
 * the language cannot be fetched: a room in English is better than none.
 */
export async function loadLocale(tag: string): Promise<RoomLocale> {
  const load = LANGUAGES[tag.toLowerCase().split('-')[0] ?? ''];
  if (!load) return enEntrance;
  return load().catch(() => enEntrance);
}
