import { describe, expect, it } from 'vitest';
import type { AccessLevel } from '../../../src/protocol/participant.ts';
import { decide } from '../../../src/server/rules/decide.ts';

const LEVELS = ['knock', 'always', 'host'] as const;
const OPTIONAL = [undefined, ...LEVELS] as const;

/** Every case there is: what speaks for a visitor, and what the room is. */
const CASES = OPTIONAL.flatMap((vouched) =>
  OPTIONAL.flatMap((pass) =>
    [true, false].flatMap((locked) =>
      [true, false].map((excluded) => ({ vouched, pass, locked, excluded })),
    ),
  ),
);

/** [vouched, pass, locked] → how far, for somebody who is not excluded. */
const TABLE: readonly [AccessLevel | undefined, AccessLevel | undefined, boolean, AccessLevel][] = [
  [undefined, undefined, true, 'knock'],
  [undefined, undefined, false, 'always'],
  [undefined, 'knock', true, 'knock'],
  [undefined, 'knock', false, 'always'],
  [undefined, 'always', true, 'always'],
  [undefined, 'always', false, 'always'],
  [undefined, 'host', true, 'host'],
  [undefined, 'host', false, 'host'],
  ['knock', undefined, true, 'knock'],
  ['knock', undefined, false, 'always'],
  ['knock', 'knock', true, 'knock'],
  ['knock', 'knock', false, 'always'],
  ['knock', 'always', true, 'always'],
  ['knock', 'always', false, 'always'],
  ['knock', 'host', true, 'host'],
  ['knock', 'host', false, 'host'],
  ['always', undefined, true, 'always'],
  ['always', undefined, false, 'always'],
  ['always', 'knock', true, 'always'],
  ['always', 'knock', false, 'always'],
  ['always', 'always', true, 'always'],
  ['always', 'always', false, 'always'],
  ['always', 'host', true, 'host'],
  ['always', 'host', false, 'host'],
  ['host', undefined, true, 'host'],
  ['host', undefined, false, 'host'],
  ['host', 'knock', true, 'host'],
  ['host', 'knock', false, 'host'],
  ['host', 'always', true, 'host'],
  ['host', 'always', false, 'host'],
  ['host', 'host', true, 'host'],
  ['host', 'host', false, 'host'],
];

const LOCKED = { locked: true };
const nobody = { vouched: undefined, pass: undefined, admitted: undefined, excluded: false };

describe('decide', () => {
  it.each(TABLE)('vouched %s, pass %s, locked %s: %s', (vouched, pass, locked, expected) => {
    expect(decide({ ...nobody, vouched, pass }, { locked })).toBe(expected);
  });

  it.each(TABLE)(
    'vouched %s, still admitted %s, locked %s: %s',
    (vouched, admitted, locked, expected) => {
      expect(decide({ ...nobody, vouched, admitted }, { locked })).toBe(expected);
    },
  );

  it('has a row for every case', () => {
    expect(TABLE).toHaveLength(CASES.filter(({ excluded }) => !excluded).length);
    expect(new Set(TABLE.map((row) => row.slice(0, 3).join())).size).toBe(TABLE.length);
  });

  it('goes by the better of a pass and a stay that is not over', () => {
    for (const [pass, admitted] of [
      ['host', 'always'],
      ['always', 'host'],
    ] as const) {
      expect(decide({ ...nobody, pass, admitted }, LOCKED)).toBe('host');
    }
    expect(decide({ ...nobody, pass: 'knock', admitted: 'always' }, LOCKED)).toBe('always');
  });

  it('caps whoever is excluded at knock, whatever speaks for them', () => {
    for (const { vouched, pass, locked } of CASES.filter(({ excluded }) => excluded)) {
      for (const admitted of OPTIONAL) {
        const visitor = { vouched, pass, admitted, excluded: true };
        expect(decide(visitor, { locked })).toBe('knock');
      }
    }
  });
});
