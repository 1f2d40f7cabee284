import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FILE_LIMITS } from '../../../src/server/policy.ts';
import { parseEnvironment, USAGE } from '../../../src/server/environment.ts';
import {
  checkOptions,
  DEFAULT_LIMITS,
  type MeetingServerOptions,
} from '../../../src/server/options.ts';

const GOOD: MeetingServerOptions = {
  url: 'https://example.com/meeting',
  livekit: { url: 'ws://127.0.0.1:7880', apiKey: 'key', apiSecret: 's'.repeat(32) },
  storage: { folder: './data' },
};

const S3 = {
  endpoint: 'https://s3.example',
  bucket: 'meeting',
  accessKeyId: 'id',
  secretAccessKey: 'geheim',
};
const SECRET = `whsec_${Buffer.from('a secret for webhooks, 32 bytes!').toString('base64')}`;
const hook = (more: object) => ({
  webhooks: [{ url: 'https://a.example', secret: SECRET, ...more }],
});

describe('Options', () => {
  it.each([
    {},
    { storage: { url: 'postgres://u@h/d' } },
    { files: { folder: './files' } },
    { files: { limits: { fileBytes: 5 } } },
    { recordings: { limits: { roomBytes: 5 }, consent: 'ask' } },
    { recordings: { egress: { folder: '/out', layout: 'grid' } } },
    { recordings: { egress: {} }, files: { s3: S3 } },
    { files: { s3: S3, limits: { roomBytes: 7, roomFiles: 3 } } },
    { whiteboards: { limits: { boardBytes: 5, roomBoards: 0 } } },
    { storage: { url: 'postgresql://u@h/d', listenUrl: 'postgres://u@h:5433/d' } },
    { entrySecret: 's'.repeat(32), authorize: () => undefined, origins: ['https://shop.example'] },
    { origins: ['*'], trustProxy: 2, limits: { enterPerMinute: 1 } },
    { apiKeys: ['k'.repeat(32)], lastHost: 'lock', hooks: { before: () => undefined } },
    {
      lastHost: { endAfterMinutes: 0.5 },
      webhooks: [{ url: 'https://shop.example/x', secret: SECRET }],
    },
    { webhooks: [{ url: 'http://10.0.0.7/', secret: [SECRET, SECRET], types: ['room-locked'] }] },
    { logger: { info: () => undefined, warn: () => undefined, error: () => undefined } },
    { entrySecret: undefined, origins: undefined, trustProxy: undefined },
  ])('%o are good', (more) => {
    expect(() => checkOptions({ ...GOOD, ...more } as MeetingServerOptions)).not.toThrow();
  });

  it.each([
    [{ url: undefined }, /url is missing/],
    [{ url: 'example.com/meeting' }, /url: must be an http or https URL/],
    [{ url: 'ftp://example.com' }, /url: must be an http or https URL/],
    [{ livekit: undefined }, /livekit is missing/],
    [{ livekit: { ...GOOD.livekit, url: '127.0.0.1:7880' } }, /livekit\.url: must be a ws or http/],
    [{ livekit: { ...GOOD.livekit, apiKey: '' } }, /livekit\.apiKey: must not be empty/],
    [{ livekit: { ...GOOD.livekit, apiSecret: 'short' } }, /livekit\.apiSecret: must have 32/],
    [{ livekit: { url: GOOD.livekit.url, apiKey: 'key' } }, /livekit\.apiSecret/],
    [{ storage: undefined }, /storage/],
    [{ storage: {} }, /storage: must be \{ folder \}/],
    [{ storage: { folder: '' } }, /storage/],
    [{ storage: { url: 'mysql://x' } }, /storage\.url: must be a postgres/],
    [{ storage: { folder: 'x', url: 'postgres://x' } }, /storage/],
    [{ files: 'here' }, /files/],
    [{ files: { folder: 'x', s3: S3 } }, /files/],
    [{ files: { s3: { ...S3, bucket: 'No Bucket' } } }, /files/],
    [{ files: { s3: { ...S3, endpoint: 's3.example' } } }, /files/],
    [{ files: { limits: { fileBytes: -1 } } }, /files/],
    [{ recordings: { consent: 'never' } }, /recordings\.consent/],
    [{ recordings: { limits: { roomBytes: 1.5 } } }, /recordings\.limits/],
    [{ recordings: { egress: {} } }, /recordings\.egress\.folder is missing/],
    [{ entrySecret: 'short' }, /entrySecret: must have 32 characters or more/],
    [{ entrySecret: 7 }, /entrySecret/],
    [{ authorize: 'yes' }, /authorize/],
    [{ origins: 'https://shop.example' }, /origins/],
    [{ origins: ['https://shop.example/path'] }, /origins\.0: must be an origin/],
    [{ origins: ['shop.example'] }, /origins\.0: must be an origin/],
    [{ trustProxy: true }, /trustProxy/],
    [{ trustProxy: -1 }, /trustProxy/],
    [{ trustProxy: 0.5 }, /trustProxy/],
    [{ logger: { info: () => undefined } }, /logger: must have the functions info, warn and error/],
    [{ logger: null }, /logger/],
    [{ limits: { enterPerMinute: 0 } }, /limits\.enterPerMinute/],
    [{ limits: { entersPerMinute: 5 } }, /limits\.entersPerMinute/],
    [{ liveKit: {} }, /liveKit/],
    [{ apiKeys: ['short'] }, /apiKeys\.0: must have 32 to 200/],
    [{ apiKeys: [`${'k'.repeat(32)} and a space`] }, /apiKeys\.0: must have 32 to 200/],
    [{ apiKeys: 'k'.repeat(32) }, /apiKeys/],
    [{ hooks: { after: () => undefined } }, /hooks\.after/],
    [{ hooks: { before: true } }, /hooks\.before/],
    [{ reset: { trashHours: -1 } }, /reset.trashHours/],
    [{ reset: { trashHours: 9_000 } }, /reset.trashHours/],
    [{ lastHost: 'leave' }, /lastHost: must be stay, lock or/],
    [{ lastHost: { endAfterMinutes: -1 } }, /lastHost/],
    [hook({ url: 'shop.example' }), /webhooks\.0\.url: must be an http or https URL/],
    [hook({ url: 'file:///etc/passwd' }), /webhooks\.0\.url: must be an http or https URL/],
    [hook({ url: 'https://u:p@a.example' }), /webhooks\.0\.url: must not hold a user or password/],
    [hook({ secret: undefined }), /webhooks\.0\.secret/],
    [hook({ secret: 's'.repeat(40) }), /webhooks\.0\.secret: must be whsec_/],
    [hook({ secret: 'whsec_c2hvcnQ=' }), /webhooks\.0\.secret: must be whsec_/],
    [hook({ secret: [] }), /webhooks\.0\.secret: must be whsec_/],
    [hook({ types: ['room-lock'] }), /webhooks\.0\.types\.0: must be the type of an event/],
    [
      { webhooks: [hook({}), hook({})].flatMap(({ webhooks }) => webhooks) },
      /webhooks: must have each url once/,
    ],
  ])('%o are refused by a sentence that names what is wrong', (more, expected) => {
    const wrong = { ...GOOD, ...more } as MeetingServerOptions;
    expect(() => checkOptions(wrong)).toThrow(TypeError);
    expect(() => checkOptions(wrong)).toThrow(expected);
    expect(() => checkOptions(wrong)).toThrow(/^createMeetingServer can't start: [^\n]+\.$/);
  });

  it('name everything that is wrong at once', () => {
    const wrong = { ...GOOD, url: 'x', trustProxy: -1, entrySecret: 'short' };
    expect(() => checkOptions(wrong)).toThrow(/url.*entrySecret.*trustProxy/);
  });

  it('are not repeated in the sentence when they are secrets', () => {
    for (const wrong of [
      { ...GOOD, entrySecret: 'geheim' },
      { ...GOOD, livekit: { ...GOOD.livekit, apiSecret: 'geheim' } },
      { ...GOOD, storage: { url: 'mysql://u:geheim@h' } },
      { ...GOOD, files: { s3: { ...S3, bucket: 'NOT A BUCKET' } } },
      { ...GOOD, apiKeys: ['geheim'] },
      { ...GOOD, apiKeys: 'geheim' as never },
      { ...GOOD, ...hook({ secret: 'geheim' }) },
      { ...GOOD, ...hook({ secret: ['whsec_geheim'] }) },
      { ...GOOD, ...hook({ url: 'https://u:geheim@a.example' }) },
    ]) {
      expect(() => checkOptions(wrong)).not.toThrow(/geheim/);
    }
  });
});

describe('The environment', () => {
  const ENV = {
    MEETING_URL: 'https://example.com/meeting',
    LIVEKIT_URL: 'ws://127.0.0.1:7880',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 's'.repeat(32),
  };

  it('gives what it says, and the defaults', () => {
    expect(parseEnvironment(ENV)).toEqual({
      port: 8080,
      host: undefined,
      options: {
        url: ENV.MEETING_URL,
        livekit: { url: ENV.LIVEKIT_URL, apiKey: 'key', apiSecret: ENV.LIVEKIT_API_SECRET },
        storage: { folder: './meeting-data' },
        files: { folder: undefined, limits: DEFAULT_FILE_LIMITS },
        entrySecret: undefined,
        apiKeys: undefined,
        webhooks: undefined,
        whiteboards: { limits: { boardBytes: 20_000_000, roomBoards: 50 } },
        recordings: {
          limits: { fileBytes: 10_000_000_000, roomBytes: 50_000_000_000 },
          consent: 'tell',
        },
        lastHost: 'stay',
        reset: { trashHours: 0 },
        origins: undefined,
        trustProxy: 0,
        limits: DEFAULT_LIMITS,
      },
    });
    const more = parseEnvironment({
      ...ENV,
      PORT: '9000',
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgres://u@h/d',
      DATABASE_LISTEN_URL: 'postgres://u@h:5433/d',
      MEETING_ENTRY_SECRET: 'e'.repeat(32),
      MEETING_ORIGINS: 'https://a.example, https://b.example',
      MEETING_TRUST_PROXY: '1',
      MEETING_API_KEYS: `${'k'.repeat(32)}, ${'n'.repeat(32)}`,
      MEETING_WEBHOOK_URL: 'https://shop.example/events',
      MEETING_WEBHOOK_SECRET: `${SECRET},${SECRET}`,
      MEETING_WEBHOOK_TYPES: 'room-locked, participant-left',
      MEETING_S3_ENDPOINT: 'https://s3.example',
      MEETING_S3_BUCKET: 'meeting',
      MEETING_S3_REGION: 'eu-central-1',
      MEETING_S3_KEY_ID: 'id',
      MEETING_S3_SECRET: 'secret',
      MEETING_FILE_MAX_MB: '5',
      MEETING_ROOM_MAX_MB: '50',
      MEETING_ROOM_MAX_FILES: '7',
      MEETING_BOARD_MAX_MB: '8',
      MEETING_ROOM_MAX_BOARDS: '9',
      MEETING_RECORDING_MAX_MB: '3',
      MEETING_ROOM_RECORDINGS_MAX_MB: '4',
      MEETING_RECORDING_CONSENT: 'ask',
      MEETING_EGRESS: 'yes',
      MEETING_LAST_HOST: 'end:10',
      MEETING_TRASH_HOURS: '24',
      MEETING_LIMIT_ENTER: '1',
      MEETING_LIMIT_KNOCKS: '2',
      MEETING_LIMIT_REQUESTS: '200000',
      MEETING_LIMIT_CONNECTS: '3',
      MEETING_LIMIT_WRONG_KEYS: '4',
    });
    expect(more).toMatchObject({
      port: 9_000,
      host: '127.0.0.1',
      options: {
        storage: { url: 'postgres://u@h/d', listenUrl: 'postgres://u@h:5433/d' },
        entrySecret: 'e'.repeat(32),
        origins: ['https://a.example', 'https://b.example'],
        trustProxy: 1,
        apiKeys: ['k'.repeat(32), 'n'.repeat(32)],
        webhooks: [
          {
            url: 'https://shop.example/events',
            secret: [SECRET, SECRET],
            types: ['room-locked', 'participant-left'],
          },
        ],
        files: {
          s3: {
            endpoint: 'https://s3.example',
            bucket: 'meeting',
            region: 'eu-central-1',
            accessKeyId: 'id',
            secretAccessKey: 'secret',
          },
          limits: { fileBytes: 5_000_000, roomBytes: 50_000_000, roomFiles: 7 },
        },
        whiteboards: { limits: { boardBytes: 8_000_000, roomBoards: 9 } },
        recordings: {
          limits: { fileBytes: 3_000_000, roomBytes: 4_000_000 },
          consent: 'ask',
          egress: {},
        },
        lastHost: { endAfterMinutes: 10 },
        reset: { trashHours: 24 },
        limits: {
          enterPerMinute: 1,
          knocksPerMinute: 2,
          requestsPerMinute: 200_000,
          connectsPerMinute: 3,
          wrongKeysPerMinute: 4,
        },
      },
    });
    expect(() => checkOptions(more.options)).not.toThrow();
  });

  it.each([
    [{ MEETING_URL: '' }, /MEETING_URL is missing/],
    [{ LIVEKIT_URL: undefined }, /LIVEKIT_URL is missing/],
    [{ LIVEKIT_API_KEY: '' }, /LIVEKIT_API_KEY is missing/],
    [{ LIVEKIT_API_SECRET: '' }, /LIVEKIT_API_SECRET is missing/],
    [{ PORT: 'http' }, /PORT must be a whole number up to 65535, not "http"/],
    [{ PORT: '99999' }, /PORT/],
    [{ MEETING_TRUST_PROXY: 'true' }, /MEETING_TRUST_PROXY must be a whole number/],
    [{ MEETING_LIMIT_ENTER: '0' }, /MEETING_LIMIT_ENTER must be a whole number from 1 to 1000000/],
    [{ MEETING_S3_BUCKET: 'meeting' }, /MEETING_S3_ENDPOINT is missing.*MEETING_S3_SECRET/],
    [{ MEETING_RECORDING_CONSENT: 'no' }, /MEETING_RECORDING_CONSENT must be tell or ask/],
    [{ MEETING_FILE_MAX_MB: '1 GB' }, /MEETING_FILE_MAX_MB must be a whole number/],
    [{ MEETING_LAST_HOST: 'end' }, /MEETING_LAST_HOST must be stay, lock or end:<minutes>/],
    [{ MEETING_WEBHOOK_URL: 'https://a.example' }, /MEETING_WEBHOOK_SECRET is missing/],
    [{ MEETING_WEBHOOK_SECRET: SECRET }, /MEETING_WEBHOOK_URL is missing/],
  ])('%o is refused by one sentence', (more, expected) => {
    const env: Record<string, string | undefined> = { ...ENV, ...more };
    expect(() => parseEnvironment(env)).toThrow(expected);
    expect(() => parseEnvironment(env)).toThrow(/^serve can't start: [^\n]+\.$/);
  });

  it('with an empty list of origins has none', () => {
    const { options } = parseEnvironment({ ...ENV, MEETING_ORIGINS: '' });
    expect(() => checkOptions(options)).not.toThrow();
    const { options: trailing } = parseEnvironment({
      ...ENV,
      MEETING_ORIGINS: 'https://a.example,',
    });
    expect(() => checkOptions(trailing)).not.toThrow();
  });

  it('is told whole by the usage', () => {
    const source = readFileSync(
      new URL('../../../src/server/environment.ts', import.meta.url),
      'utf8',
    );
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const names = [...source.matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(([, name]) => String(name));
    expect(names).toContain('MEETING_LIMIT_ENTER');
    for (const name of names) {
      expect(USAGE).toContain(name);
      expect(readme).toContain(`\`${name}\``);
    }
  });

  it('names everything that is missing at once', () => {
    expect(() => parseEnvironment({})).toThrow(
      /MEETING_URL.*LIVEKIT_URL.*LIVEKIT_API_KEY.*LIVEKIT_API_SECRET/,
    );
  });
});
