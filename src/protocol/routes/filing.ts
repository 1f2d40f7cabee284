import * as v from 'valibot';
import { FileLimits, FileUsage, RoomFile } from '../file.ts';
import { MAX_PREVIEW_BYTES } from '../limits.ts';
import { FileId, FileLink } from '../names.ts';
import { PATHS } from '../paths.ts';
import { FORBIDDEN, nothing, type Route, seq } from './route.ts';

/** What a room keeps in files. Their bytes come by `UPLOADS_PATH`. */
export const FILING = {
  'file-list': {
    stem: 'file-list',
    ...PATHS['file-list'],
    access: 'session',
    input: nothing,
    answer: v.object({
      seq: v.number(),
      /** The newest first. */
      files: v.array(RoomFile),
      usage: FileUsage,
      limits: FileLimits,
    }),
    errors: [],
  },
  /** A small picture of a file, as its uploader's browser made it; a JPEG. */
  'file-preview': {
    stem: 'file-preview',
    ...PATHS['file-preview'],
    access: 'session',
    input: v.strictObject({ id: FileId }),
    answer: v.instance(Response),
    errors: ['file-not-found'],
  },
  /** One's own only, and only until the file is complete. */
  'file-preview-set': {
    stem: 'file-preview-set',
    ...PATHS['file-preview-set'],
    access: 'session',
    input: v.strictObject({
      id: FileId,
      /** A JPEG of at most 512 pixels a side, in base64. */
      image: v.pipe(
        v.string(),
        v.base64(),
        v.maxLength(Math.ceil((MAX_PREVIEW_BYTES * 4) / 3) + 4),
      ),
    }),
    answer: seq,
    errors: ['file-not-found', 'unsupported-media-type'],
  },
  /** Makes a link to a file's bytes that is good for a minute, and no longer than who asks is in. */
  'file-open': {
    stem: 'file-open',
    ...PATHS['file-open'],
    access: 'session',
    input: v.strictObject({ id: FileId }),
    answer: v.object({
      url: v.string(),
      /** ms since the epoch. */
      until: v.number(),
    }),
    errors: ['file-not-found'],
  },
  /** What the link opens. One range may be asked for. */
  'file-read': {
    stem: 'file-read',
    ...PATHS['file-read'],
    access: 'anyone',
    input: v.strictObject({ link: FileLink }),
    answer: v.instance(Response),
    errors: [
      'file-link-invalid',
      'file-not-found',
      'admission-over',
      'range-not-satisfiable',
      'files-unreachable',
    ],
  },
  /** One's own; hosts any. An upload that is on its way, too. */
  'file-delete': {
    stem: 'file-delete',
    ...PATHS['file-delete'],
    access: 'session',
    input: v.strictObject({ id: FileId }),
    answer: seq,
    errors: ['file-not-found', 'not-yours', ...FORBIDDEN],
  },
} as const satisfies Record<string, Route>;
