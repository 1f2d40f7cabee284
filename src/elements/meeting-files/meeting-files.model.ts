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

/** The hour for today, the day before that. */
export function formatTime(at: number, now: number, code: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(
    code,
    isToday ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  ).format(at);
}
