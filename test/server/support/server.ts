import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { expect } from 'vitest';
import { Problem } from '../../../src/protocol/errors.ts';
import { type ServerErrorCode, STATUS } from '../../../src/protocol/status.ts';
import type { Stem } from '../../../src/protocol/paths.ts';
import { type Answer, errorsOf, type Route, ROUTES } from '../../../src/protocol/routes.ts';
import { createMeetingServer, type MeetingServer } from '../../../src/server/meeting-server.ts';
import type { MeetingServerOptions } from '../../../src/server/options.ts';
import type { LiveKitOptions } from '../../../src/server/sfu.ts';
import { CapturedLog } from './captured-log.ts';
import { newFolder } from './folders.ts';
import { newDatabase } from './storages.ts';
import type { Visit } from './rig.ts';
import { ENTRY_SECRET, entryToken, newVisitor } from './tokens.ts';

/** What a route answered, checked against the routes table. */
export interface Answered<S extends Stem> {
  status: number;
  /** Undefined for success. */
  code: ServerErrorCode | undefined;
  /** Throws for a refusal. */
  readonly body: Answer<S>;
  readonly problem: Problem;
  headers: Headers;
}

export interface TestServerOptions extends Omit<Partial<MeetingServerOptions>, 'livekit'> {
  /** LiveKit, or how to start one that tells its webhooks to this URL. */
  livekit?: LiveKitOptions | ((webhookUrl: string) => Promise<LiveKitOptions>);
  /** Where it listens; asked from the system when left out. */
  port?: number;
  /** Another log than its own, for a second life of the same server. */
  log?: CapturedLog;
}

/** LiveKit is not there: for tests that never get to it. */
export const NO_LIVEKIT = {
  url: 'ws://127.0.0.1:9',
  apiKey: 'key',
  apiSecret: 'a secret for a LiveKit that is not there',
};

/** High enough for tests that are not about them. */
const NO_LIMITS = {
  enterPerMinute: 1_000_000,
  knocksPerMinute: 1_000_000,
  requestsPerMinute: 1_000_000,
  connectsPerMinute: 1_000_000,
  wrongKeysPerMinute: 1_000_000,
};

/** A meeting server that listens, and what a test asks it. */
export class TestServer {
  readonly meeting: MeetingServer;
  readonly http: Server;
  readonly url: string;
  readonly log: CapturedLog;
  readonly database: string | undefined;

  private constructor(
    meeting: MeetingServer,
    http: Server,
    log: CapturedLog,
    options: MeetingServerOptions,
  ) {
    this.meeting = meeting;
    this.http = http;
    this.log = log;
    this.url = options.url;
    this.database = 'url' in options.storage ? options.storage.url : undefined;
  }

  /** Starts one, on a database of its own unless `options` name one. */
  static async start(settings: TestServerOptions = {}): Promise<TestServer> {
    const { port = 0, log, livekit = NO_LIVEKIT, ...options } = settings;
    const http = createServer();
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    const captured = log ?? new CapturedLog();
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/meeting`;
    const {
      url: sfuUrl,
      apiKey,
      apiSecret,
    } = typeof livekit === 'function' ? await livekit(`${url}/webhooks/livekit`) : livekit;
    const complete: MeetingServerOptions = {
      url,
      livekit: { url: sfuUrl, apiKey, apiSecret },
      storage: options.storage ?? { url: await newDatabase() },
      files: options.files ?? { folder: await newFolder() },
      entrySecret: ENTRY_SECRET,
      logger: captured,
      limits: NO_LIMITS,
      ...options,
    };
    captured.forbid(complete.livekit.apiSecret);
    captured.forbid(ENTRY_SECRET);
    const meeting = await createMeetingServer(complete);
    meeting.attach(http);
    return new TestServer(meeting, http, captured, complete);
  }

  /** Ends it, and fails when it has logged what it must not. */
  async close(): Promise<void> {
    await this.meeting.close();
    this.http.close();
    this.http.closeAllConnections();
    this.log.expectNoSecrets();
  }

  /** Any request below the mount path. */
  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url + path, init);
  }

  /** Asks a route with JSON, and checks that its answer is one that the table allows. */
  async ask<S extends Stem>(
    stem: S,
    room: string,
    input: unknown,
    session?: string,
  ): Promise<Answered<S>> {
    const { note, text } = input as { note?: unknown; text?: unknown };
    if (typeof note === 'string') this.log.forbid(note);
    this.log.forbidText(text);
    const route: Route = ROUTES[stem];
    const path = route.path.replace('{room}', room);
    const headers = {
      ...(session !== undefined && { authorization: `Bearer ${session}` }),
      ...(route.method === 'POST' && { 'content-type': 'application/json' }),
    };
    const query = new URLSearchParams(input as Record<string, string>).toString();
    const answered = await readAnswer(
      stem,
      route.method === 'GET'
        ? await this.fetch(`${path}?${query}`, { headers })
        : await this.fetch(path, { method: 'POST', headers, body: JSON.stringify(input) }),
    );
    if (answered.status === 200) this.log.forbidSecrets(answered.body);
    return answered;
  }

  /** Enters, by an entry token if `visit` says with which access. */
  async enter(room: string, visit: Visit = {}): Promise<Answered<'call-enter'>> {
    const { access, sub, name = 'Somebody', visitor = newVisitor() } = visit;
    const token = visit.token ?? (access && (await entryToken({ room, access, sub, name })));
    return this.ask('call-enter', room, {
      visitor,
      name,
      ...(token && { entryToken: token }),
      ...(visit.key && { key: visit.key }),
      ...(visit.again && { again: visit.again }),
    });
  }
}

const FILES: ReadonlySet<Stem> = new Set<Stem>([
  'activity-export',
  'file-preview',
  'file-read',
  'recording-read',
]);

/** Checks an answer against the routes table. */
export async function readAnswer<S extends Stem>(
  stem: S,
  response: Response,
): Promise<Answered<S>> {
  const route: Route = ROUTES[stem];
  const { status, headers } = response;
  // A file is handed out as it comes.
  const isFile = FILES.has(stem) && status === 200;
  const json: unknown = isFile ? response : await response.json();
  expect(headers.get('cache-control'), stem).toBe('no-store');
  if (status === 200) {
    const body = v.parse(route.answer, json) as Answer<S>;
    const none = (): never => {
      throw new Error(`${stem} was not refused`);
    };
    return {
      status,
      code: undefined,
      body,
      headers,
      get problem() {
        return none();
      },
    };
  }
  const problem = readProblem(response, json);
  expect(errorsOf(route), `${stem} may not answer ${problem.code}`).toContain(problem.code);
  const none = (): never => {
    throw new Error(`${stem} was refused: ${problem.code}, ${problem.title}`);
  };
  return {
    status,
    code: problem.code,
    problem,
    headers,
    get body() {
      return none();
    },
  };
}

/** Checks that an answer is a whole problem, whose status fits its code. */
export function readProblem({ status, headers }: Response, json: unknown): Problem {
  expect(headers.get('content-type')).toBe('application/problem+json');
  const problem = v.parse(Problem, json);
  expect(status).toBe(STATUS[problem.code]);
  expect(problem.status).toBe(status);
  expect(problem.type).toBe(`urn:livekit-meeting-room:${problem.code}`);
  if (problem.retryAfter !== undefined) {
    expect(headers.get('retry-after')).toBe(String(problem.retryAfter));
  }
  return problem;
}

/** The problem that a response is. */
export async function problemOf(response: Response): Promise<Problem> {
  return readProblem(response, await response.json());
}
