import { MeetingError } from '../../protocol/meeting-error.ts';
import { placeOf, type Stem } from '../../protocol/paths.ts';
import type { Answer, Input } from '../../protocol/routes.ts';
import { isRecord } from './guards.ts';
import { problemOf } from './problem.ts';

/** How long a call may take, in ms. */
const CALL_TIMEOUT = 10_000;

/** What browsers send for a page that is gone, in bytes: all of it together has 64 KiB. */
const MAX_KEPT = 60_000;

/** What these answer with is a file. */
const FILES: ReadonlySet<Stem> = new Set<Stem>([
  'activity-export',
  'file-preview',
  'file-read',
  'recording-read',
]);

export interface CallOptions {
  /** The secret of the stay, sent as a bearer. */
  session?: string;
  /** Send the page's cookies; only `call-enter` and `knock` ever do. */
  credentials?: boolean;
  /** Gives the call up, with its reason. */
  signal?: AbortSignal;
  /** In ms; 10 s unless said. */
  timeout?: number;
  /** Sent also when the page goes, as long as it is small. */
  keepalive?: boolean;
}

/** Calls the server half's routes. */
export interface Api {
  /**
   * @throws MeetingError with the code that the server answered; `server-unreachable` when nothing
   * answered in time; `answer-unreadable` when what answered does not speak as our server does.
   */
  call<S extends Stem>(
    stem: S,
    room: string,
    input: Input<S>,
    options?: CallOptions,
  ): Promise<Answer<S>>;
}

/**
 * By `fetch`. The server is ours and keeps to its schemas, so they need not be fetched here, too: an
 * answer is checked for what stands in between, and for a server that is newer than the page.
 * Never logs: bodies and headers hold secrets.
 */
export class ApiClient implements Api {
  readonly #server: string;
  readonly #fetch: typeof fetch;

  /** @param server The public base, `https://example.com/meeting`. */
  constructor(server: string, send: typeof fetch = (...request) => fetch(...request)) {
    this.#server = server.replace(/\/+$/, '');
    this.#fetch = send;
  }

  async call<S extends Stem>(
    stem: S,
    room: string,
    input: Input<S>,
    options: CallOptions = {},
  ): Promise<Answer<S>> {
    const response = await this.#send(stem, room, input, options);
    // A file is for the caller to read.
    if (response.ok && FILES.has(stem)) return response;
    const said = await readJson(response, options.signal);
    if (!response.ok) throw problemOf(response, said);
    if (!isRecord(said)) {
      throw new MeetingError('answer-unreadable', `The answer to ${stem} has another shape.`);
    }
    // What the route promises, by our own server.
    return said as Answer<S>;
  }

  async #send(
    stem: Stem,
    room: string,
    input: Readonly<Record<string, unknown>>,
    { session, credentials = false, signal, timeout = CALL_TIMEOUT, keepalive }: CallOptions,
  ): Promise<Response> {
    const { method, path } = placeOf(stem);
    const url = `${this.#server}${path.replace('{room}', encodeURIComponent(room))}`;
    const headers: Record<string, string> = {};
    if (session !== undefined) headers['authorization'] = `Bearer ${session}`;
    const init: RequestInit = {
      method,
      headers,
      credentials: credentials ? 'include' : 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
    };
    let query = '';
    if (method === 'GET') {
      query = `?${new URLSearchParams(input as Record<string, string>).toString()}`;
    } else {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(input);
      // Browsers refuse larger ones, and all of them would be late.
      if (keepalive) init.keepalive = new Blob([init.body]).size < MAX_KEPT;
    }
    try {
      return await this.#fetch(`${url}${query}`, init);
    } catch (cause) {
      throw unreachable(cause, signal);
    }
  }
}

/** The body as JSON; undefined when it is none. Still fails when the connection does. */
async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    // Not JSON: the caller finds that the answer has another shape.
    if (cause instanceof SyntaxError) return undefined;
    throw unreachable(cause, signal);
  }
}

function unreachable(cause: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  return new MeetingError('server-unreachable', 'Nothing answered.', { cause });
}
