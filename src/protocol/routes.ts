import * as v from 'valibot';
import { RoomEvent } from './events.ts';
import { FeedWithheld } from './feed.ts';
import { AccessList, Invitation, LinkAccess } from './invitation.ts';
import { Knock, Waiting } from './knock.ts';
import { MAX_KNOCK_MESSAGE_LENGTH, MAX_NOTE_LENGTH, MAX_TOKEN_LENGTH } from './limits.ts';
import { AccessKey, Identity, InvitationId, Session, VisitorId } from './names.ts';
import { AccessLevel, Role, RosterEntry } from './participant.ts';
import { PATHS, type Stem } from './paths.ts';
import { Entered, RoomInfo, Snapshot } from './snapshot.ts';
import type { ServerErrorCode } from './status.ts';

/**
 * Who may call a route: `anyone`; `session`, a stay that is not over; `resumable`, also one that may
 * come back; `waiting`, a knock that is not answered; `host`, a session whose role is host, or an
 * API key of the server; `host-here`, a host's session only.
 */
export type Access = 'anyone' | 'session' | 'resumable' | 'waiting' | 'host' | 'host-here';

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
/** A position in the log, as a query says it. */
const position = v.pipe(v.string(), v.regex(/^\d{1,15}$/));

/**
 * What a removal or its undo came to. `settled` says whether LiveKit has carried it out; if not, it
 * is retried until it has, and the door keeps the person out meanwhile.
 */
const Decided = v.object({ seq: v.number(), settled: v.boolean(), locked: v.boolean() });

/** What a visitor shows: who the browser is, and by which way it comes. */
const way = {
  visitor: VisitorId,
  entryToken: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
  key: v.optional(AccessKey),
};
const name = v.optional(v.pipe(v.string(), v.maxLength(1_000)));
const wayErrors = [
  'entry-token-invalid',
  'entry-token-expired',
  'access-key-invalid',
  'access-key-revoked',
  'access-key-expired',
  'access-key-used',
] as const;

/** The way to a LiveKit room: the door's base URL, and a token that is good for 60 s. */
const Media = v.object({ door: v.string(), token: v.string() });

