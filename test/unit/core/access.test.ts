import { afterEach, describe, expect, it, vi } from 'vitest';
import { askAccess } from '../../../src/core/ask-access.ts';
import { RoomStore } from '../../../src/core/room-store.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import { entered, FakeWorld, person } from '../../fakes/core-fakes.ts';

const options = { server: 'https://example.com/meeting/', room: 'acme' };
const visitor = 'v'.repeat(22);
const flush = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function setUp() {
  const world = new FakeWorld();
  world.api.on('call-check', { access: 'always', here: false });
  const store = new RoomStore({ ...options, accessKey: 'key-1' }, world.ports);
  const phases: string[] = [];
  store.access.subscribe(({ phase }) => phases.push(phase));
  return { store, phases, api: world.api, page: world.page, sockets: world.sockets };
}

describe('the check', () => {
  it('is not made until somebody asks', async () => {
    const { store, api } = setUp();
    store.configure({ ...options, accessKey: 'key-2' });
    await flush();
    expect(store.access.value).toEqual({ phase: 'unknown' });
    expect(api.calls).toEqual([]);
  });

  it('shows the way in, and says what it found', async () => {
    const { store, api, phases } = setUp();
    api.on('call-check', { access: 'knock', name: 'Ada Lovelace', here: false });
    store.configure({ ...options, entryToken: async () => 'token-of-now', name: 'Ada' });
    await store.check();
    expect(api.calls[0]?.input).toEqual({ visitor, entryToken: 'token-of-now' });
    expect(store.access.value).toEqual({
      phase: 'known',
      access: 'knock',
      name: 'Ada Lovelace',
      here: false,
    });
    expect(phases).toEqual(['unknown', 'checking', 'known']);
  });

  it('is made again for another way in, not for another name', async () => {
    const { store, api } = setUp();
    await store.check();
    store.configure({ ...options, accessKey: 'key-1', name: 'Grace' });
    expect(api.count('call-check')).toBe(1);
    api.on('call-check', { access: 'host', here: false });
    store.configure({ ...options, accessKey: 'key-2' });
    expect(store.access.value).toEqual({ phase: 'checking' });
    await vi.waitUntil(() => store.access.value.phase === 'known');
    expect(api.calls.at(-1)?.input).toEqual({ visitor, key: 'key-2' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'host', here: false });
  });

  it('puts a key away that opens nothing any more, and says so', async () => {
    const { store, api } = setUp();
    const revoked = new MeetingError('access-key-revoked', 'Withdrawn.');
    api.on('call-check', revoked, { access: 'knock', here: false });
    await store.check();
    expect(api.calls.map(({ input }) => input)).toEqual([{ visitor, key: 'key-1' }, { visitor }]);
    expect(store.access.value).toEqual({
      ...{ phase: 'known', access: 'knock', here: false },
      key: revoked,
    });
    api.on('call-enter', new MeetingError('room-locked', 'Locked.'));
    await expect(store.join({ name: 'Ada' })).rejects.toMatchObject({ code: 'room-locked' });
    expect(api.calls.at(-1)?.input).not.toHaveProperty('key');
    expect(store.access.value).toMatchObject({ access: 'knock', key: revoked });

    api.on('call-check', { access: 'always', here: false });
    store.configure({ ...options, accessKey: 'key-2' });
    await vi.waitUntil(() => store.access.value.phase === 'known');
    expect(api.calls.at(-1)?.input).toEqual({ visitor, key: 'key-2' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'always', here: false });
  });

  it('is made again without the key when that was withdrawn meanwhile', async () => {
    const { store, api } = setUp();
    await store.check();
    api.on('call-check', { access: 'knock', here: false });
    api.on('call-enter', new MeetingError('access-key-expired', 'Too late.'));
    await expect(store.join({ name: 'Ada' })).rejects.toMatchObject({ code: 'access-key-expired' });
    await vi.waitUntil(() => store.access.value.phase === 'known');
    expect(api.calls.at(-1)).toMatchObject({ stem: 'call-check', input: { visitor } });
    expect(store.access.value).toMatchObject({
      access: 'knock',
      key: { code: 'access-key-expired' },
    });
  });

  it('fails when another way is what is wrong', async () => {
    const { store, api } = setUp();
    store.configure(options);
    api.on('call-check', new MeetingError('access-key-invalid', 'Of an authorize of the page.'));
    await store.check();
    expect(api.count('call-check')).toBe(1);
    expect(store.access.value).toMatchObject({ phase: 'failed' });
  });

  it('believes the last question only', async () => {
    const { store, api } = setUp();
    let late = (): void => {};
    const first = new Promise<void>((given) => (late = given));
    const slow = first.then(() => ({ access: 'host' as const, here: false }));
    api.on('call-check', slow, { access: 'knock', here: false });
    const asked = [store.check(), store.check()];
    late();
    await Promise.all(asked);
    expect(store.access.value).toEqual({ phase: 'known', access: 'knock', here: false });
  });

  it('is a state when it fails, and is made again when the page comes back', async () => {
    const { store, api, page } = setUp();
    const error = new MeetingError('server-unreachable', 'Nothing answered.');
    api.on('call-check', error, { access: 'always', here: false });
    await store.check();
    expect(store.access.value).toEqual({ phase: 'failed', error });
    page.wake();
    await vi.waitUntil(() => store.access.value.phase === 'known');
    page.wake();
    await flush();
    expect(api.count('call-check')).toBe(2);
  });

  it('says what is missing in the set-up', async () => {
    const { store, api } = setUp();
    store.configure({ server: '', room: 'acme' });
    await store.check();
    expect(store.access.value).toMatchObject({
      phase: 'failed',
      error: { code: 'setup-incomplete' },
    });
    expect(api.calls).toEqual([]);
  });

  it('ends with the store', async () => {
    const { store, page } = setUp();
    const asked = store.check();
    store.dispose();
    await asked;
    await store.check();
    expect(store.access.value).toEqual({ phase: 'checking' });
    expect(page.listeners).toBe(0);
  });
});

