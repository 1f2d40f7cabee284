import * as v from 'valibot';
import { MeetingError } from '../protocol/meeting-error.ts';
import { MAX_JSON_BYTES } from '../protocol/limits.ts';
import type { Route } from '../protocol/routes.ts';

/** A body that dribbles in is not waited for longer. */
const BODY_TIMEOUT = 10_000;

/**
 * Reads what a route takes: a JSON body, or for GET the query.
 *
 * @throws MeetingError `unsupported-media-type`, `body-too-large`, `request-timeout`,
 *   `malformed-body`, `invalid-input`.
 */
export async function readInput(route: Route, request: Request): Promise<unknown> {
  const raw =
    route.method === 'GET'
      ? Object.fromEntries(new URL(request.url).searchParams)
      : parseJson(await readBody(request, route.maxBytes ?? MAX_JSON_BYTES));
  return checkInput(route, raw);
}

/** @throws MeetingError `invalid-input`, with every field that is wrong. */
export function checkInput({ input }: Pick<Route, 'input'>, raw: unknown): unknown {
  const result = v.safeParse(input, raw);
  if (result.success) return result.output;
  const issues = result.issues.slice(0, 10).map((issue) => ({
    path: v.getDotPath(issue) ?? '',
    message: `expected ${issue.expected ?? 'something else'}`,
  }));
  throw new MeetingError('invalid-input', 'The input is not as the route takes it.', { issues });
}

/** The body as text, streamed against the limit. */
export async function readBody(
  request: Request,
  limit: number,
  type = 'application/json',
): Promise<string> {
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== type) {
    throw new MeetingError('unsupported-media-type', `The body must be ${type}.`);
  }
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of withTimeout(request)) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new MeetingError('malformed-body', 'The body is not UTF-8.', { cause });
  }
}

async function* withTimeout({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new MeetingError('request-timeout', 'The body took too long to come.')),
      BODY_TIMEOUT,
    );
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return;
      yield value;
    }
  } finally {
    clearTimeout(timer);
    late.catch(() => 'raced already');
    await reader.cancel();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MeetingError('malformed-body', 'The body is not JSON.', { cause });
  }
}

const tooLarge = (limit: number): MeetingError =>
  new MeetingError('body-too-large', `The body may have at most ${limit} bytes.`);
