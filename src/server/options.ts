import * as v from 'valibot';
import { RoomEvent, type RoomEventType } from '../protocol/events.ts';
import type { Hooks } from './hooks.ts';
import type { LogFields, Logger } from './logger.ts';
import type { Vouch } from './entry-token.ts';
import type { LiveKitOptions } from './sfu.ts';
import type { BoardLimits } from './policy.ts';
import type { FileLimits } from '../protocol/file.ts';
import { type RecordingOptions, RecordingOptionsSchema } from './recording-options.ts';
import type { S3Options } from './files/s3-store.ts';
import type { StorageOptions } from './storage/open.ts';
import type { WebhookOptions } from './webhooks.ts';

/** What `createMeetingServer` takes. */
export interface MeetingServerOptions {
  /** The public base, `https://example.com/meeting`; its path is the mount path. */
  url: string;
  livekit: LiveKitOptions;
  storage: StorageOptions;
  /** Where files lie, and how many. Default: a folder beside PGlite's, else `./meeting-files`. */
  files?: FilesOptions | undefined;
  /** How much a room keeps in whiteboards: bytes of one, 20 MB, and how many there are, 50. */
  whiteboards?: { limits?: Partial<BoardLimits> | undefined } | undefined;
  /** How calls are recorded. */
  recordings?: RecordingOptions | undefined;
  /** Shared with the backend that signs entry tokens. 32 characters or more. */
  entrySecret?: string | undefined;
  /**
   * Vouches for a visitor in process, from the request that asks for entry (its cookies, say).
   * Resolves undefined for nobody in particular. Asked only when there is no entry token.
   */
  authorize?:
    | ((request: Request, room: string) => Promise<Vouch | undefined> | Vouch | undefined)
    | undefined;
  /**
   * By which other backends act as `{ kind: 'server' }`: `Authorization: Bearer <key>`. 32 random
   * characters or more each; several while one replaces another.
   */
  apiKeys?: readonly string[] | undefined;
  /** Code that may forbid acts, and that hears events. */
  hooks?: Hooks | undefined;
  /** Where events are told, signed as Standard Webhooks says. */
  webhooks?: readonly WebhookOptions[] | undefined;
  /**
   * What happens when the last host goes and others stay: nothing (`stay`, the default), the room
   * locks, or the call ends unless a host is back in time.
   */
  lastHost?: 'stay' | 'lock' | { endAfterMinutes: number } | undefined;
  /**
   * What becomes of what a reset clears: it is gone at once for everybody, and for good; or, with
   * `trashHours`, it is kept apart for so long, and can be put back until then. Default 0.
   */
  reset?: { trashHours?: number | undefined } | undefined;
  /** Pages that may call from elsewhere, `https://shop.example`; `*` for any. The base's own may. */
  origins?: readonly string[] | undefined;
  /** How many proxies stand in front and set `X-Forwarded-For`. Default 0: the header is ignored. */
  trustProxy?: number | undefined;
  /** Default: warnings and errors as JSON lines on stderr. */
  logger?: Logger | undefined;
  limits?: Partial<Limits> | undefined;
}

/**
 * Where the bytes of files lie: a `folder`, which several instances must share, or a bucket (`s3`).
 * And how much a room may keep; sizes in bytes.
 */
export type FilesOptions = ({ folder?: string | undefined } | { s3: S3Options }) & {
  limits?: Partial<FileLimits> | undefined;
};

/** How often things may be done; each a burst that grows back over a minute. */
export interface Limits {
  /** Entering, per address. Default 120. */
  enterPerMinute: number;
  /** Knocking, per address. Default 60. */
  knocksPerMinute: number;
  /** Everything else, per address. Default 1,200. */
  requestsPerMinute: number;
  /** Connections at the door, per seat. Default 120. */
  connectsPerMinute: number;
  /** API keys and access keys that open nothing, per address. Default 10. */
  wrongKeysPerMinute: number;
}

export const DEFAULT_LIMITS: Limits = {
  enterPerMinute: 120,
  knocksPerMinute: 60,
  requestsPerMinute: 1_200,
  connectsPerMinute: 120,
  wrongKeysPerMinute: 10,
};

/** A year. */
export const MAX_TRASH_HOURS = 8_760;

const rate = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
const httpUrl = v.pipe(
  v.string(),
  v.check((url) => hasProtocol(url, ['http:', 'https:']), 'must be an http or https URL'),
);

/** The message of its own says nothing of what was given: there is a password in it. */
const postgresUrl = v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL'));

/** Characters that a bearer header may have. */
const apiKey = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9._~+/-]{32,200}$/, 'must have 32 to 200 letters, digits and . _ ~ + / -'),
);

const EVENT_TYPES = RoomEvent.options.map(({ entries }) => entries.type.literal);

const Webhook = v.strictObject({
  url: v.pipe(
    httpUrl,
    v.check((url) => !hasPassword(url), 'must not hold a user or password'),
  ),
  secret: v.custom<WebhookOptions['secret']>(
    isWebhookSecrets,
    'must be whsec_ and the base64 of 24 to 64 bytes, or a list of such',
  ),
  types: v.optional(
    v.array(v.picklist<RoomEventType[], string>(EVENT_TYPES, 'must be the type of an event')),
  ),
});

