import type * as v from 'valibot';
import type { Stem } from './paths.ts';
import { CHATTING } from './routes/chatting.ts';
import { ENTERING } from './routes/entering.ts';
import { DRAWING } from './routes/drawing.ts';
import { FILING } from './routes/filing.ts';
import { HOSTING } from './routes/hosting.ts';
import { NOTING } from './routes/noting.ts';
import { RECORDING } from './routes/recording.ts';
import { READING } from './routes/reading.ts';
import type { Access, Route } from './routes/route.ts';
import type { ServerErrorCode } from './status.ts';

export type { Access, Route };

/** Every route, by its stem. */
export const ROUTES = {
  ...ENTERING,
  ...HOSTING,
  ...NOTING,
  ...CHATTING,
  ...FILING,
  ...DRAWING,
  ...RECORDING,
  ...READING,
} as const satisfies Record<Stem, Route>;

/** The routes for which an API key is as good as a session. */
export type BackendStem = {
  [S in Stem]: (typeof ROUTES)[S] extends { access: 'host' } | { takesApiKey: true } ? S : never;
}[Stem];

/** Whether a backend may call it with an API key: what hosts may, and what says so. */
export const takesApiKey = (route: Pick<Route, 'access' | 'takesApiKey'>): boolean =>
  route.access === 'host' || route.takesApiKey === true;

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
const ACCESS_ERRORS: Record<Access, readonly ServerErrorCode[]> = {
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

/** All that a route may answer with, beside success. */
export const errorsOf = (route: Pick<Route, 'errors' | 'access' | 'takesApiKey'>) => [
  ...new Set<ServerErrorCode>([
    ...COMMON_ERRORS,
    ...ACCESS_ERRORS[route.access],
    ...(takesApiKey(route) ? (['api-key-invalid'] as const) : []),
    ...route.errors,
  ]),
];
