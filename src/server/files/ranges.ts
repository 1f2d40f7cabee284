import { MeetingError } from '../../protocol/meeting-error.ts';

/** The first byte, and the one after the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The one range that a `Range` header asks for; undefined for all of it, which is also the answer to
 * several at once and to what is no range of bytes.
 *
 * @throws MeetingError `range-not-satisfiable`
 */
export function readRange(header: string | null, size: number): Range | undefined {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [, first = '', last = ''] = asked ?? [];
  if (!asked || (first === '' && last === '')) return undefined;
  const range =
    first === ''
      ? { start: Math.max(0, size - Number(last)), end: size }
      : { start: Number(first), end: last === '' ? size : Math.min(size, Number(last) + 1) };
  if (range.start < range.end) return range;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  throw new MeetingError('range-not-satisfiable', `There are ${size} bytes.`);
}
