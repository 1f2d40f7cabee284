import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import {
  BOARD_BYTE_RATE,
  BOARD_MAKING_RATE,
  BOARD_RATE,
  MESSAGE_RATE,
  ROOM_MESSAGE_RATE,
} from '../protocol/limits.ts';
import { addressOf } from './addresses.ts';
import { ApiKeys } from './api-keys.ts';
import { type AppParts, createApp } from './app.ts';
import { systemClock } from './clock.ts';
import { Commits } from './commits.ts';
import { Door } from './door/door.ts';
import { Holders } from './door/holders.ts';
import { openEgresses } from './egress.ts';
import { EgressWatch } from './egress-watch.ts';
import { openBytes } from './files/open-bytes.ts';
import { startUploadSweep } from './files/upload-sweep.ts';
import { Feed } from './feed/feed.ts';
import { Herald } from './herald.ts';
import { tellHook, Veto } from './hooks.ts';
import { forgetInstances, startBeating } from './instances.ts';
import { asLast } from './last-answer.ts';
import { checkLiveKit } from './livekit-check.ts';
import { type Logger, stderrLogger } from './logger.ts';
import { Notices } from './notices.ts';
import { checkOptions, DEFAULT_LIMITS, type MeetingServerOptions } from './options.ts';
import { Metrics } from './metrics.ts';
import { Origins } from './origins.ts';
import { Outbox } from './outbox.ts';
import { toPolicy } from './policy.ts';
import { RateLimit } from './rate-limit.ts';
import { Reconciler } from './reconciler.ts';
import { Resets } from './resets.ts';
import { createRooms, type Rooms } from './rooms.ts';
import type { Ports } from './rules/change.ts';
import { newId } from './secrets.ts';
import { LiveKitSfu } from './sfu.ts';
import { openStorage } from './storage/open.ts';
import { startTrashSweep } from './trash-sweep.ts';
import { COMERS_AT_ONCE, Turns } from './turns.ts';
import { Upgrades } from './upgrades.ts';
import { Webhooks } from './webhooks.ts';

/** The server half of the meeting rooms of one tenant. */
export interface MeetingServer {
  /** Answers what is below the mount path on a Node server; the rest goes on as before. */
  attach(server: Server): void;
  /** The same for any framework that has Web requests. `address` is for the rate limits. */
  fetch(request: Request, client?: { address?: string }): Promise<Response>;
  /** WebSockets, for a server of one's own. @returns false for paths that are not ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The same rules for code. */
  readonly rooms: Rooms;
  /** Stops, within seconds. Calls go on at other instances, or wait for the next start. */
  close(): Promise<void>;
}

/**
 * Starts the server half.
 *
 * @throws TypeError for options that can't be, with a sentence that names what is wrong; Error when
 *   the storage can't be opened.
 */
