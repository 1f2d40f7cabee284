import type { RoomFile } from '../../protocol/file.ts';

/** What a file is for people, by its bytes. */
export type Kind =
  | 'image'
  | 'pdf'
  | 'text'
  | 'audio'
  | 'video'
  | 'archive'
  | 'document'
  | 'program'
  | 'other';

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^image\//, 'image'],
  [/^application\/pdf$/, 'pdf'],
  [/^text\//, 'text'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/^application\/(zip|gzip|x-(7z|rar|tar|bzip2|xz|lzip|compress|zip)\S*|zstd)$/, 'archive'],
  [/officedocument|opendocument|msword|ms-excel|rtf|epub|x-cfb/, 'document'],
  [
    /^application\/(x-(msdownload|elf|mach-binary|apple-diskimage|msi|deb|rpm)|java-archive)/,
    'program',
  ],
];

export const kindOf = ({ type }: Pick<RoomFile, 'type'>): Kind =>
  KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';

/** A name in two parts: the ending stays in sight when the rest is cut off. */
export function splitName(name: string): readonly [stem: string, ending: string] {
  const ending = /[^.]{0,4}\.[\p{L}\p{N}]{1,12}$/u.exec(name)?.[0] ?? '';
  return [name.slice(0, name.length - ending.length), ending];
}

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

/** The hour for today, the day before that. */
export function formatTime(at: number, now: number, code: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(
    code,
    isToday ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  ).format(at);
}

export const formatPercent = (part: number, whole: number, code: string): string =>
  new Intl.NumberFormat(code, { style: 'percent' }).format(
    whole === 0 ? 1 : Math.floor((part / whole) * 100) / 100,
  );
