import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { FEED_BATCHES } from '../protocol/feed-wire.ts';
import { MeetingError } from '../protocol/meeting-error.ts';
import { RoomName } from '../protocol/names.ts';
import type { AppParts } from './app.ts';
import type { Feed } from './feed/feed.ts';
import { problemHeaders, problemOf } from './problems.ts';

/** Answers WebSocket upgrades below the mount path: the door's and the feeds'. */
export class Upgrades {
  readonly #parts: AppParts;
  readonly #feed: Feed;

  constructor(parts: AppParts, feed: Feed) {
    this.#parts = parts;
    this.#feed = feed;
  }

  /** @returns false when the path is not ours; then nothing was done. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): boolean {
    const target = request.url ?? '/';
    // Anybody may ask for anything, `//` say, and an error here would end the whole process.
    if (!URL.canParse(target, 'http://any')) return false;
    const url = new URL(target, 'http://any');
    const { base } = this.#parts;
    if (url.pathname !== base && !url.pathname.startsWith(`${base}/`)) return false;
    socket.on('error', (error) => this.#parts.logger.info('A connection broke.', { error }));
    this.#dispatch(request, socket, head, url, address).catch((error: unknown) =>
      this.#refuse(request, socket, error),
    );
    return true;
  }

  async #dispatch(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { pathname, searchParams }: URL,
    address: string,
  ): Promise<void> {
    const { base, door, origins, requestRate, isClosing } = this.#parts;
    if (isClosing()) {
      throw new MeetingError('server-closing', 'The server is closing.', { retryAfter: 1 });
    }
    origins.check(request.headers.origin);
    const retryAfter = requestRate.take(address);
    if (retryAfter !== undefined) {
      throw new MeetingError('rate-limited', 'Too many requests from this address.', {
        retryAfter,
      });
    }
    const path = pathname.slice(base.length);
    if (path === '/rtc/v1') return door.upgrade(request, socket, head, searchParams);
    const room = /^\/rooms\/([^/]+)\/feed$/.exec(path)?.[1];
    const batches = searchParams.has(FEED_BATCHES);
    if (room !== undefined) return this.#openFeed(request, socket, head, { room, batches });
    throw path === '/rtc' || path.startsWith('/rtc/')
      ? new MeetingError('door-path-forbidden', 'The door has one way in, /rtc/v1.')
      : new MeetingError('route-not-found', 'There is nothing here.');
  }

  #openFeed(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    asked: { room: string; batches: boolean },
  ): void {
    if (!v.is(RoomName, asked.room)) {
      throw new MeetingError(
        'invalid-room-name',
        'A room name has 1 to 64 letters, digits, _ and -.',
      );
    }
    this.#feed.upgrade(request, socket, head, asked);
  }

  #refuse({ headers: { origin } }: IncomingMessage, socket: Duplex, error: unknown): void {
    if (socket.destroyed) return;
    const problem = problemOf(error, this.#parts.logger);
    this.#parts.metrics.refused(problem.code);
    const body = JSON.stringify(problem);
    const headers = {
      ...this.#parts.origins.headers(origin),
      ...problemHeaders(problem),
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const status = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`;
    socket.end([status, ...lines, '', body].join('\r\n'));
  }
}
