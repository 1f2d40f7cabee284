import type { MeetingServerOptions } from './options.ts';

export const USAGE = `livekit-meeting-room serve

  MEETING_URL            the public base, https://example.com/meeting
  PORT, HOST             where to listen; default 8080 on all addresses
  LIVEKIT_URL            ws://127.0.0.1:7880
  LIVEKIT_API_KEY        LiveKit's one key
  LIVEKIT_API_SECRET     and its secret, 32 characters or more
  DATABASE_URL           postgres://…; without it PGlite in MEETING_DATA
  DATABASE_LISTEN_URL    past a pooler that can't LISTEN
  MEETING_DATA           a folder; default ./meeting-data
  MEETING_ENTRY_SECRET   shared with the backend that signs entry tokens
  MEETING_ORIGINS        pages that may call, separated by commas
  MEETING_TRUST_PROXY    how many proxies stand in front; default 0
`;

/**
 * The options of `serve`, from the environment.
 * @throws Error with one sentence that names everything that is missing or wrong.
 */
export function parseEnvironment(env: Record<string, string | undefined>): {
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
  const whole = (name: string, fallback: number, max: number): number => {
    const value = env[name] || String(fallback);
    const isWhole = /^\d{1,5}$/.test(value) && Number(value) <= max;
    if (!isWhole) wrong.push(`${name} must be a whole number up to ${max}, not "${value}"`);
    return Number(value);
  };
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
      entrySecret: env['MEETING_ENTRY_SECRET'] || undefined,
      origins: env['MEETING_ORIGINS']
        ?.split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
      trustProxy: whole('MEETING_TRUST_PROXY', 0, 10),
    },
  };
  if (wrong.length > 0) throw new Error(`serve can't start: ${wrong.join('; ')}.`);
  return parsed;
}
