import * as v from 'valibot';
import { MAX_FILE_NAME_LENGTH, MAX_NAME_GRAPHEMES } from './limits.ts';

/** A room's name in links: letters, digits, `_` and `-`; the case does not count. */
export const RoomName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));

/** The visitor id that a browser keeps in localStorage: 128 random bits, base64url. */
export const VisitorId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));

/** A session secret: 256 random bits, base64url. */
export const Session = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/** A LiveKit identity of ours. */
export const Identity = v.pipe(v.string(), v.regex(/^p_[A-Za-z0-9_-]{22}$/));

/** The secret of an invitation or of the private link: 192 random bits, base64url. */
export const AccessKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{32}$/));
/** One as it is shown: links get cut off and joined on their way, and then open nothing. */
export const ShownKey = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));

/** What names an invitation. */
export const InvitationId = v.pipe(v.string(), v.regex(/^v_[A-Za-z0-9_-]{22}$/));

/** What names a message of the chat. */
export const MessageId = v.pipe(v.string(), v.regex(/^m_[A-Za-z0-9_-]{22}$/));

/** What names a file of a room. */
export const FileId = v.pipe(v.string(), v.regex(/^f_[A-Za-z0-9_-]{22}$/));

/** What names a reset. */
export const ResetId = v.pipe(v.string(), v.regex(/^z_[A-Za-z0-9_-]{22}$/));

/** What names a whiteboard of a room. */
export const WhiteboardId = v.pipe(v.string(), v.regex(/^w_[A-Za-z0-9_-]{22}$/));

/** What names a recording of a room. */
export const RecordingId = v.pipe(v.string(), v.regex(/^r_[A-Za-z0-9_-]{22}$/));

export const isRecordingId = (id: unknown): id is string => v.is(RecordingId, id);

/** What opens a file for a minute: 256 random bits, base64url. */
export const FileLink = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

// Controls, bidi overrides and isolates, zero-width and other format characters, private use, lone
// surrogates. The joiners U+200C/U+200D stay: scripts and emoji need them.
const UNSEEN = /[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

/** What somebody wrote, as one line without what can't be seen, turns text around, or can't be kept. */
export const cleanLine = (text: string): string =>
  text.replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim();

// As `UNSEEN`, but for line breaks and tabs, and the marks that say where a number or a sign belongs.
const UNSEEN_IN_TEXT =
  /[\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}|(?![\u200c-\u200f\u061c])\p{Cf}/gu;

/**
 * What somebody wrote, line breaks kept: without what can't be seen, turns text around, or can't be
 * kept. Empty when nothing readable is left.
 */
export function cleanText(text: string): string {
  const seen = text
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN_IN_TEXT, '')
    // Eight marks on one letter are enough for every living script; more is zalgo.
    .replace(/(\p{M}{8})\p{M}+/gu, '$1')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();
  return READABLE.test(seen) ? seen : '';
}

const READABLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A person's name as everybody may see it: NFKC, without what can't be seen or turns text around,
 * spaces folded, at most 60 graphemes. Empty when nothing readable is left.
 */
export function cleanName(name: string): string {
  const seen = cleanLine(name.normalize('NFKC'));
  if (!READABLE.test(seen)) return '';
  const graphemes = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(seen)];
  return (
    graphemes
      .slice(0, MAX_NAME_GRAPHEMES)
      // Eight marks on one letter are enough for every living script; more is zalgo.
      .map(({ segment }) => [...segment].slice(0, 12).join(''))
      .join('')
      .trim()
  );
}

/** Characters that a file system somewhere gives a meaning of its own. */
const RESERVED = /[<>:"|?*]/gu;

/**
 * A file's name as everybody may see it: NFC, the last part of a path, without what can't be seen or
 * turns text around, at most 200 characters with the ending kept. `file` when nothing is left.
 */
export function cleanFileName(name: string): string {
  const last = cleanLine(name.normalize('NFC')).split(/[/\\]/u).at(-1) ?? '';
  const seen = last.replace(RESERVED, '_').replace(/^[. ]+|[. ]+$/gu, '');
  const marks = seen.replace(/(\p{M}{8})\p{M}+/gu, '$1');
  const ending = /\.[\p{L}\p{N}]{1,12}$/u.exec(marks)?.[0] ?? '';
  const stem = [...marks.slice(0, marks.length - ending.length)];
  const room = MAX_FILE_NAME_LENGTH - ending.length;
  return `${stem.slice(0, room).join('')}${ending}` || 'file';
}
