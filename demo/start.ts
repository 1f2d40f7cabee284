import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createMeetingServer } from 'livekit-meeting-room/server';
import { createBackend } from './backend.ts';
import { startLivekit, type Livekit } from './livekit.ts';

/*
 * `npm run demo`: LiveKit, the meeting server and a customer's portal that embeds the room, all on
 * one port of this machine. State lies in `.cache/demo`, or in the folder that DEMO_DATA names.
 */

const root = resolve(import.meta.dirname, '..');
const data = resolve(process.env['DEMO_DATA'] || join(root, '.cache', 'demo'));
const MOUNT = '/meeting';

interface Secrets {
  /** Shared by the portal's backend and the meeting server. */
  entrySecret: string;
  apiKey: string;
  apiSecret: string;
}

const ending = new AbortController();
const cleanups: (() => Promise<void>)[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => ending.abort());
}
ending.signal.addEventListener('abort', () => void end(0));

try {
  await start();
} catch (error) {
  // While ending, whatever was being started fails, and nobody needs to hear of it.
  if (!ending.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    await end(1);
  }
}

async function start(): Promise<void> {
  const secrets = await loadSecrets();
  // LiveKit has to know the port before anything can be served on it.
  const server = createServer(notYet);
  const portal = createBackend({
    pageFolder: join(root, 'demo', 'page'),
    bundleFolder: join(root, 'cdn'),
    entrySecret: secrets.entrySecret,
  });
  const port = await listen(server);
  const origin = `http://localhost:${port}`;
  const livekit = await findLivekit(secrets, `http://127.0.0.1:${port}${MOUNT}/webhooks/livekit`);
  const meeting = await createMeetingServer({
    url: `${origin}${MOUNT}`,
    livekit: { url: livekit.url, apiKey: livekit.apiKey, apiSecret: livekit.apiSecret },
    storage: { folder: join(data, 'database') },
    entrySecret: secrets.entrySecret,
    // To be tried out: what a reset clears can be restored for a day.
    reset: { trashHours: 24 },
    origins: [origin, `http://127.0.0.1:${port}`],
  });
  cleanups.push(() => meeting.close());
  server.off('request', notYet);
  server.on('request', portal);
  meeting.attach(server);
  ending.signal.throwIfAborted();

  console.log(`Host: ${origin}/host`);
  console.log(`Member: ${origin}/member`);
  console.log(`Guest: ${origin}/guest`);
  console.log('Ready');
}

/** Pages of an earlier run that are still open try again on a 503. */
function notYet(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'retry-after': '1' }).end();
}

async function listen(server: Server): Promise<number> {
  const port = process.env['PORT'] === undefined ? 5173 : Number(process.env['PORT']);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is ${process.env['PORT']}, which is no port number.`);
  }
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw taken ? new Error(`Port ${port} is in use. Choose another one: PORT=5174`) : error;
  }
  cleanups.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** LiveKit by LIVEKIT_URL, else one of our own. */
async function findLivekit(
  secrets: Secrets,
  webhookUrl: string,
): Promise<Pick<Livekit, 'url' | 'apiKey' | 'apiSecret'>> {
  const url = process.env['LIVEKIT_URL'];
  if (!url) {
    const livekit = await startLivekit({ ...secrets, webhookUrl });
    cleanups.push(() => livekit.stop());
    return livekit;
  }
  const apiKey = process.env['LIVEKIT_API_KEY'];
  const apiSecret = process.env['LIVEKIT_API_SECRET'];
  if (!apiKey || !apiSecret) {
    throw new Error('LIVEKIT_URL needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET beside it.');
  }
  console.log(`Using the LiveKit at ${url}. What the room promises depends on its settings:`);
  console.log('- room.auto_create must be false, or tokens of ended calls make their room anew;');
  console.log('- exactly one key, or refreshed tokens are signed with another one than ours;');
  console.log(`- webhook.urls with ${webhookUrl}, or changes are noticed up to 10 s later;`);
  console.log('- its port reachable from this server only, or the door can be walked around.');
  return { url, apiKey, apiSecret };
}

/** Kept with the rest of the state, so that open pages find their way back after a restart. */
async function loadSecrets(): Promise<Secrets> {
  const file = join(data, 'secrets.json');
  await mkdir(data, { recursive: true, mode: 0o700 });
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing) throw error;
  }
  const secrets: Secrets = {
    entrySecret: randomBytes(32).toString('base64url'),
    apiKey: `key${randomBytes(6).toString('hex')}`,
    apiSecret: randomBytes(32).toString('hex'),
  };
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** Ends everything that was started, last first. */
async function end(code: number): Promise<never> {
  for (const cleanup of cleanups.reverse()) {
    await cleanup().catch((error: unknown) => {
      console.error(error);
    });
  }
  process.exit(code);
}