export const ROUTES = {
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
  'knock-admit': {
    stem: 'knock-admit',
    ...PATHS['knock-admit'],
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['knock-not-found', 'already-decided'],
  },
  'knock-deny': {
    stem: 'knock-deny',
    ...PATHS['knock-deny'],
    access: 'host',
    input: v.strictObject({ identity: Identity, note }),
    answer: seq,
    errors: ['knock-not-found', 'already-decided'],
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
      /** Back without knocking until then, ms since the epoch. */
      until: v.number(),
    }),
    errors: [],
  },
  'call-end': {
    stem: 'call-end',
    ...PATHS['call-end'],
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
    ...PATHS['participant-remove'],
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
    ...PATHS['participant-restore'],
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['participant-not-found'],
  },
  'room-lock': {
    stem: 'room-lock',
    ...PATHS['room-lock'],
    access: 'host',
    input: v.strictObject({ locked: v.boolean() }),
    answer: v.object({ seq: v.number(), locked: v.boolean() }),
    errors: [],
  },
  'role-set': {
    stem: 'role-set',
    ...PATHS['role-set'],
    access: 'host',
    input: v.strictObject({ identity: Identity, role: Role }),
    answer: seq,
    errors: ['participant-not-found', 'participant-out', 'last-host'],
  },
  /** Makes the link's key on the way from `off`, and anew with `renew`; it is told this once. */
  'link-set': {
    stem: 'link-set',
    ...PATHS['link-set'],
    access: 'host',
    input: v.strictObject({ access: LinkAccess, renew: v.optional(v.boolean()) }),
    answer: v.object({ seq: v.number(), access: LinkAccess, key: v.optional(AccessKey) }),
    errors: [],
  },
  /** Of name and address, one must be there. */
  'invitation-create': {
    stem: 'invitation-create',
    ...PATHS['invitation-create'],
    access: 'host',
    input: v.strictObject({
      name,
      email: v.optional(v.pipe(v.string(), v.email(), v.maxLength(320))),
      access: AccessLevel,
      maxUses: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
      /** ms since the epoch. */
      expiresAt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
    answer: v.object({
      seq: v.number(),
      invitation: Invitation,
      /** For the link's fragment, `#key=…`. Told this once. */
      key: AccessKey,
    }),
    errors: [],
  },
  'invitation-revoke': {
    stem: 'invitation-revoke',
    ...PATHS['invitation-revoke'],
    access: 'host',
    input: v.strictObject({
      id: InvitationId,
      /** Whoever came by it and is in the call is put out, too. */
      remove: v.optional(v.boolean()),
    }),
    answer: v.object({ seq: v.number(), removed: v.number() }),
    errors: ['invitation-not-found'],
  },
  'pass-revoke': {
    stem: 'pass-revoke',
    ...PATHS['pass-revoke'],
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['pass-not-found'],
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
  /** Looks at somebody who knocks and shows themselves. They do not see who looks. */
  'knock-look': {
    stem: 'knock-look',
    ...PATHS['knock-look'],
    access: 'host-here',
    input: v.strictObject({ identity: Identity }),
    answer: Media,
    errors: ['knock-not-found', 'already-decided'],
  },
  'room-read': {
    stem: 'room-read',
    ...PATHS['room-read'],
    access: 'host',
    input: nothing,
    answer: v.object({
      seq: v.number(),
      room: RoomInfo,
      roster: v.array(RosterEntry),
      knocks: v.array(Knock),
    }),
    errors: [],
  },
  'access-list': {
    stem: 'access-list',
    ...PATHS['access-list'],
    access: 'host',
    input: nothing,
    answer: AccessList,
    errors: [],
  },
  /** The log backwards: who came, went, knocked, was let in, by whom. */
  activity: {
    stem: 'activity',
    ...PATHS.activity,
    access: 'host',
    input: v.strictObject({
      /** Only what is older than this event's position. */
      before: v.optional(position),
      limit: v.optional(v.pipe(v.string(), v.regex(/^([1-9]\d?|1\d\d|200)$/))),
    }),
    answer: v.object({
      /** The newest first. */
      events: v.array(RoomEvent),
      more: v.boolean(),
    }),
    errors: [],
  },
  /** All of the log as a file, the oldest first. */
  'activity-export': {
    stem: 'activity-export',
    ...PATHS['activity-export'],
    access: 'host',
    input: v.strictObject({ format: v.picklist(['csv', 'json']) }),
    answer: v.instance(Response),
    errors: [],
  },
  /** The log from a position on: what feeds and webhooks tell, for whoever missed some. */
  events: {
    stem: 'events',
    ...PATHS.events,
    access: 'session',
    input: v.strictObject({
      after: position,
    }),
    answer: v.object({ seq: v.number(), events: v.array(v.union([RoomEvent, FeedWithheld])) }),
    errors: ['snapshot-needed', 'api-key-invalid'],
  },
} as const satisfies Record<Stem, Route>;

/** Whether a backend may call it with an API key: what hosts may, and reading the log. */
export const takesApiKey = ({ access, stem }: Pick<Route, 'access' | 'stem'>): boolean =>
  access === 'host' || stem === 'events';

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
  'hook-failed',
] as const satisfies readonly ServerErrorCode[];

/** What a route adds by its access. */
export const ACCESS_ERRORS: Record<Access, readonly ServerErrorCode[]> = {
  anyone: [],
  resumable: ['session-missing', 'session-invalid', 'admission-over'],
  session: ['session-missing', 'session-invalid', 'admission-over', 'still-waiting'],
  waiting: ['session-missing', 'session-invalid', 'admission-over', 'already-decided'],
  host: [
    'api-key-invalid',
    'session-missing',
    'session-invalid',
    'admission-over',
    'still-waiting',
    'not-host',
    'forbidden',
  ],
  'host-here': [
    'session-missing',
    'session-invalid',
    'admission-over',
    'still-waiting',
    'not-host',
    'forbidden',
  ],
};
