import * as v from 'valibot';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { Problem } from '../../protocol/errors.ts';
import type { Stem } from '../../protocol/paths.ts';
import { type Answer, type Input, type Route, ROUTES } from '../../protocol/routes.ts';

/** How long a call may take, in ms. */
const CALL_TIMEOUT = 10_000;

export interface CallOptions {
  /** The secret of the stay, sent as a bearer. */
  session?: string;
  /** Send the page's cookies; only `call-enter` and `knock` ever do. */
  credentials?: boolean;
  /** Gives the call up, with its reason. */
  signal?: AbortSignal;
  /** In ms; 10 s unless said. */
  timeout?: number;
}

/** Calls the server half's routes. */
export interface Api {
  /**
   * @throws MeetingError with the code that the server answered; `server-unreachable` when nothing
   * answered in time; `answer-unreadable` when the answer is not what the route promises.
   */
  call<S extends Stem>(
    stem: S,
    room: string,
    input: Input<S>,
    options?: CallOptions,
  ): Promise<Answer<S>>;
}

/** Made from the routes table, over `fetch`. Never logs: bodies and headers hold secrets. */
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
    const route: Route = ROUTES[stem];
    const response = await this.#send(route, room, input, options);
    const body = await readJson(response, options.signal);
    if (!response.ok) throw problemOf(response, body);
    const answer = v.safeParse(route.answer, body);
    if (!answer.success) {
      throw new MeetingError('answer-unreadable', `The answer to ${stem} has another shape.`);
    }
    // The schema of this very stem said so.
    return answer.output as Answer<S>;
  }

  async #send(
    route: Route,
    room: string,
    input: Readonly<Record<string, unknown>>,
    { session, credentials = false, signal, timeout = CALL_TIMEOUT }: CallOptions,
  ): Promise<Response> {
    const path = route.path.replace('{room}', encodeURIComponent(room));
    const headers: Record<string, string> = { accept: 'application/json' };
    if (session !== undefined) headers['authorization'] = `Bearer ${session}`;
    const init: RequestInit = {
      method: route.method,
      headers,
      credentials: credentials ? 'include' : 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
    };
    let query = '';
    if (route.method === 'GET') {
      query = `?${new URLSearchParams(input as Record<string, string>).toString()}`;
    } else {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(input);
    }
    try {
      return await this.#fetch(`${this.#server}${path}${query}`, init);
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

function problemOf(response: Response, body: unknown): MeetingError {
  const parsed = v.safeParse(Problem, body);
  const header = Number(response.headers.get('retry-after') ?? Number.NaN);
  const later = Number.isFinite(header) ? { retryAfter: header } : {};
  if (parsed.success) {
    const { code, title, exit, retryAfter, issues, decision, waiting } = parsed.output;
    return new MeetingError(code, title, {
      ...later,
      ...(exit && { exit }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...(issues && { issues }),
      ...(decision && { decision }),
      ...(waiting && { waiting }),
    });
  }
  // A proxy in between answers in its own words: 5xx and 429 mean that the server can't be reached.
  const { status } = response;
  const code = status >= 500 || status === 429 ? 'server-unreachable' : 'answer-unreadable';
  return new MeetingError(code, `HTTP ${status} without a problem.`, later);
}
