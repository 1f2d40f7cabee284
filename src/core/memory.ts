import { randomId } from './random-id.ts';

/** Strokes, messages, or a message that is still being written. */
export type Unsent = 'drawn' | 'written' | 'drafted';

/** What this browser keeps of a person and their stay, and what two tabs must not share. */
export interface Memory {
  /** The visitor id of this browser, made on first use. */
  visitor(): string;
  /** The session of the stay in this tab, also after a reload. */
  session(): string | undefined;
  keepSession(session: string): void;
  /** And with it what was made in it and has not reached the server. */
  forgetSession(): void;
  /** The item of sessionStorage for what was made so and has not reached the server. */
  unsent(how: Unsent): string;
  /**
   * Makes this page the only one that uses `session`, until `signal` aborts.
   * @returns false when another page does already, as after duplicating a tab.
   */
  claim(session: string, signal: AbortSignal): Promise<boolean>;
}

const UNSENT: readonly Unsent[] = ['drawn', 'written', 'drafted'];
const PREFIX = 'livekit-meeting-room';
/** A page that goes away gives its lock back late; a duplicated tab never does. In ms. */
const CLAIM_TIMEOUT = 500;
/** The page that a reload puts away gives it back for sure, however busy the machine is. */
const RELOAD_CLAIM_TIMEOUT = 10_000;

/** The browser's storage. Where it is forbidden, the visitor id lives as long as what is returned. */
export function browserMemory(): (server: string, room: string) => Memory {
  let visitor: string | undefined;
  return (server, room) => {
    const place = `${PREFIX}:session:${server.replace(/\/+$/, '')}|${room.toLowerCase()}`;
    const unsent: Memory['unsent'] = (how) => `${place}|${how}`;
    return {
      visitor: () => (visitor ??= visitorId()),
      session: () => read('sessionStorage', place),
      keepSession: (session) => write('sessionStorage', place, session),
      forgetSession: () => {
        write('sessionStorage', place);
        for (const how of UNSENT) write('sessionStorage', unsent(how));
      },
      unsent,
      claim,
    };
  };
}

function visitorId(): string {
  const place = `${PREFIX}:visitor`;
  const kept = read('localStorage', place);
  if (kept !== undefined && /^[\w-]{22}$/.test(kept)) return kept;
  const id = randomId();
  write('localStorage', place, id);
  return id;
}

async function claim(session: string, signal: AbortSignal): Promise<boolean> {
  // Missing on insecure pages and in old browsers: then two tabs can't be told apart.
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks || signal.aborted) return true;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(session));
  // A lock's name is seen by every script of the origin, so it must not be the secret.
  const name = `${PREFIX}:${[...new Uint8Array(digest).slice(0, 12)].join('.')}`;
  return new Promise((resolve) => {
    const held = (): Promise<void> => {
      resolve(true);
      return new Promise((release) => {
        if (signal.aborted) release();
        signal.addEventListener('abort', () => release(), { once: true });
      });
    };
    const patience = isReloaded() ? RELOAD_CLAIM_TIMEOUT : CLAIM_TIMEOUT;
    const waiting = AbortSignal.any([AbortSignal.timeout(patience), signal]);
    locks.request(name, { signal: waiting }, held).catch(() => {
      // Given up: another page has it. Refused for any other reason, as in a sandboxed frame, pages
      // can't be told apart.
      resolve(!waiting.aborted);
    });
  });
}

function isReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return (navigation as PerformanceNavigationTiming | undefined)?.type === 'reload';
}

type Shelf = 'localStorage' | 'sessionStorage';

function read(shelf: Shelf, place: string): string | undefined {
  try {
    return globalThis[shelf].getItem(place) ?? undefined;
  } catch {
    // Storage is forbidden or missing: as if nothing had been kept.
    return;
  }
}

function write(shelf: Shelf, place: string, value?: string): void {
  try {
    if (value) globalThis[shelf].setItem(place, value);
    else globalThis[shelf].removeItem(place);
  } catch {
    // Storage is forbidden or full: the stay works, only a reload will not find it.
  }
}
