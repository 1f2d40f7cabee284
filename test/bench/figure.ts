import { spread } from '../e2e/eventually.ts';

/** One measured promise, beside what was promised. */
export interface Figure {
  readonly what: string;
  readonly goal: string;
  readonly got: string;
  readonly isMet: boolean;
  /** What a machine with other work must still keep to: the same counts, times up to five times as long. */
  readonly isNear: boolean;
}

/** So many times tried, and never may it happen. `cases` says when it did. */
export function never(what: string, cases: readonly string[], tries: number): Figure {
  const isMet = cases.length === 0 && tries > 0;
  const shown = cases.length > 0 ? ` (${cases.slice(0, 5).join('; ')})` : '';
  return { what, goal: '0', got: `${cases.length} of ${tries}${shown}`, isMet, isNear: isMet };
}

/** `share` of the times, in ms, are at most `limit`; 1 means all. */
export function within(
  what: string,
  times: readonly number[],
  share: number,
  limit: number,
): Figure {
  const value = quantile(times, share);
  const goal = `${share === 1 ? 'max' : `p${share * 100}`} ≤ ${limit} ms`;
  return { what, goal, got: spread(times), isMet: value <= limit, isNear: value <= 5 * limit };
}

/** What could not be measured is not kept. */
export function failed(what: string, error: unknown): Figure {
  return { what, goal: 'yes', got: `no: ${String(error)}`, isMet: false, isNear: false };
}

/** Something to know, without a goal. */
export function note(what: string, got: string): Figure {
  return { what, goal: '–', got, isMet: true, isNear: true };
}

/** The value that `share` of the values are not above. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** As a table; what misses its goal says so. */
export function print(title: string, figures: readonly Figure[]): void {
  console.log(title);
  for (const { what, goal, got, isMet } of figures) {
    const mark = goal === '–' ? ' ' : isMet ? '✓' : '✗';
    console.log(`  ${mark} ${what.padEnd(58)} ${goal.padEnd(15)} ${got}${isMet ? '' : '  MISSED'}`);
  }
  console.log();
}

/** On the clock that pages of the same machine read, too. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
