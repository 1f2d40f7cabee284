import { type Context, Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import { sql } from 'kysely';
import * as v from 'valibot';
import { MeetingError } from '../protocol/meeting-error.ts';
import { FileId, isRecordingId, RoomName, Session } from '../protocol/names.ts';
import { type Stem, UPLOADS_PATH } from '../protocol/paths.ts';
import { ROUTES, type Route, takesApiKey } from '../protocol/routes.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Door } from './door/door.ts';
import { isCheckRoom } from './livekit-check.ts';
import type { EgressWatch } from './egress-watch.ts';
import { Uploads } from './files/uploads.ts';
import type { Metrics } from './metrics.ts';
import type { Origins } from './origins.ts';
import { createDocument } from './openapi/document.ts';
import { problemOf, problemResponse } from './problems.ts';
import type { RateLimit } from './rate-limit.ts';
import { readBody, readInput } from './read-input.ts';
import type { Reconciler } from './reconciler.ts';
import type { Call, Parts } from './routes/context.ts';
import { HANDLERS } from './routes/handlers.ts';
import { askForAct } from './routes/wish.ts';
import { notify } from './storage/storage.ts';

export interface AppParts extends Parts {
  door: Door;
  reconciler: Reconciler;
  egressWatch: EgressWatch;
  origins: Origins;
  enterRate: RateLimit;
  knockRate: RateLimit;
  requestRate: RateLimit;
  apiKeys: ApiKeys;
  metrics: Metrics;
  /** The mount path, without a slash at its end. */
  base: string;
  isClosing: () => boolean;
}

/** LiveKit's webhooks name the whole room; they are far below this. */
const MAX_WEBHOOK_BYTES = 256_000;

type Env = { Bindings: { address: string } };

/** Everything that answers HTTP, made from the routes table. */
export function createApp(parts: AppParts): Hono<Env> {
  const { base } = parts;
  const app = new Hono<Env>();
  app.use(async (context, next) => {
    const start = performance.now();
    await next();
    parts.metrics.answered(routeOf(context, base), context.res.status, performance.now() - start);
  });
  app.use(async (context, next) => {
    const origin = context.req.header('origin');
    if (context.req.method === 'OPTIONS') return preflight(parts, origin);
    guard(parts, context);
    await next();
    const headers = { ...parts.origins.headers(origin), 'x-content-type-options': 'nosniff' };
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
    return undefined;
  });
  for (const route of Object.values<Route>(ROUTES)) {
    const path = base + route.path.replace('{room}', ':room');
    app.on(route.method, path, (context) => answer(parts, route, context));
    app.all(path, (context) => refuseMethod(parts, route.method, context));
  }
  addUploads(app, parts);
  addDoor(app, parts);
  addHealth(app, parts);
  addMetrics(app, parts);
  addDocument(app, parts);
  for (const path of ['healthz', 'readyz', 'metrics', 'openapi.json']) {
    app.all(`${base}/${path}`, (context) => refuseMethod(parts, 'GET', context));
  }
  app.post(`${base}/webhooks/livekit`, (context) => hearLiveKit(parts, context));
  app.notFound((context) =>
    refuse(parts, context, new MeetingError('route-not-found', 'There is nothing here.')),
  );
  app.onError((error, context) => refuse(parts, context, error));
  return app;
}

/** Not of the table: bytes come in here, by tus. */
function addUploads(app: Hono<Env>, parts: AppParts): void {
  const uploads = new Uploads(parts);
  const path = parts.base + UPLOADS_PATH.replace('{room}', ':room');
  const take = (context: Context<Env>, id?: string): Promise<Response> => {
    const { method } = context.req.raw;
    const isKnown = (id === undefined ? ['POST'] : ['HEAD', 'PATCH', 'DELETE']).includes(method);
    if (!isKnown) throw new MeetingError('method-not-allowed', 'Uploads are sent by tus 1.0.');
    if (id !== undefined && !v.is(FileId, id) && !isRecordingId(id)) {
      throw new MeetingError('file-not-found', 'There is no such upload.');
    }
    const session = bearer(context.req.header('authorization'));
    return uploads.answer({ ...callOf(context), session, isServer: false }, id);
  };
  app.all(path, (context) => take(context));
  app.all(`${path}/:id`, (context) => take(context, context.req.param('id')));
}

/** Not a route: LiveKit's client asks here why, and whether the server is there at all. */
function addDoor(app: Hono<Env>, parts: AppParts): void {
  const { base, door } = parts;
  app.get(`${base}/rtc/v1/validate`, async (context) => {
    // Hono folds repeated parameters; the door must see each.
    await door.validate(new URL(context.req.url).searchParams);
    return context.text('success');
  });
  app.get(`${base}/rtc/v1`, () => {
    throw new MeetingError('upgrade-required', 'The door takes WebSockets.');
  });
  for (const path of [`${base}/rtc`, `${base}/rtc/*`]) {
    app.all(path, () => {
      throw new MeetingError('door-path-forbidden', 'The door has one way in, /rtc/v1.');
    });
  }
  for (const path of [base || '/', `${base}/`]) {
    // Hono answers HEAD from GET.
    app.get(path, (context) => context.body(null, 204));
  }
}

function addHealth(app: Hono<Env>, { base, ports, logger }: AppParts): void {
  app.get(`${base}/healthz`, (context) => context.json({ ok: true }));
  app.get(`${base}/readyz`, async (context) => {
    try {
      await sql`select 1`.execute(ports.storage.db);
      return context.json({ ok: true });
    } catch (error) {
      logger.warn('Not ready: the database does not answer.', { error });
      throw new MeetingError('storage-unreachable', 'The database did not answer.', {
        retryAfter: 2,
      });
    }
  });
}

/**
 * Says nothing of people, but how much goes on is nobody else's business. Where a request comes from
 * is no proof: a proxy on this machine need not say that it is one.
 */
function addMetrics(app: Hono<Env>, { base, apiKeys, metrics }: AppParts): void {
  app.get(`${base}/metrics`, async (context) => {
    if (!apiKeys.has(bearer(context.req.header('authorization')))) {
      throw new MeetingError('api-key-invalid', 'This needs an API key: Authorization: Bearer ….');
    }
    const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' };
    return context.body(await metrics.read(), 200, headers);
  });
}

/** How to call all this. Made when somebody asks. */
function addDocument(app: Hono<Env>, { base, options }: AppParts): void {
  let document: object | undefined;
  app.get(`${base}/openapi.json`, (context) => {
    document ??= createDocument(options.url);
    return context.json(document, 200, { 'cache-control': 'no-cache' });
  });
}

/** The path of the table that a request came to, whatever its URL. */
function routeOf(context: Context<Env>, base: string): string {
  const path = matchedRoutes(context).at(-1)?.path ?? '/*';
  if (path === '/*') return 'none';
  return path.slice(base.length).replace(':room', '{room}') || '/';
}

function preflight({ origins }: AppParts, origin: string | undefined): Response {
  return new Response(null, { status: 204, headers: origins.preflight(origin) });
}

function guard(parts: AppParts, context: Context<Env>): void {
  if (parts.isClosing()) {
    throw new MeetingError('server-closing', 'The server is closing.', { retryAfter: 1 });
  }
  parts.origins.check(context.req.header('origin'));
  const retryAfter = rateOf(parts, context.req.path).take(context.env.address);
  if (retryAfter !== undefined) {
    throw new MeetingError('rate-limited', 'Too many requests from this address.', { retryAfter });
  }
}

/** What costs a host's attention, or LiveKit's, is counted apart. */
function rateOf({ enterRate, knockRate, requestRate }: AppParts, path: string): RateLimit {
  if (path.endsWith('/call-enter')) return enterRate;
  return path.endsWith('/knock') ? knockRate : requestRate;
}

async function answer(parts: AppParts, route: Route, context: Context<Env>): Promise<Response> {
  const call: Call = { ...callOf(context), ...whoCalls(parts, route, context) };
  const input = await readInput(route, call.request);
  const stem = route.stem as Stem;
  if (isAskedFor(route)) {
    await askForAct(parts, { stem, access: route.access }, call, input as Record<string, unknown>);
  }
  const handle = HANDLERS[stem] as (...args: unknown[]) => Promise<object>;
  const result = await handle(parts, call, input);
  if (result instanceof Response) return result;
  return context.json(result, 200, { 'cache-control': 'no-store' });
}

/** What guests do that the integrator may forbid, too. */
const ASKED_OF_ANYBODY: ReadonlySet<string> = new Set<Stem>([
  'message-send',
  'message-edit',
  'message-delete',
  'file-delete',
  'whiteboard-create',
  'whiteboard-rename',
]);

/** What a host writes for themselves is nobody's business, the integrator's included. */
function isAskedFor({ method, access, stem }: Route): boolean {
  if (method !== 'POST' || stem === 'note-write') return false;
  return access.startsWith('host') || ASKED_OF_ANYBODY.has(stem);
}

/** @throws MeetingError `invalid-room-name` */
function callOf(context: Context<Env>): Pick<Call, 'room' | 'address' | 'request'> {
  const room = v.safeParse(RoomName, context.req.param('room'));
  if (!room.success) {
    throw new MeetingError(
      'invalid-room-name',
      'A room name has 1 to 64 letters, digits, _ and -.',
    );
  }
  return { room: room.output, address: context.env.address, request: context.req.raw };
}

/**
 * Whose call it is. An API key is no session, and a session no API key: routes that need the other
 * say that it is missing.
 *
 * @throws MeetingError `session-missing`; `api-key-invalid`, or `rate-limited` when this address
 *   has shown too many.
 */
function whoCalls(
  { apiKeys, wrongKeyRate }: AppParts,
  route: Route,
  context: Context<Env>,
): Pick<Call, 'session' | 'isServer'> {
  const shown = bearer(context.req.header('authorization'));
  if (route.access === 'anyone') return { session: shown, isServer: false };
  const isKey = apiKeys.has(shown);
  if (takesApiKey(route)) {
    if (isKey) return { session: undefined, isServer: true };
    if (shown !== undefined && !v.is(Session, shown)) {
      const retryAfter = wrongKeyRate.take(context.env.address);
      if (retryAfter === undefined) throw new MeetingError('api-key-invalid', 'No such API key.');
      throw new MeetingError('rate-limited', 'Too many wrong keys from here.', { retryAfter });
    }
  }
  if (shown !== undefined && !isKey) return { session: shown, isServer: false };
  throw new MeetingError('session-missing', 'This needs a session: Authorization: Bearer ….');
}

/** Of RFC 6750's characters; sessions use fewer, API keys may have any. */
function bearer(header: string | undefined): string | undefined {
  return /^Bearer ([A-Za-z0-9._~+/-]{1,200}={0,2})$/i.exec(header ?? '')?.[1];
}

async function hearLiveKit(
  { sfu, reconciler, egressWatch, ports }: AppParts,
  context: Context<Env>,
): Promise<Response> {
  const body = await readBody(context.req.raw, MAX_WEBHOOK_BYTES, 'application/webhook+json');
  const told = await sfu.readWebhook(body, context.req.header('authorization'));
  if (!told) return context.body(null, 204);
  const { sfuRoom, isEgress } = told;
  if (isEgress) await egressWatch.look(sfuRoom);
  else if (isCheckRoom(sfuRoom)) await notify(ports.storage.db, { kind: 'webhook', sfuRoom });
  else await reconciler.wake(sfuRoom);
  return context.body(null, 204);
}

function refuseMethod(parts: AppParts, method: Route['method'], context: Context<Env>): Response {
  const error = new MeetingError('method-not-allowed', `This takes ${method}.`);
  const response = refuse(parts, context, error);
  response.headers.set('allow', method === 'GET' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS');
  return response;
}

function refuse(parts: AppParts, context: Context<Env>, error: unknown): Response {
  const headers = parts.origins.headers(context.req.header('origin'));
  const problem = problemOf(error, parts.logger);
  parts.metrics.refused(problem.code);
  return problemResponse(problem, headers);
}
