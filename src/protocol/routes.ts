import * as v from 'valibot';
import type { ServerErrorCode } from './errors.ts';
import { RoomEvent } from './events.ts';
import { MAX_NOTE_LENGTH, MAX_TOKEN_LENGTH } from './limits.ts';
import { Identity, VisitorId } from './names.ts';
import { Entered, Snapshot } from './snapshot.ts';

/**
 * Who may call a route: `anyone`; `session`, a stay that is not over; `resumable`, also one that may
 * come back; `host`, a session whose role is host.
 */
export type Access = 'anyone' | 'session' | 'resumable' | 'host';

/** One row of the routes table. Server, client and tests are made from it. */
export interface Route {
  readonly stem: string;
  readonly method: 'GET' | 'POST';
  /** Below the mount path; `{room}` is a room's name. */
  readonly path: string;
  readonly access: Access;
  readonly input: v.GenericSchema;
  readonly answer: v.GenericSchema;
  /** What it may answer beyond what every route may. */
  readonly errors: readonly ServerErrorCode[];
}

const nothing = v.strictObject({});
const note = v.optional(v.pipe(v.string(), v.maxLength(MAX_NOTE_LENGTH)));
const seq = v.object({ seq: v.number() });

/**
 * What a removal or its undo came to. `settled` says whether LiveKit has carried it out; if not, it
 * is retried until it has, and the door keeps the person out meanwhile.
 */
const Decided = v.object({ seq: v.number(), settled: v.boolean(), locked: v.boolean() });

export const ROUTES = {
  'call-enter': {
    stem: 'call-enter',
    method: 'POST',
    path: '/rooms/{room}/call-enter',
    access: 'anyone',
    input: v.strictObject({
      visitor: VisitorId,
      name: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
      entryToken: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
      key: v.optional(v.pipe(v.string(), v.maxLength(200))),
    }),
    answer: Entered,
    errors: ['entry-token-invalid', 'entry-token-expired', 'access-key-invalid', 'room-locked'],
  },
  'call-resume': {
    stem: 'call-resume',
    method: 'POST',
    path: '/rooms/{room}/call-resume',
    access: 'resumable',
    input: v.strictObject({
      /** Put out the page that holds this stay now; it is told `replaced`. */
      takeOver: v.optional(v.boolean()),
    }),
    answer: Snapshot,
    errors: ['room-locked'],
  },
  'call-leave': {
    stem: 'call-leave',
    method: 'POST',
    path: '/rooms/{room}/call-leave',
    access: 'session',
    input: nothing,
    answer: v.object({
      seq: v.number(),
      /** Back without knocking until then, ms since the epoch. */
      until: v.number(),
    }),
    errors: [],
  },
  'participant-remove': {
    stem: 'participant-remove',
    method: 'POST',
    path: '/rooms/{room}/participant-remove',
    access: 'host',
    input: v.strictObject({ identity: Identity, note }),
    answer: Decided,
    errors: ['participant-not-found', 'participant-out', 'not-yourself'],
  },
  'participant-restore': {
    stem: 'participant-restore',
    method: 'POST',
    path: '/rooms/{room}/participant-restore',
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['participant-not-found'],
  },
  'room-lock': {
    stem: 'room-lock',
    method: 'POST',
    path: '/rooms/{room}/room-lock',
    access: 'host',
    input: v.strictObject({ locked: v.boolean() }),
    answer: v.object({ seq: v.number(), locked: v.boolean() }),
    errors: [],
  },
  events: {
    stem: 'events',
    method: 'GET',
    path: '/rooms/{room}/events',
    access: 'session',
    input: v.strictObject({
      after: v.pipe(v.string(), v.regex(/^\d{1,15}$/)),
    }),
    answer: v.object({ seq: v.number(), events: v.array(RoomEvent) }),
    errors: ['snapshot-needed'],
  },
} as const satisfies Record<string, Route>;

export type Stem = keyof typeof ROUTES;
export type Input<S extends Stem> = v.InferOutput<(typeof ROUTES)[S]['input']>;
export type Answer<S extends Stem> = v.InferOutput<(typeof ROUTES)[S]['answer']>;

/** What every route may answer with, beside its own. */
export const COMMON_ERRORS = [
  'malformed-body',
  'invalid-input',
  'invalid-room-name',
  'origin-not-allowed',
  'method-not-allowed',
  'request-timeout',
  'body-too-large',
  'unsupported-media-type',
  'rate-limited',
  'internal',
  'storage-unreachable',
  'server-closing',
] as const satisfies readonly ServerErrorCode[];

/** What a route adds by its access. */
export const ACCESS_ERRORS: Record<Access, readonly ServerErrorCode[]> = {
  anyone: [],
  resumable: ['session-missing', 'session-invalid', 'admission-over'],
  session: ['session-missing', 'session-invalid', 'admission-over'],
  host: ['session-missing', 'session-invalid', 'admission-over', 'not-host'],
};
