import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../../src/core/api/client.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import { entered, identity, knocker, SESSION } from '../../fakes/core-fakes.ts';

interface Request {
  url: string;
  init: RequestInit;
}

function clientWith(answer: (signal: AbortSignal) => Response | Promise<Response>) {
  const requests: Request[] = [];
  const client = new ApiClient('https://example.com/meeting/', async (url, init = {}) => {
    requests.push({ url: String(url), init });
    return answer(init.signal ?? new AbortController().signal);
  });
  return { client, requests };
}

async function failure(promise: Promise<unknown>): Promise<MeetingError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof MeetingError) return error;
  throw new Error('Expected a MeetingError.', { cause: error });
}

afterEach(() => vi.useRealTimers());

describe('the client', () => {
  it('sends JSON with the session as bearer, and no cookies', async () => {
    const { client, requests } = clientWith(() => Response.json({ seq: 3, until: 9 }));
    const answer = await client.call('call-leave', 'acme', {}, { session: SESSION });
    expect(answer).toEqual({ seq: 3, until: 9 });
    const [request] = requests;
    expect(request?.url).toBe('https://example.com/meeting/rooms/acme/call-leave');
    expect(request?.init).toMatchObject({ method: 'POST', body: '{}', credentials: 'omit' });
    expect(request?.init.headers).toMatchObject({
      authorization: `Bearer ${SESSION}`,
      'content-type': 'application/json',
    });
  });

  it('sends cookies only when told to', async () => {
    const { client, requests } = clientWith(() => Response.json(entered(1)));
    const input = { visitor: 'v'.repeat(22) };
    await client.call('call-enter', 'acme', input, { credentials: true });
    expect(requests[0]?.init.credentials).toBe('include');
    expect(requests[0]?.init.headers).not.toHaveProperty('authorization');
  });

  it('puts the input of a GET into the query', async () => {
    const { client, requests } = clientWith(() => Response.json({ seq: 4, events: [] }));
    await client.call('events', 'a b', { after: '4' }, { session: SESSION });
    expect(requests[0]?.url).toBe('https://example.com/meeting/rooms/a%20b/events?after=4');
    expect(requests[0]?.init.body).toBeUndefined();
  });

  it('turns a problem into its code, exit, issues and wait', async () => {
    const exit = { reason: 'removed', at: 5, next: 'none', note: 'Bye' } as const;
    const problem = {
      type: 'urn:livekit-meeting-room:admission-over',
      title: 'Over.',
      status: 403,
      code: 'admission-over',
      exit,
      retryAfter: 2,
    };
    const { client } = clientWith(() => Response.json(problem, { status: 403 }));
    const error = await failure(client.call('call-resume', 'acme', {}, { session: SESSION }));
    expect(error).toMatchObject({ code: 'admission-over', exit, retryAfter: 2 });
  });

  it('tells the own knock that waits, and what became of another', async () => {
    const waiting = { seq: 7, knock: knocker(1) };
    const decision = { state: 'denied', by: { kind: 'server' } } as const;
    const problem = { type: 'urn:x', title: 'No.', status: 409 };
    const bodies = [
      { ...problem, code: 'still-waiting', waiting },
      { ...problem, code: 'already-decided', decision },
    ];
    const { client } = clientWith(() => Response.json(bodies.shift(), { status: 409 }));
    const own = await failure(client.call('call-resume', 'acme', {}, { session: SESSION }));
    expect(own).toMatchObject({ code: 'still-waiting', waiting });
    const input = { identity: identity(1) };
    const other = await failure(client.call('knock-admit', 'acme', input, { session: SESSION }));
    expect(other).toMatchObject({ code: 'already-decided', decision });
  });

  it('says server-unreachable when nothing answers', async () => {
    const { client } = clientWith(() => Promise.reject(new TypeError('fetch failed')));
    const error = await failure(client.call('call-leave', 'acme', {}));
    expect(error.code).toBe('server-unreachable');
  });

  it('gives up after the time it was given', async () => {
    const { client } = clientWith(
      (signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        ),
    );
    const error = await failure(client.call('call-leave', 'acme', {}, { timeout: 5 }));
    expect(error.code).toBe('server-unreachable');
  });

  it('rejects with the reason of the signal that gave it up', async () => {
    const life = new AbortController();
    const { client } = clientWith(
      (signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        ),
    );
    const call = client.call('call-leave', 'acme', {}, { signal: life.signal });
    const reason = new Error('over');
    life.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it.each([
    ['another shape', () => Response.json(['three'])],
    ['nothing', () => Response.json(null)],
    ['a page instead of JSON', () => new Response('<h1>Hello</h1>')],
  ])('says answer-unreadable for %s', async (_, answer) => {
    const { client } = clientWith(answer);
    const input = { identity: identity(1) };
    const error = await failure(client.call('participant-remove', 'acme', input));
    expect(error.code).toBe('answer-unreadable');
  });

  it('takes a code that only a newer server knows for unreadable', async () => {
    const problem = { type: 'urn:x', title: 'No.', status: 403, code: 'moon-in-the-way' };
    const { client } = clientWith(() => Response.json(problem, { status: 403 }));
    const error = await failure(client.call('call-leave', 'acme', {}));
    expect(error.code).toBe('answer-unreadable');
  });

  it('passes over what is not as it should be in a problem', async () => {
    const odd = { exit: 'removed', retryAfter: 'soon', issues: {}, decision: 1, waiting: {} };
    const problem = { title: 'Over.', code: 'admission-over', ...odd };
    const { client } = clientWith(() => Response.json(problem, { status: 403 }));
    const { code, exit, retryAfter, issues, decision, waiting } = await failure(
      client.call('call-leave', 'acme', {}),
    );
    expect(code).toBe('admission-over');
    expect([exit, retryAfter, issues, decision, waiting]).toEqual(Array(5).fill(undefined));
  });

  it('says why a hook of the integrator forbids', async () => {
    const problem = { title: 'No.', code: 'forbidden', reason: 'Not on Sundays.' };
    const { client } = clientWith(() => Response.json(problem, { status: 403 }));
    const error = await failure(client.call('call-end', 'acme', {}));
    expect(error).toMatchObject({ code: 'forbidden', reason: 'Not on Sundays.' });
  });

  it('hands a file over as it comes', async () => {
    const { client, requests } = clientWith(() => new Response('at,type'));
    const file = await client.call('activity-export', 'acme', { format: 'csv' });
    expect(await file.text()).toBe('at,type');
    expect(requests[0]?.url).toBe(
      'https://example.com/meeting/rooms/acme/activity-export?format=csv',
    );
  });

  it.each([
    [502, 'server-unreachable'],
    [404, 'answer-unreadable'],
  ])('takes a %i in the words of a proxy for %s', async (status, code) => {
    const { client } = clientWith(
      () => new Response('<h1>nginx</h1>', { status, headers: { 'retry-after': '7' } }),
    );
    const error = await failure(client.call('call-leave', 'acme', {}));
    expect(error).toMatchObject({ code, retryAfter: 7 });
  });
});
