import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The cases of misuse that were thought through; each has a test whose name begins with it. */
const CASES = upTo(1, 66);

const folder = new URL('../', import.meta.url);

it.each(CASES)('Abuse case %i has a test', (number) => {
  expect([...tested()]).toContain(number);
});

/** What is named by `abuse 1:`, `abuse 1, 2:` or `abuse 9 & 57:` at the beginning of a title. */
function tested(): Set<number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const titles = texts.join('\n').matchAll(/['"`]abuse (\d+(?:(?:, | & )\d+)*): /g);
  return new Set([...titles].flatMap(([, numbers]) => String(numbers).split(/\D+/).map(Number)));
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