export async function createMeetingServer(options: MeetingServerOptions): Promise<MeetingServer> {
  checkOptions(options);
  const logger = options.logger ?? stderrLogger();
  const clock = systemClock;
  const storage = await openStorage(options.storage, logger);
  const ports: Ports = { storage, clock, policy: toPolicy(options), herald: new Herald() };
  const metrics = new Metrics(ports, logger);
  const instance = newId('i');
  const sfu = new LiveKitSfu(options.livekit, clock, () => metrics.sfuFailed());
  const bytes = openBytes(options);
  const egresses = openEgresses(options);
  const outbox = new Outbox(ports, { sfu, bytes, egresses }, logger);
  const commits = new Commits(ports, outbox);
  const reconciler = new Reconciler(ports, commits, sfu, instance, logger);
  const egressWatch = new EgressWatch(ports, commits, { egresses, bytes }, logger);
  const resets = new Resets(ports, commits, logger);
  const holders = new Holders(ports, instance);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const perMinute = (burst: number): RateLimit =>
    new RateLimit({ burst, per: 60_000 }, () => clock.now());
  const rate = perMinute(limits.connectsPerMinute);
  const door = new Door({ ports, commits, sfu, holders, instance, rate, logger });
  const feed = new Feed(ports, logger);
  const webhooks = new Webhooks(options.webhooks ?? [], ports, logger, (outcome) =>
    metrics.attempted(outcome),
  );
  metrics.watch({ doors: () => holders.all().length, feeds: () => feed.size });

  const closing = new AbortController();
  const parts: AppParts = {
    ports,
    commits,
    sfu,
    resets,
    bytes,
    egresses,
    egressWatch,
    options,
    veto: new Veto(options.hooks?.before, logger),
    logger,
    door,
    reconciler,
    origins: new Origins(options.url, options.origins),
    enterRate: perMinute(limits.enterPerMinute),
    knockRate: perMinute(limits.knocksPerMinute),
    requestRate: perMinute(limits.requestsPerMinute),
    wrongKeyRate: perMinute(limits.wrongKeysPerMinute),
    messageRate: new RateLimit(MESSAGE_RATE, () => clock.now()),
    roomMessageRate: new RateLimit(ROOM_MESSAGE_RATE, () => clock.now()),
    boardRate: new RateLimit(BOARD_RATE, () => clock.now()),
    boardByteRate: new RateLimit(BOARD_BYTE_RATE, () => clock.now()),
    comers: new Turns(COMERS_AT_ONCE),
    boardMakingRate: new RateLimit(BOARD_MAKING_RATE, () => clock.now()),
    apiKeys: new ApiKeys(options.apiKeys),
    metrics,
    base: new URL(options.url).pathname.replace(/\/+$/, ''),
    isClosing: () => closing.signal.aborted,
  };
  const notices = new Notices({ feed, door, holders, logger });
  await notices.listen(storage);
  if (storage.isExclusive) await forgetInstances(ports);
  listen(ports.herald, webhooks, metrics, options, logger);
  startBeating(ports, instance, closing.signal, logger);
  outbox.start(closing.signal);
  startTrashSweep(ports, commits, closing.signal, logger);
  startUploadSweep({ ports, commits, bytes }, closing.signal, logger);
  egressWatch.start(closing.signal);
  reconciler.start(closing.signal);
  resets.start(closing.signal);
  feed.start(closing.signal);
  webhooks.start(closing.signal);
  void checkLiveKit(sfu, options.livekit.apiKey, notices, closing.signal, logger);

  const close = async (): Promise<void> => {
    closing.abort();
    feed.close();
    await Promise.all([door.close(), webhooks.close()]);
    await storage.close();
  };
  return toServer(parts, feed, createRooms(parts), close);
}

/** Who hears what this process commits. */
function listen(
  herald: Herald,
  webhooks: Webhooks,
  metrics: Metrics,
  { hooks }: MeetingServerOptions,
  logger: Logger,
): void {
  herald.hear((events) => metrics.committed(events));
  herald.hear(() => webhooks.wake());
  if (hooks?.event) herald.hear(tellHook(hooks.event, logger));
}

function toServer(
  parts: AppParts,
  feed: Feed,
  rooms: Rooms,
  close: () => Promise<void>,
): MeetingServer {
  const { base, options } = parts;
  const app = createApp(parts);
  const upgrades = new Upgrades(parts, feed);
  const trustProxy = options.trustProxy ?? 0;
  const upgrade: MeetingServer['upgrade'] = (request, socket, head) =>
    upgrades.handle(request, socket, head, addressOf(request, trustProxy));
  const listener = getRequestListener(async (request, env) => {
    const { incoming } = env as { incoming: IncomingMessage };
    const response = await app.fetch(request, { address: addressOf(incoming, trustProxy) });
    return asLast(response, incoming);
  });
  let closed: Promise<void> | undefined;
  return {
    rooms,
    upgrade,
    fetch: async (request, { address = 'unknown' } = {}) => app.fetch(request, { address }),
    attach: (server) => attach(server, base, listener, upgrade),
    close: () => (closed ??= close()),
  };
}

/** Puts ours before the listeners that `server` has, for our paths only. */
function attach(
  server: Server,
  base: string,
  listener: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>,
  upgrade: MeetingServer['upgrade'],
): void {
  const others = server.listeners('request') as ((...args: unknown[]) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === base || path.startsWith(`${base}/`)) return void listener(request, response);
    if (others.length === 0) response.writeHead(404).end();
    for (const other of others) other.call(server, request, response);
  });
  // Another library's listener would answer, or destroy, what it does not know.
  const otherUpgrades = server.listeners('upgrade') as ((...args: unknown[]) => void)[];
  server.removeAllListeners('upgrade');
  server.on('upgrade', (request, socket, head) => {
    if (upgrade(request, socket, head)) return;
    for (const other of otherUpgrades) other.call(server, request, socket, head);
    const isNobodys = otherUpgrades.length === 0 && server.listenerCount('upgrade') === 1;
    if (isNobodys) socket.destroy();
  });
}
