import * as v from 'valibot';
import { MAX_OWN_NOTE_LENGTH } from '../limits.ts';
import { PATHS } from '../paths.ts';
import { nothing, type Route } from './route.ts';

const version = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a host writes for themselves about a room. No other person and no backend ever gets it. */
export const NOTING = {
  'note-read': {
    stem: 'note-read',
    ...PATHS['note-read'],
    access: 'host-here',
    input: nothing,
    answer: v.object({
      /** Plain text; empty where nothing was written. */
      text: v.string(),
      /** Counts the writings; 0 before the first. */
      version,
    }),
    errors: [],
  },
  /** Only over the version that one has seen: what another window wrote is not lost unseen. */
  'note-write': {
    stem: 'note-write',
    ...PATHS['note-write'],
    access: 'host-here',
    input: v.strictObject({
      text: v.pipe(v.string(), v.maxLength(MAX_OWN_NOTE_LENGTH)),
      version,
    }),
    answer: v.object({ version }),
    errors: ['note-changed'],
  },
} as const satisfies Record<string, Route>;
