import * as v from 'valibot';
import { Waiting } from '../knock.ts';
import { MAX_KNOCK_MESSAGE_LENGTH, MAX_TOKEN_LENGTH } from '../limits.ts';
import { Session, ShownKey, VisitorId } from '../names.ts';
import { AccessLevel } from '../participant.ts';
import { PATHS } from '../paths.ts';
import { RecordingConsent } from '../recording.ts';
import { Entered, Snapshot } from '../snapshot.ts';
import { Media, name, nothing, type Route, seq } from './route.ts';

/** What a visitor shows: who the browser is, and by which way it comes. */
const way = {
  visitor: VisitorId,
  entryToken: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
  key: v.optional(ShownKey),
};
const wayErrors = [
  'entry-token-invalid',
  'entry-token-expired',
  'access-key-invalid',
  'access-key-revoked',
  'access-key-expired',
  'access-key-used',
] as const;

/** How somebody comes in, waits at the door, and goes. */
export const ENTERING = {
  /** How far this visitor may go, before they do. Changes nothing. */
  'call-check': {
    stem: 'call-check',
    ...PATHS['call-check'],
    access: 'anyone',
    input: v.strictObject(way),
    answer: v.object({
      access: AccessLevel,
      /** What the entry token calls them; then there is nothing to type. */
      name: v.optional(v.string()),
      /** This person is in the call already, in another window or browser. */
      here: v.boolean(),
      /** It is recorded what goes on in the room. Told to whoever may come straight in. */
      recording: v.optional(v.object({ at: v.number(), consent: RecordingConsent })),
    }),
    errors: wayErrors,
  },
  'call-enter': {
    stem: 'call-enter',
    ...PATHS['call-enter'],
    access: 'anyone',
    input: v.strictObject({
      ...way,
      name,
      /**
       * For who is in the call already: go on with that stay here, and the page that has it now is
       * told `replaced`; or come in a second time, beside it.
       */
      again: v.optional(v.picklist(['take-over', 'beside'])),
    }),
    answer: Entered,
    errors: [...wayErrors, 'room-locked', 'already-here', 'too-many-stays', 'forbidden'],
  },
  'call-resume': {
    stem: 'call-resume',
    ...PATHS['call-resume'],
    access: 'resumable',
    input: v.strictObject({
      /** Put out the page that holds this stay now; it is told `replaced`. */
      takeOver: v.optional(v.boolean()),
    }),
    answer: Snapshot,
    errors: ['room-locked', 'still-waiting'],
  },
  'call-leave': {
    stem: 'call-leave',
    ...PATHS['call-leave'],
    access: 'session',
    input: nothing,
    answer: v.object({
      seq: v.number(),
      /** Back without knocking until then, ms since the epoch; without it, they knock. */
      until: v.optional(v.number()),
    }),
    errors: [],
  },
  /** Asks the hosts to be let in. Again with another message, it is the same knock. */
  knock: {
    stem: 'knock',
    ...PATHS.knock,
    access: 'anyone',
    input: v.strictObject({
      ...way,
      name,
      message: v.optional(v.pipe(v.string(), v.maxLength(MAX_KNOCK_MESSAGE_LENGTH))),
    }),
    answer: v.object({ ...Waiting.entries, session: Session }),
    errors: [...wayErrors, 'knock-not-needed', 'knock-refused', 'forbidden'],
  },
  'knock-withdraw': {
    stem: 'knock-withdraw',
    ...PATHS['knock-withdraw'],
    access: 'waiting',
    input: nothing,
    answer: seq,
    errors: [],
  },
  /** Shows oneself to the hosts while one waits, or no longer. */
  'knock-camera': {
    stem: 'knock-camera',
    ...PATHS['knock-camera'],
    access: 'waiting',
    input: v.strictObject({ on: v.boolean() }),
    answer: v.object({ seq: v.number(), media: v.optional(Media) }),
    errors: [],
  },
} as const satisfies Record<string, Route>;
