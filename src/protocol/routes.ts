import * as v from 'valibot';
import type { ServerErrorCode } from './errors.ts';
import { RoomEvent } from './events.ts';
import { FeedWithheld } from './feed.ts';
import { Waiting } from './knock.ts';
import { MAX_KNOCK_MESSAGE_LENGTH, MAX_NOTE_LENGTH, MAX_TOKEN_LENGTH } from './limits.ts';
import { Identity, Session, VisitorId } from './names.ts';
import { AccessLevel } from './participant.ts';
import { Entered, Snapshot } from './snapshot.ts';

/**
 * Who may call a route: `anyone`; `session`, a stay that is not over; `resumable`, also one that may
 * come back; `waiting`, a knock that is not answered; `host`, a session whose role is host.
 */
export type Access = 'anyone' | 'session' | 'resumable' | 'waiting' | 'host';

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

/** What a visitor shows: who the browser is, and by which way it comes. */
const way = {
  visitor: VisitorId,
  entryToken: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
  key: v.optional(v.pipe(v.string(), v.maxLength(200))),
};
const name = v.optional(v.pipe(v.string(), v.maxLength(1_000)));
const wayErrors = ['entry-token-invalid', 'entry-token-expired', 'access-key-invalid'] as const;

export const ROUTES = {
  /** How far this visitor may go, before they do. Changes nothing. */
  'call-check': {
    stem: 'call-check',
    method: 'POST',
    path: '/rooms/{room}/call-check',
    access: 'anyone',
    input: v.strictObject(way),
    answer: v.object({
      access: AccessLevel,
      /** What the entry token calls them; then there is nothing to type. */
      name: v.optional(v.string()),
    }),
    errors: wayErrors,
  },
  'call-enter': {
    stem: 'call-enter',
    method: 'POST',
    path: '/rooms/{room}/call-enter',
    access: 'anyone',
    input: v.strictObject({ ...way, name }),
    answer: Entered,
    errors: [...wayErrors, 'room-locked'],
  },
  /** Asks the hosts to be let in. Again with another message, it is the same knock. */
  knock: {
    stem: 'knock',
    method: 'POST',
    path: '/rooms/{room}/knock',
    access: 'anyone',
    input: v.strictObject({
      ...way,
      name,
      message: v.optional(v.pipe(v.string(), v.maxLength(MAX_KNOCK_MESSAGE_LENGTH))),
    }),
    answer: v.object({ ...Waiting.entries, session: Session }),
    errors: [...wayErrors, 'knock-not-needed', 'knock-refused'],
  },
  'knock-withdraw': {
    stem: 'knock-withdraw',
    method: 'POST',
    path: '/rooms/{room}/knock-withdraw',
    access: 'waiting',
    input: nothing,
    answer: seq,
    errors: [],
  },
  'knock-admit': {
    stem: 'knock-admit',
    method: 'POST',
    path: '/rooms/{room}/knock-admit',
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['knock-not-found', 'already-decided'],
  },
  'knock-deny': {
    stem: 'knock-deny',
    method: 'POST',
    path: '/rooms/{room}/knock-deny',
    access: 'host',
    input: v.strictObject({ identity: Identity, note }),
    answer: seq,
    errors: ['knock-not-found', 'already-decided'],
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
    errors: ['room-locked', 'still-waiting'],
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
  'call-end': {
    stem: 'call-end',
    method: 'POST',
    path: '/rooms/{room}/call-end',
    access: 'host',
    input: v.strictObject({
      /** The host who ends it stays in, with their media as it is. */
      keepMe: v.optional(v.boolean()),
    }),
    /** `settled` says whether LiveKit agrees that everybody is out; if not, it is retried. */
    answer: v.object({ seq: v.number(), settled: v.boolean(), ended: v.number() }),
    errors: [],
  },
  'participant-remove': {
    stem: 'participant-remove',
    method: 'POST',
    path: '/rooms/{room}/participant-remove',
    access: 'host',
    input: v.strictObject({
      identity: Identity,
      note,
      /** "Don't let them back in": knocks are refused, too. */
      block: v.optional(v.boolean()),
    }),
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
    answer: v.object({ seq: v.number(), events: v.array(v.union([RoomEvent, FeedWithheld])) }),
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
  session: ['session-missing', 'session-invalid', 'admission-over', 'still-waiting'],
  waiting: ['session-missing', 'session-invalid', 'admission-over', 'already-decided'],
  host: ['session-missing', 'session-invalid', 'admission-over', 'still-waiting', 'not-host'],
};
