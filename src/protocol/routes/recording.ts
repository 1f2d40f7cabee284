import * as v from 'valibot';
import { FileLink, RecordingId } from '../names.ts';
import { PATHS } from '../paths.ts';
import { Recording, RecorderKind, RecordingLimits, RecordingUsage } from '../recording.ts';
import { nothing, type Route, seq } from './route.ts';

/** Recordings of a room. Their bytes come by `UPLOADS_PATH`, with `recording` in the metadata. */
export const RECORDING = {
  /** One at a time. Again with the same id while it runs, it is the same one. */
  'recording-start': {
    stem: 'recording-start',
    ...PATHS['recording-start'],
    access: 'host',
    input: v.strictObject({ id: RecordingId, recorder: RecorderKind }),
    answer: v.object({ seq: v.number(), recording: Recording }),
    errors: ['recording-running', 'recording-id-taken', 'recorder-unavailable'],
  },
  /** Any host may. One that is over already stays as it is. */
  'recording-stop': {
    stem: 'recording-stop',
    ...PATHS['recording-stop'],
    access: 'host',
    input: v.strictObject({ id: RecordingId }),
    answer: seq,
    errors: ['recording-not-found'],
  },
  /** Says that one agrees to be in the one that runs. */
  'recording-consent': {
    stem: 'recording-consent',
    ...PATHS['recording-consent'],
    access: 'session',
    input: v.strictObject({ id: RecordingId }),
    answer: seq,
    errors: ['recording-not-found'],
  },
  /** What the room keeps. */
  'recording-list': {
    stem: 'recording-list',
    ...PATHS['recording-list'],
    access: 'host',
    input: nothing,
    answer: v.object({
      seq: v.number(),
      /** The newest first; only what is `kept`. */
      recordings: v.array(Recording),
      usage: RecordingUsage,
      limits: RecordingLimits,
    }),
    errors: [],
  },
  /** Makes a link to its bytes that is good for 15 minutes, and no longer than who asks is host here. */
  'recording-open': {
    stem: 'recording-open',
    ...PATHS['recording-open'],
    access: 'host-here',
    input: v.strictObject({ id: RecordingId }),
    answer: v.object({
      url: v.string(),
      /** ms since the epoch. */
      until: v.number(),
    }),
    errors: ['recording-not-found'],
  },
  /** What the link opens. One range may be asked for. */
  'recording-read': {
    stem: 'recording-read',
    ...PATHS['recording-read'],
    access: 'anyone',
    input: v.strictObject({
      link: FileLink,
      /** Not as an attachment. Only video and sound are shown so. */
      inline: v.optional(v.picklist(['', '1'])),
    }),
    answer: v.instance(Response),
    errors: [
      'file-link-invalid',
      'recording-not-found',
      'admission-over',
      'not-host',
      'range-not-satisfiable',
      'files-unreachable',
    ],
  },
  /** Any that is over, also while it is uploaded. */
  'recording-delete': {
    stem: 'recording-delete',
    ...PATHS['recording-delete'],
    access: 'host',
    input: v.strictObject({ id: RecordingId }),
    answer: seq,
    errors: ['recording-not-found', 'recording-running'],
  },
} as const satisfies Record<string, Route>;
