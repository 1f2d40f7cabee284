import { describe, expect, it } from 'vitest';
import { cleanLine, cleanName } from '../../../src/protocol/names.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🏳️‍🌈';

describe('A name', () => {
  it.each([
    ['plain', 'Ada Lovelace', 'Ada Lovelace'],
    ['spaces outside and between', '  Ada \t\n Lovelace  ', 'Ada Lovelace'],
    ['a right-to-left override', '\u202egro.live\u202c', 'gro.live'],
    ['isolates', '\u2066Ada\u2069', 'Ada'],
    ['zero-width spaces', 'A\u200bd\u2060a\ufeff', 'A d a'],
    ['controls', 'A\u0000d\u0007a\u001b[31m', 'A d a [31m'],
    ['a soft hyphen', 'A\u00adda', 'A da'],
    ['half a surrogate', 'Ada\ud800', 'Ada'],
    ['line and paragraph separators', 'Ada\u2028Host\u2029', 'Ada Host'],
    ['private use', 'Ada\ue000', 'Ada'],
    ['language tags', 'Ada\u{e0041}\u{e007f}', 'Ada'],
    ['full width', 'Ｈｏｓｔ', 'Host'],
    ['ligatures and letters like letters', 'ﬁn 𝐀𝐝𝐚', 'fin Ada'],
    ['HTML, which is text', '<b>Ada</b>&amp;', '<b>Ada</b>&amp;'],
    ['a family', FAMILY, FAMILY],
    ['a flag of several', FLAG, FLAG],
    ['Persian with its joiner', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['Hebrew', 'עדה', 'עדה'],
    ['Devanagari', 'क्षत्रिय', 'क्षत्रिय'],
    ['an accent', 'Zoe\u0308', 'Zoë'],
    ['one sign', '?', '?'],
    ['nothing', '', ''],
    ['only what is not seen', '\u200b\u200d\u202e \u0000', ''],
    ['only joiners', '\u200d\u200c', ''],
    ['only marks', '\u0301\u0302', ''],
  ])('of %s', (_what, given, expected) => {
    expect(cleanName(given)).toBe(expected);
  });

  it('has at most 60 graphemes, and never half a one', () => {
    expect(cleanName('x'.repeat(10_000))).toBe('x'.repeat(60));
    expect(cleanName(FAMILY.repeat(100))).toBe(FAMILY.repeat(60));
    expect(cleanName(`${'x'.repeat(59)} more`)).toBe('x'.repeat(59));
  });

  it('has no towers of marks', () => {
    const zalgo = `A${'\u0335\u0321\u0310'.repeat(500)}da`;
    const clean = cleanName(zalgo);
    expect([...clean].length).toBeLessThan(20);
    expect(clean).toMatch(/^A\p{M}{1,11}da$/u);
  });

  it('is clean when cleaned again, whatever it was', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 0x7fff_ffff);
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: random() % 80 }, () =>
        String.fromCodePoint(random() % (random() % 2 === 0 ? 0x3000 : 0x1_f900)),
      ).join('');
      const clean = cleanName(text);
      expect(cleanName(clean)).toBe(clean);
      expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\p{Co}\p{Bidi_Control}]/u);
    }
  });

  it('takes no time to clean, however long it is', () => {
    const start = performance.now();
    for (const text of ['\u202e', 'a\u0301', FAMILY, ' ']) cleanName(text.repeat(1_000));
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('A line', () => {
  it.each([
    ['two lines', 'Please\nstop', 'Please stop'],
    ['NUL', 'a\u0000b', 'a b'],
    ['half a surrogate', 'a\udc00b', 'a b'],
    ['a half', '½ an hour', '½ an hour'],
    ['emoji', `${FAMILY} ${FLAG}`, `${FAMILY} ${FLAG}`],
  ])('of %s', (_what, given, expected) => {
    expect(cleanLine(given)).toBe(expected);
  });
});