const amount = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));
const FileLimitsOption = v.optional(
  v.strictObject({ fileBytes: amount, roomBytes: amount, roomFiles: amount }),
);

const Files = v.union(
  [
    v.strictObject({
      folder: v.optional(v.pipe(v.string(), v.minLength(1))),
      limits: FileLimitsOption,
    }),
    v.strictObject({
      s3: v.strictObject({
        endpoint: httpUrl,
        bucket: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
        region: v.optional(v.pipe(v.string(), v.minLength(1))),
        accessKeyId: v.pipe(v.string(), v.minLength(1)),
        secretAccessKey: v.pipe(v.string(), v.minLength(1)),
      }),
      limits: FileLimitsOption,
    }),
  ],
  'must be { folder } or { s3: { endpoint, bucket, accessKeyId, secretAccessKey } }, with limits in whole bytes',
);

const Options = v.strictObject({
  url: httpUrl,
  livekit: v.strictObject({
    url: v.pipe(
      v.string(),
      v.check(
        (url) => hasProtocol(url, ['http:', 'https:', 'ws:', 'wss:']),
        'must be a ws or http URL',
      ),
    ),
    apiKey: v.pipe(v.string(), v.minLength(1, 'must not be empty')),
    apiSecret: v.pipe(v.string(), v.minLength(32, 'must have 32 characters or more')),
  }),
  storage: v.union(
    [
      v.strictObject({ folder: v.pipe(v.string(), v.minLength(1)) }),
      v.strictObject({
        url: postgresUrl,
        listenUrl: v.optional(postgresUrl),
      }),
    ],
    'must be { folder } for PGlite or { url: "postgres://…" } for PostgreSQL',
  ),
  files: v.optional(Files),
  whiteboards: v.optional(
    v.strictObject({
      limits: v.optional(v.strictObject({ boardBytes: amount, roomBoards: amount })),
    }),
  ),
  recordings: RecordingOptionsSchema,
  entrySecret: v.optional(v.pipe(v.string(), v.minLength(32, 'must have 32 characters or more'))),
  authorize: v.optional(v.function()),
  apiKeys: v.optional(v.array(apiKey, 'must be a list')),
  hooks: v.optional(
    v.strictObject({ before: v.optional(v.function()), event: v.optional(v.function()) }),
  ),
  webhooks: v.optional(
    v.pipe(
      v.array(Webhook),
      v.check(
        (targets) => new Set(targets.map(({ url }) => url)).size === targets.length,
        'must have each url once',
      ),
    ),
  ),
  lastHost: v.optional(
    v.union(
      [
        v.picklist(['stay', 'lock']),
        v.strictObject({
          endAfterMinutes: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_440)),
        }),
      ],
      'must be stay, lock or { endAfterMinutes } of up to 1440',
    ),
  ),
  reset: v.optional(
    v.strictObject({
      trashHours: v.optional(
        v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MAX_TRASH_HOURS)),
      ),
    }),
  ),
  origins: v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.check(
          (origin) => origin === '*' || isOrigin(origin),
          'must be an origin such as https://shop.example, or *',
        ),
      ),
    ),
  ),
  trustProxy: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10))),
  logger: v.optional(v.custom<Logger>(isLogger, 'must have the functions info, warn and error')),
  limits: v.optional(
    v.strictObject({
      enterPerMinute: rate,
      knocksPerMinute: rate,
      requestsPerMinute: rate,
      connectsPerMinute: rate,
      wrongKeysPerMinute: rate,
    }),
  ),
});

/**
 * Checks the options.
 * @throws TypeError with one sentence that names everything that is wrong.
 */
export function checkOptions(options: MeetingServerOptions): MeetingServerOptions {
  const result = v.safeParse(Options, options);
  const needsFolder = options.recordings?.egress && !('s3' in (options.files ?? {}));
  if (result.success && needsFolder && options.recordings?.egress?.folder === undefined) {
    throw new TypeError(
      "createMeetingServer can't start: recordings.egress.folder is missing: where the workers have the folder of the files.",
    );
  }
  if (result.success) return options;
  const wrong = result.issues.map((issue) => {
    const path = v.getDotPath(issue) ?? 'options';
    return issue.received === 'undefined' ? `${path} is missing` : `${path}: ${issue.message}`;
  });
  throw new TypeError(`createMeetingServer can't start: ${wrong.join('; ')}.`);
}

function hasProtocol(url: string, protocols: readonly string[]): boolean {
  return URL.canParse(url) && protocols.includes(new URL(url).protocol);
}

function hasPassword(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

function isWebhookSecrets(given: unknown): boolean {
  const secrets: unknown[] = [given].flat();
  return secrets.length > 0 && secrets.every(isWebhookSecret);
}

function isWebhookSecret(secret: unknown): boolean {
  if (typeof secret !== 'string') return false;
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1] ?? '';
  const { length } = Buffer.from(base64, 'base64');
  return base64.length % 4 === 0 && length >= 24 && length <= 64;
}

function isOrigin(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).origin === origin;
}

function isLogger(value: unknown): boolean {
  const logger = value as Partial<Record<string, (message: string, fields: LogFields) => void>>;
  return ['info', 'warn', 'error'].every((level) => typeof logger?.[level] === 'function');
}
