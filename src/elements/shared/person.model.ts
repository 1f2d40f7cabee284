import type { Actor } from '../../protocol/participant.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

const first = (word: string): string => {
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
};

/** The letters of a name tile: of the first and the last word, each a whole grapheme. */
export function initials(name: string): string {
  const words = name
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const start = words[0] ?? name;
  const end = words.length > 1 ? words.at(-1) : undefined;
  return (first(start) + (end ? first(end) : '')).toLocaleUpperCase();
}

/** The hue of a person's name tile, 0 to 359: the same for all who look, and after a return. */
export function hue(person: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < person.length; index += 1) {
    hash = Math.imul(hash ^ person.charCodeAt(index), 0x01000193);
  }
  // Twelve steps: two people differ clearly or not at all.
  return ((hash >>> 0) % 12) * 30 + 10;
}

/** Whoever did it by name, when it was a person. */
export const actorName = (by: Actor | undefined): string | undefined =>
  by && 'name' in by ? by.name : undefined;
