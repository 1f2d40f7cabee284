import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserMemory } from '../../../src/core/memory.ts';
import { SESSION } from '../../fakes/core-fakes.ts';
import { Shelf } from '../../fakes/shelf.ts';

const SERVER = 'https://example.com/meeting';

/** Web Locks of one origin, as several pages see them. */
class Locks {
  readonly names: string[] = [];
  readonly #held = new Map<string, Promise<void>>();

  readonly request = async (
    name: string,
    { signal }: { signal: AbortSignal },
    held: () => Promise<void>,
  ): Promise<void> => {
    this.names.push(name);
    const given = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    );
    // Nobody may wait for it any more when it rejects.
    given.catch(() => undefined);
    while (this.#held.has(name)) await Promise.race([this.#held.get(name), given]);
    const done = held().finally(() => this.#held.delete(name));
    this.#held.set(name, done);
    await done;
  };
}

let locks: Locks;

beforeEach(() => {
  locks = new Locks();
  vi.stubGlobal('localStorage', new Shelf());
  vi.stubGlobal('sessionStorage', new Shelf());
  vi.stubGlobal('navigator', { locks });
});
afterEach(() => void vi.unstubAllGlobals());

describe('what the browser keeps', () => {
  it('is one visitor id of 128 random bits for all rooms and loads', () => {
    const id = browserMemory()(SERVER, 'acme').visitor();
    expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(browserMemory()('https://other.example', 'b').visitor()).toBe(id);
    expect(localStorage.getItem('livekit-meeting-room:visitor')).toBe(id);
  });

  it('is a new visitor id where the kept one is broken', () => {
    localStorage.setItem('livekit-meeting-room:visitor', 'not an id');
    expect(browserMemory()(SERVER, 'acme').visitor()).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('is a session per server and room', () => {
    const memory = browserMemory();
    memory(`${SERVER}/`, 'Acme').keepSession(SESSION);
    expect(memory(SERVER, 'acme').session()).toBe(SESSION);
    expect(memory(SERVER, 'other').session()).toBeUndefined();
    expect(sessionStorage.getItem(`livekit-meeting-room:session:${SERVER}|acme`)).toBe(SESSION);
    const { unsent } = memory(`${SERVER}/`, 'Acme');
    expect(unsent('drawn')).not.toBe(unsent('written'));
    for (const how of ['drawn', 'written', 'drafted'] as const) {
      expect(memory(SERVER, 'other').unsent(how)).not.toBe(unsent(how));
      sessionStorage.setItem(unsent(how), 'a line');
    }
    memory(SERVER, 'acme').forgetSession();
    expect(memory(SERVER, 'acme').session()).toBeUndefined();
    for (const how of ['drawn', 'written', 'drafted'] as const) {
      expect(sessionStorage.getItem(unsent(how))).toBeNull();
    }
  });

  it('stays in memory where storage is forbidden', () => {
    const forbid = (): never => {
      throw new DOMException('no', 'SecurityError');
    };
    const forbidden = { getItem: forbid, setItem: forbid, removeItem: forbid };
    vi.stubGlobal('localStorage', forbidden);
    vi.stubGlobal('sessionStorage', forbidden);
    const memory = browserMemory();
    expect(memory(SERVER, 'acme').visitor()).toBe(memory(SERVER, 'acme').visitor());
    memory(SERVER, 'acme').keepSession(SESSION);
    expect(memory(SERVER, 'acme').session()).toBeUndefined();
  });
});

describe('claiming a session', () => {
  it('is for one page at a time, and does not tell the secret', async () => {
    const first = new AbortController();
    const memory = browserMemory()(SERVER, 'acme');
    expect(await memory.claim(SESSION, first.signal)).toBe(true);
    expect(await memory.claim(SESSION, new AbortController().signal)).toBe(false);
    expect(locks.names.join()).not.toContain(SESSION);
  });

  it('waits for a page that is just going away', async () => {
    const first = new AbortController();
    const memory = browserMemory()(SERVER, 'acme');
    await memory.claim(SESSION, first.signal);
    const second = memory.claim(SESSION, new AbortController().signal);
    first.abort();
    expect(await second).toBe(true);
  });

  it(
    'waits longer after a reload, for a page that goes away slowly',
    { timeout: 5_000 },
    async () => {
      vi.stubGlobal('performance', { getEntriesByType: () => [{ type: 'reload' }] });
      const first = new AbortController();
      const memory = browserMemory()(SERVER, 'acme');
      await memory.claim(SESSION, first.signal);
      const second = memory.claim(SESSION, new AbortController().signal);
      // Longer than a page waits that was opened otherwise.
      setTimeout(() => first.abort(), 1_000);
      expect(await second).toBe(true);
    },
  );

  it('is granted where the browser forbids locks', async () => {
    const request = async (): Promise<never> => {
      throw new DOMException('no', 'SecurityError');
    };
    vi.stubGlobal('navigator', { locks: { request } });
    const memory = browserMemory()(SERVER, 'acme');
    expect(await memory.claim(SESSION, new AbortController().signal)).toBe(true);
  });

  it('is granted where there are no locks to tell pages apart', async () => {
    vi.stubGlobal('navigator', {});
    const memory = browserMemory()(SERVER, 'acme');
    expect(await memory.claim(SESSION, new AbortController().signal)).toBe(true);
  });
});
