import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../../src/server/environment.ts';
import { checkOptions, type MeetingServerOptions } from '../../../src/server/options.ts';

const GOOD: MeetingServerOptions = {
  url: 'https://example.com/meeting',
  livekit: { url: 'ws://127.0.0.1:7880', apiKey: 'key', apiSecret: 's'.repeat(32) },
  storage: { folder: './data' },
};

describe('Options', () => {
  it.each([
    {},
    { storage: { url: 'postgres://u@h/d' } },
    { storage: { url: 'postgresql://u@h/d', listenUrl: 'postgres://u@h:5433/d' } },
    { entrySecret: 's'.repeat(32), authorize: () => undefined, origins: ['https://shop.example'] },
    { origins: ['*'], trustProxy: 2, limits: { enterPerMinute: 1 } },
    { logger: { info: () => undefined, warn: () => undefined, error: () => undefined } },
    { entrySecret: undefined, origins: undefined, trustProxy: undefined },
  ])('%o are good', (more) => {
    expect(() => checkOptions({ ...GOOD, ...more })).not.toThrow();
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
        entrySecret: undefined,
        origins: undefined,
        trustProxy: 0,
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
    });
    expect(more).toMatchObject({
      port: 9_000,
      host: '127.0.0.1',
      options: {
        storage: { url: 'postgres://u@h/d', listenUrl: 'postgres://u@h:5433/d' },
        entrySecret: 'e'.repeat(32),
        origins: ['https://a.example', 'https://b.example'],
        trustProxy: 1,
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

  it('names everything that is missing at once', () => {
    expect(() => parseEnvironment({})).toThrow(
      /MEETING_URL.*LIVEKIT_URL.*LIVEKIT_API_KEY.*LIVEKIT_API_SECRET/,
    );
  });
});
