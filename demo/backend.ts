import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { SignJWT } from 'jose';

/**
 * The backend of the page that embeds the meeting room, as a customer would have one: it serves the
 * portal and vouches for its people by signed entry tokens. It knows nothing of meetings but the
 * secret that it shares with the meeting server.
 */
export interface BackendOptions {
  /** The folder with `index.html`, `page.js` and `page.css`. */
  pageFolder: string;
  /** The folder of the bundle that the page loads with one script tag. */
  bundleFolder: string;
  /** Shared with the meeting server, which checks the entry tokens with it. */
  entrySecret: string;
}

/** How long an entry token is good for. The page fetches a fresh one for every join. */
const TOKEN_TTL = '60s';
const COOKIE = 'portal';
const MINUTE = 60;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Whom the portal vouches for, and how far. Visitors of `/guest` are not signed in. */
const ACCESS = { host: 'host', member: 'always' } as const;

/** Makes the request handler of the portal. */
export function createBackend(
  options: BackendOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const secret = new TextEncoder().encode(options.entrySecret);
  const files = (path: string): string | undefined => {
    if (['/', '/host', '/member', '/guest'].includes(path)) {
      return join(options.pageFolder, 'index.html');
    }
    if (path === '/page.js' || path === '/page.css') return join(options.pageFolder, path);
    return path.startsWith('/cdn/') ? inside(options.bundleFolder, path.slice(5)) : undefined;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
    const url = new URL(request.url ?? '/', 'http://portal');
    const visitor = recognise(request, response);
    if (url.pathname === '/entry-token') {
      const token = await sign(url.searchParams, visitor);
      return token ? end(response, 200, token) : end(response, 400);
    }
    const file = files(decodeURIComponent(url.pathname));
    return file ? send(response, file, request) : end(response, 404);
  }

  /** Says who somebody is to the meeting server, for one room and one minute. */
  async function sign(query: URLSearchParams, visitor: string): Promise<string | undefined> {
    const as = query.get('as');
    const room = query.get('room');
    // A real portal looks at who is signed in; this one lets everybody choose, to be tried out.
    if ((as !== 'host' && as !== 'member') || !room) return undefined;
    return new SignJWT({ room, access: ACCESS[as] })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(`${as}-${visitor}`)
      .setIssuedAt()
      .setExpirationTime(TOKEN_TTL)
      .sign(secret);
  }

  return function portal(request, response) {
    answer(request, response).catch((error: unknown) => {
      console.error('The portal could not answer:', error);
      if (response.headersSent) response.destroy();
      else end(response, 500);
    });
  };
}

/** The person behind a browser, by the portal's own cookie. */
function recognise(request: IncomingMessage, response: ServerResponse): string {
  const known = new RegExp(`(?:^|; )${COOKIE}=([A-Za-z0-9_-]{22})(?:;|$)`).exec(
    request.headers.cookie ?? '',
  )?.[1];
  if (known) return known;
  const fresh = randomBytes(16).toString('base64url');
  const life = 30 * 24 * 60 * MINUTE;
  response.setHeader(
    'set-cookie',
    `${COOKIE}=${fresh}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Lax`,
  );
  return fresh;
}

/** What a strict site sends. The room needs no exception: no inline style, no third party. */
function securityHeaders(request: IncomingMessage): Record<string, string> {
  const host = request.headers.host ?? '';
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      'frame-src blob:',
      "media-src 'self' blob: mediastream:",
      // Safari doesn't count WebSockets to the same host as 'self'.
      `connect-src 'self' ws://${host} wss://${host}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
    ].join('; '),
    'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self)',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** `path` below `folder`, or undefined when it leads out of it. */
function inside(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  return file.startsWith(folder + sep) ? file : undefined;
}

async function send(
  response: ServerResponse,
  file: string,
  request: IncomingMessage,
): Promise<void> {
  const type = TYPES[extname(file)];
  const found = await stat(file).catch(() => undefined);
  if (!type || !found?.isFile()) return end(response, 404);
  response.writeHead(200, {
    ...securityHeaders(request),
    'content-type': type,
    'content-length': found.size,
    'cache-control': 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

function end(response: ServerResponse, status: number, text = ''): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  response.end(text);
}
