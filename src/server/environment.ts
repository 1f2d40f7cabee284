import {
  DEFAULT_LIMITS,
  type Limits,
  MAX_TRASH_HOURS,
  type MeetingServerOptions,
} from './options.ts';
import type { RoomEventType } from '../protocol/events.ts';

/** No machine does more than this. */
const MAX_PER_MINUTE = 1_000_000;

type Environment = Readonly<Record<string, string | undefined>>;

export const USAGE = `livekit-meeting-room serve

  MEETING_URL            the public base, https://example.com/meeting
  PORT, HOST             where to listen; default 8080 on all addresses
  LIVEKIT_URL            ws://127.0.0.1:7880
  LIVEKIT_API_KEY        LiveKit's one key
  LIVEKIT_API_SECRET     and its secret, 32 characters or more
  DATABASE_URL           postgres://…; without it PGlite in MEETING_DATA
  DATABASE_LISTEN_URL    past a pooler that can't LISTEN
  MEETING_DATA           a folder; default ./meeting-data
  MEETING_FILES          a folder for files; default: MEETING_DATA and "-files"
  MEETING_S3_ENDPOINT    instead of a folder: https://s3.example.com
  MEETING_S3_BUCKET      its bucket
  MEETING_S3_REGION      default us-east-1
  MEETING_S3_KEY_ID      the access key's id
  MEETING_S3_SECRET      and its secret
  MEETING_FILE_MAX_MB    one file, in millions of bytes; default 2000
  MEETING_ROOM_MAX_MB    all files of a room; default 10000
  MEETING_ROOM_MAX_FILES how many those may be; default 1000
  MEETING_BOARD_MAX_MB   one whiteboard; default 20
  MEETING_ROOM_MAX_BOARDS
                         how many a room keeps; default 50
  MEETING_RECORDING_MAX_MB
                         one recording; default 10000
  MEETING_ROOM_RECORDINGS_MAX_MB
                         all recordings of a room; default 50000
  MEETING_RECORDING_CONSENT
                         who is recorded is told, or asked first: tell or ask; default tell
  MEETING_EGRESS         LiveKit's Egress records, too: where its workers have the folder for
                         files; with S3 any word
  MEETING_ENTRY_SECRET   shared with the backend that signs entry tokens
  MEETING_API_KEYS       by which other backends act, 32 characters or more each, by commas
  MEETING_WEBHOOK_URL    where events are told
  MEETING_WEBHOOK_SECRET whsec_…, signs them; two while one replaces the other, by commas
  MEETING_WEBHOOK_TYPES  which events, by commas; default all
  MEETING_LAST_HOST      when the last host goes: stay, lock, or end:10 (minutes); default stay
  MEETING_TRASH_HOURS    how long what a reset clears can be restored; default 0, not at all
  MEETING_ORIGINS        pages that may call, separated by commas
  MEETING_TRUST_PROXY    how many proxies stand in front; default 0
  MEETING_LIMIT_ENTER, MEETING_LIMIT_KNOCKS, MEETING_LIMIT_REQUESTS, MEETING_LIMIT_CONNECTS,
  MEETING_LIMIT_WRONG_KEYS
                         per minute; default 120, 60, 1200, 120, 10
`;

/**
 * The options of `serve`, from the environment.
 * @throws Error with one sentence that names everything that is missing or wrong.
 */
export function parseEnvironment(env: Environment): {
  port: number;
  host: string | undefined;
  options: MeetingServerOptions;
} {
  const wrong: string[] = [];
  const need = (name: string): string => {
    const value = env[name];
    if (!value) wrong.push(`${name} is missing`);
    return value ?? '';
  };
  const whole = (name: string, fallback: number, max: number, min = 0): number => {
    const value = env[name] || String(fallback);
    const isWhole = /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max;
    const range = min === 0 ? `up to ${max}` : `from ${min} to ${max}`;
    if (!isWhole) wrong.push(`${name} must be a whole number ${range}, not "${value}"`);
    return Number(value);
  };
  const list = (name: string): string[] | undefined => listOf(env[name]);
  const limit = (name: string, of: keyof Limits): number =>
    whole(name, DEFAULT_LIMITS[of], MAX_PER_MINUTE, 1);
  const parsed = {
    port: whole('PORT', 8080, 65_535),
    host: env['HOST'] || undefined,
    options: {
      url: need('MEETING_URL'),
      livekit: {
        url: need('LIVEKIT_URL'),
        apiKey: need('LIVEKIT_API_KEY'),
        apiSecret: need('LIVEKIT_API_SECRET'),
      },
      storage: env['DATABASE_URL']
        ? { url: env['DATABASE_URL'], listenUrl: env['DATABASE_LISTEN_URL'] || undefined }
        : { folder: env['MEETING_DATA'] || './meeting-data' },
      files: filesOf(env, wrong, whole),
      whiteboards: {
        limits: {
          boardBytes: whole('MEETING_BOARD_MAX_MB', 20, 1_000) * MB,
          roomBoards: whole('MEETING_ROOM_MAX_BOARDS', 50, 1_000),
        },
      },
      recordings: recordingsOf(env, wrong, whole),
      entrySecret: env['MEETING_ENTRY_SECRET'] || undefined,
      apiKeys: list('MEETING_API_KEYS'),
      webhooks: webhooksOf(env, wrong),
      lastHost: lastHostOf(env, wrong),
      reset: { trashHours: whole('MEETING_TRASH_HOURS', 0, MAX_TRASH_HOURS) },
      origins: list('MEETING_ORIGINS'),
      trustProxy: whole('MEETING_TRUST_PROXY', 0, 10),
      limits: {
        enterPerMinute: limit('MEETING_LIMIT_ENTER', 'enterPerMinute'),
        knocksPerMinute: limit('MEETING_LIMIT_KNOCKS', 'knocksPerMinute'),
        requestsPerMinute: limit('MEETING_LIMIT_REQUESTS', 'requestsPerMinute'),
        connectsPerMinute: limit('MEETING_LIMIT_CONNECTS', 'connectsPerMinute'),
        wrongKeysPerMinute: limit('MEETING_LIMIT_WRONG_KEYS', 'wrongKeysPerMinute'),
      },
    },
  };
  if (wrong.length > 0) throw new Error(`serve can't start: ${wrong.join('; ')}.`);
  return parsed;
}

