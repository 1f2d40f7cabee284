/**
 * The one of `all` that a key leads to from the one at `at`: by arrows as the row runs, round its ends,
 * and by Home and End. Undefined for a key that doesn't move.
 *
 * @param row - What says whether the row runs from right to left.
 */
export function stepAlong<T>(
  { key }: KeyboardEvent,
  all: readonly T[],
  at: number,
  row: Element,
): T | undefined {
  const isRtl = getComputedStyle(row).direction === 'rtl';
  const steps: Readonly<Record<string, number>> = {
    [isRtl ? 'ArrowLeft' : 'ArrowRight']: at + 1,
    [isRtl ? 'ArrowRight' : 'ArrowLeft']: at - 1,
    Home: 0,
    End: -1,
  };
  const step = steps[key];
  return step === undefined ? undefined : all.at(step % all.length);
}
