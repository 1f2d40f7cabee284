import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { SignJWT } from 'jose';
import { Webhook } from 'standardwebhooks';
import type { RoomEvent } from '../../src/protocol/events.ts';

const root = resolve(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const SCRIPT = 'text/javascript; charset=utf-8';

/** Every event that a page may hear from the room. */
const EVENTS = [
  'meeting-joined',
  'meeting-left',
  'room-reset',
  'meeting-reconnecting',
  'meeting-reconnected',
  'meeting-error',
  'participant-joined',
  'participant-left',
  'participant-removed',
  'participant-restored',
  'call-ended',
  'knock-received',
  'knock-admitted',
  'knock-denied',
  'knock-over',
  'room-locked',
  'room-unlocked',
  'presenter-mode-changed',
  'screen-share-changed',
  'role-changed',
  'invitation-created',
  'invitation-revoked',
  'link-changed',
  'pass-revoked',
  'message-received',
  'message-edited',
  'message-deleted',
  'file-added',
  'file-deleted',
  'whiteboard-created',
  'whiteboard-changed',
  'whiteboard-cleared',
  'whiteboard-deleted',
  'recording-started',
  'recording-consented',
  'recording-stopped',
  'recording-added',
  'recording-deleted',
  'call-end-request',
  'knock-admit-request',
  'participant-remove-request',
  'meeting-forward-request',
];

/** What a strict site allows, for pages with `strict` in their query. */
const STRICT = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob: mediastream:",
  // The meeting server of the tests is on another origin.
  'connect-src http: ws:',
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** The embedding page of the tests: the room, and `heard`, a plain copy of every event. */
const PAGE_SCRIPT = `
const query = new URLSearchParams(location.search);
window.heard = [];
window.hear = (room) => {
  for (const type of ${JSON.stringify(EVENTS)}) {
    room.addEventListener(type, (event) => {
      const fields = Object.fromEntries(
        Object.entries(event)
          .filter(([key]) => key !== 'isTrusted')
          .map(([key, value]) => [key, value instanceof Error ? { code: value.code, message: value.message } : value]),
      );
      heard.push({
        ...JSON.parse(JSON.stringify(fields)),
        type, cancelable: event.cancelable, bubbles: event.bubbles, composed: event.composed,
        heardAt: performance.timeOrigin + performance.now(),
      });
    });
  }
};
window.addRoom = (attributes, parent = document.body) => {
  const room = document.createElement('meeting-room');
  hear(room);
  for (const [name, value] of Object.entries(attributes)) room.setAttribute(name, value);
  parent.append(room);
  return room;
};
const as = query.get('as');
if (query.has('room')) {
  const room = document.createElement('meeting-room');
  hear(room);
  room.setAttribute('server', query.get('server'));
  room.setAttribute('room', query.get('room'));
  for (const [name, value] of Object.entries(JSON.parse(query.get('attributes') ?? '{}'))) {
    room.setAttribute(name, value);
  }
  if (as) room.entryToken = async () => (await fetch('/entry-token' + location.search)).text();
  document.body.append(room);
}
`;

const page = (script: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>e2e</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">${script}<body></body></html>`;

const PAGES: Record<string, [type: string, text: string]> = {
  '/': [
    'text/html; charset=utf-8',
    page(
      '<script type="module" src="/cdn/meeting-room.js"></script><script type="module" src="/page.js"></script>',
    ),
  ],
  '/blank': ['text/html; charset=utf-8', page('')],
  '/raw': ['text/html; charset=utf-8', page('<script src="/livekit-client.js"></script>')],
  '/page.js': [SCRIPT, PAGE_SCRIPT],
  '/page.css': [
    'text/css',
    'html, body { height: 100%; margin: 0 } body { display: flex } meeting-room { flex: 1; min-width: 0 }',
  ],
};

/** What a token of the tests says. */
export interface Vouch {
  room: string;
  access: 'knock' | 'always' | 'host';
  subject?: string;
  name?: string;
}

/** What the page's backend calls people, and how far it lets them. */
const LEVELS: Record<string, Vouch['access']> = {
  host: 'host',
  member: 'always',
  visitor: 'knock',
};

/**
 * Serves the tests' embedding page, on another origin than the meeting server's, and is its backend:
 * signs entry tokens, and takes webhooks.
 */
export class PageServer {
  readonly entrySecret = 'the-secret-that-portal-and-meeting-server-share';
  readonly webhookSecret = `whsec_${Buffer.alloc(32, 'webhook').toString('base64')}`;
  /** What webhooks told, each once, as a receiver does that knows it by its id. */
  readonly told = new Map<string, RoomEvent>();
  readonly #server: Server;
  readonly #scripts = new Map<string, string>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<PageServer> {
    if (!existsSync(join(root, 'cdn', 'meeting-room.js'))) {
      throw new Error('The bundle is not built: npm run build');
    }
    const server = createServer();
    const pages = new PageServer(server);
    server.on('request', (request, response) => {
      if (request.method === 'POST') {
        void pages.#take(request).then((status) => response.writeHead(status).end());
        return;
      }
      const url = new URL(request.url ?? '/', pages.origin);
      void pages.#answer(url).then(
        ([type, body]) => {
          response.writeHead(200, {
            ...{ 'content-type': type, 'cache-control': 'no-cache' },
            ...(url.searchParams.has('strict') && { 'content-security-policy': STRICT }),
          });
          if (typeof body === 'string') response.end(body);
          else body.on('error', () => response.destroy()).pipe(response);
        },
        () => response.writeHead(404).end(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return pages;
  }

  /** Where the meeting server tells this backend of events. */
  get webhookUrl(): string {
    return `${this.origin}/webhooks`;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** An entry token as the integrator's backend signs it. */
  sign({ room, access, subject, name }: Vouch): Promise<string> {
    const jwt = new SignJWT({ room, access, ...(name && { name }) })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime('60s');
    if (subject) jwt.setSubject(subject);
    return jwt.sign(new TextEncoder().encode(this.entrySecret));
  }

  /** Serves `script` at `path`, too. */
  add(path: string, script: string): void {
    this.#scripts.set(path, script);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Takes a webhook whose signature is right. */
  async #take(request: IncomingMessage): Promise<204 | 401> {
    const body = Buffer.concat(await request.toArray()).toString();
    try {
      new Webhook(this.webhookSecret).verify(body, request.headers as Record<string, string>);
    } catch {
      return 401;
    }
    this.told.set(String(request.headers['webhook-id']), JSON.parse(body) as RoomEvent);
    return 204;
  }

  async #answer(url: URL): Promise<[type: string, body: string | NodeJS.ReadableStream]> {
    const fixed = PAGES[url.pathname];
    if (fixed) return fixed;
    const script = this.#scripts.get(url.pathname);
    if (script !== undefined) return [SCRIPT, script];
    if (url.pathname === '/entry-token') {
      const token = await this.sign({
        room: url.searchParams.get('room') ?? '',
        access: LEVELS[url.searchParams.get('as') ?? ''] ?? 'knock',
        subject: url.searchParams.get('subject') ?? '',
      });
      return ['text/plain', token];
    }
    if (url.pathname === '/livekit-client.js') {
      const file = require.resolve('livekit-client').replace(/[^/]+$/, 'livekit-client.umd.js');
      return [SCRIPT, createReadStream(file)];
    }
    if (/^\/cdn\/[\w./-]+\.js$/.test(url.pathname) && !url.pathname.includes('..')) {
      const file = join(root, url.pathname);
      if (existsSync(file)) return [SCRIPT, createReadStream(file)];
    }
    throw new Error(`No page at ${url.pathname}`);
  }
}