const MB = 1_000_000;

/** A bucket when one is named, which needs all of its variables; else a folder. */
function filesOf(
  env: Environment,
  wrong: string[],
  whole: (name: string, fallback: number, max: number) => number,
): MeetingServerOptions['files'] {
  const limits = {
    fileBytes: whole('MEETING_FILE_MAX_MB', 2_000, 1_000_000) * MB,
    roomBytes: whole('MEETING_ROOM_MAX_MB', 10_000, 100_000_000) * MB,
    roomFiles: whole('MEETING_ROOM_MAX_FILES', 1_000, 100_000),
  };
  const named = S3_NEEDS.filter((name) => env[name]);
  if (named.length === 0) return { folder: env['MEETING_FILES'] || undefined, limits };
  for (const name of S3_NEEDS) {
    if (!env[name]) wrong.push(`${name} is missing, and ${named[0]} is there`);
  }
  const [endpoint = '', bucket = '', accessKeyId = '', secretAccessKey = ''] = S3_NEEDS.map(
    (name) => env[name] ?? '',
  );
  const region = env['MEETING_S3_REGION'] || undefined;
  return { s3: { endpoint, bucket, region, accessKeyId, secretAccessKey }, limits };
}

function recordingsOf(
  env: Environment,
  wrong: string[],
  whole: (name: string, fallback: number, max: number) => number,
): MeetingServerOptions['recordings'] {
  const consent = env['MEETING_RECORDING_CONSENT'] || 'tell';
  const isKnown = consent === 'tell' || consent === 'ask';
  if (!isKnown) wrong.push(`MEETING_RECORDING_CONSENT must be tell or ask, not "${consent}"`);
  const folder = env['MEETING_EGRESS'];
  return {
    limits: {
      fileBytes: whole('MEETING_RECORDING_MAX_MB', 10_000, 1_000_000) * MB,
      roomBytes: whole('MEETING_ROOM_RECORDINGS_MAX_MB', 50_000, 100_000_000) * MB,
    },
    consent: isKnown ? consent : undefined,
    ...(folder && { egress: env['MEETING_S3_BUCKET'] ? {} : { folder } }),
  };
}

const S3_NEEDS = [
  'MEETING_S3_ENDPOINT',
  'MEETING_S3_BUCKET',
  'MEETING_S3_KEY_ID',
  'MEETING_S3_SECRET',
] as const;

const listOf = (value: string | undefined): string[] | undefined =>
  value
    ?.split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** One target; more are for code. Address and secret need each other. */
function webhooksOf(env: Environment, wrong: string[]): MeetingServerOptions['webhooks'] {
  const { MEETING_WEBHOOK_URL: url, MEETING_WEBHOOK_SECRET: secret } = env;
  if (!url && !secret) return undefined;
  if (!url) wrong.push('MEETING_WEBHOOK_URL is missing, and MEETING_WEBHOOK_SECRET is there');
  if (!secret) wrong.push('MEETING_WEBHOOK_SECRET is missing, and MEETING_WEBHOOK_URL is there');
  if (!url || !secret) return undefined;
  // Whether they are types of events is checked with the other options.
  const types = listOf(env['MEETING_WEBHOOK_TYPES'] || undefined) as RoomEventType[] | undefined;
  return [{ url, secret: listOf(secret) ?? [], types }];
}

function lastHostOf(env: Environment, wrong: string[]): MeetingServerOptions['lastHost'] {
  const value = env['MEETING_LAST_HOST'] || 'stay';
  if (value === 'stay' || value === 'lock') return value;
  const minutes = /^end:(\d{1,4})$/.exec(value)?.[1];
  if (minutes !== undefined) return { endAfterMinutes: Number(minutes) };
  wrong.push(`MEETING_LAST_HOST must be stay, lock or end:<minutes>, not "${value}"`);
  return undefined;
}