describe('a door that turns out to be locked', () => {
  it('makes the join screen offer to knock, and shows no error', async () => {
    const { store, api } = setUp();
    const facts: string[] = [];
    store.listen(({ type }) => facts.push(type), new AbortController().signal);
    await store.check();
    api.on('call-enter', new MeetingError('room-locked', 'Locked.'));
    await expect(store.join()).rejects.toMatchObject({ code: 'room-locked' });
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'knock', here: false });
    expect(facts).toEqual([]);
  });

  it('does so also for whoever comes back after leaving', async () => {
    const { store, api } = setUp();
    api.on('call-enter', entered(10, [person(1)]));
    api.on('call-leave', { seq: 11, until: 99 });
    api.on('call-resume', new MeetingError('room-locked', 'Locked.'));
    await store.join();
    await store.leave();
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'knock', here: false });
  });
});

describe('an exit that leads to the join screen', () => {
  it('asks what is true now', async () => {
    const { store, api, sockets } = setUp();
    await store.check();
    api.on('call-enter', entered(10, [person(1)]));
    await store.join();
    api.on('call-check', { access: 'knock', here: false });
    sockets.last.say({ type: 'over', exit: { reason: 'ended', at: 1, next: 'knock' } });
    await vi.waitUntil(() => store.access.value.phase === 'known');
    await vi.waitUntil(() => api.count('call-check') === 2);
    await vi.waitUntil(() => store.access.value.phase === 'known');
    expect(store.access.value).toEqual({ phase: 'known', access: 'knock', here: false });
  });
});

describe('asking call-check', () => {
  const { signal } = new AbortController();
  const answer = (status: number, body: unknown) => {
    const send = vi.fn<typeof fetch>(async () => Response.json(body, { status }));
    vi.stubGlobal('fetch', send);
    return send;
  };
  afterEach(() => void vi.unstubAllGlobals());

  it('sends the way in as JSON, and cookies only when told to', async () => {
    const send = answer(200, { access: 'always', name: 'Ada', here: true, more: 1 });
    const found = await askAccess({ ...options, room: 'a/b' }, { visitor, key: 'k' }, signal);
    expect(found).toEqual({ access: 'always', name: 'Ada', here: true });
    const [url, init] = send.mock.calls[0] ?? [];
    expect(url).toBe('https://example.com/meeting/rooms/a%2Fb/call-check');
    expect(init).toMatchObject({
      method: 'POST',
      body: JSON.stringify({ visitor, key: 'k' }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    await askAccess({ ...options, credentials: true }, { visitor }, signal);
    expect(send.mock.calls[1]?.[1]).toMatchObject({ credentials: 'include' });
  });

  it.each([
    [401, { code: 'entry-token-expired' }, 'entry-token-expired'],
    [403, { code: 'access-key-revoked' }, 'access-key-revoked'],
    [429, { code: 'rate-limited', retryAfter: 7 }, 'rate-limited'],
    [503, { code: 'storage-unreachable' }, 'storage-unreachable'],
    [502, 'Bad gateway', 'server-unreachable'],
    [404, null, 'answer-unreadable'],
    [400, { code: 'unheard-of' }, 'answer-unreadable'],
    [200, { access: 'owner' }, 'answer-unreadable'],
    [200, [], 'answer-unreadable'],
  ])('reads %i %j as %3$s', async (status, body, code) => {
    answer(status, body);
    const later = typeof body === 'object' && body && 'retryAfter' in body ? 7 : undefined;
    await expect(askAccess(options, { visitor }, signal)).rejects.toMatchObject({
      code,
      retryAfter: later,
    });
  });

  it('says when nothing answers, or something else does', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')));
    const asked = askAccess(options, { visitor }, signal);
    await expect(asked).rejects.toMatchObject({ code: 'server-unreachable' });
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 200 }));
    const read = askAccess(options, { visitor }, signal);
    await expect(read).rejects.toMatchObject({ code: 'answer-unreadable' });
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 503 }));
    const away = askAccess(options, { visitor }, signal);
    await expect(away).rejects.toMatchObject({ code: 'server-unreachable' });
  });
});
