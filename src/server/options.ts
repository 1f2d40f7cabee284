import * as v from 'valibot';
import type { LogFields, Logger } from './logger.ts';
import type { Vouch } from './entry-token.ts';
import type { LiveKitOptions } from './sfu.ts';
import type { StorageOptions } from './storage/open.ts';

/** What `createMeetingServer` takes. */
export interface MeetingServerOptions {
  /** The public base, `https://example.com/meeting`; its path is the mount path. */
  url: string;
  livekit: LiveKitOptions;
  storage: StorageOptions;
  /** Shared with the backend that signs entry tokens. 32 characters or more. */
  entrySecret?: string | undefined;
  /**
   * Vouches for a visitor in process, from the request that asks for entry (its cookies, say).
   * Resolves undefined for nobody in particular. Asked only when there is no entry token.
   */
  authorize?:
    | ((request: Request, room: string) => Promise<Vouch | undefined> | Vouch | undefined)
    | undefined;
  /** Pages that may call from elsewhere, `https://shop.example`; `*` for any. The base's own may. */
  origins?: readonly string[] | undefined;
  /** How many proxies stand in front and set `X-Forwarded-For`. Default 0: the header is ignored. */
  trustProxy?: number | undefined;
  /** Default: warnings and errors as JSON lines on stderr. */
  logger?: Logger | undefined;
  limits?: Partial<Limits> | undefined;
}

/** How often things may be done; each a burst that grows back over a minute. */
export interface Limits {
  /** Entering, per address. Default 120. */
  enterPerMinute: number;
  /** Everything else, per address. Default 1,200. */
  requestsPerMinute: number;
  /** Connections at the door, per seat. Default 120. */
  connectsPerMinute: number;
}

export const DEFAULT_LIMITS: Limits = {
  enterPerMinute: 120,
  requestsPerMinute: 1_200,
  connectsPerMinute: 120,
};

const rate = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
const httpUrl = v.pipe(
  v.string(),
  v.check((url) => hasProtocol(url, ['http:', 'https:']), 'must be an http or https URL'),
);

/** The message of its own says nothing of what was given: there is a password in it. */
const postgresUrl = v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL'));

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
  entrySecret: v.optional(v.pipe(v.string(), v.minLength(32, 'must have 32 characters or more'))),
  authorize: v.optional(v.function()),
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
    v.strictObject({ enterPerMinute: rate, requestsPerMinute: rate, connectsPerMinute: rate }),
  ),
});

/**
 * Checks the options.
 * @throws TypeError with one sentence that names everything that is wrong.
 */
export function checkOptions(options: MeetingServerOptions): MeetingServerOptions {
  const result = v.safeParse(Options, options);
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

function isOrigin(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).origin === origin;
}

function isLogger(value: unknown): boolean {
  const logger = value as Partial<Record<string, (message: string, fields: LogFields) => void>>;
  return ['info', 'warn', 'error'].every((level) => typeof logger?.[level] === 'function');
}
