const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size as people of a language write it: `2.4 MB`. */
export function formatSize(bytes: number, code: string): string {
  const step = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return new Intl.NumberFormat(code, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

export const formatPercent = (part: number, whole: number, code: string): string =>
  new Intl.NumberFormat(code, { style: 'percent' }).format(
    whole === 0 ? 1 : Math.floor((part / whole) * 100) / 100,
  );
