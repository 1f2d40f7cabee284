import { effect } from '@preact/signals-core';
import type { Answer } from '../protocol/routes.ts';
import type { Cells } from './cells.ts';
import type { Looker } from './livekit/port.ts';
import { type Page, Pause } from './page.ts';
import { isFinal, retryDelay } from './retry.ts';
import { requestKey } from './state.ts';

/** At how many one looks at a time; the others wait for their turn. The engine frees no connection. */
const MAX_LOOKERS = 4;

export interface LooksPorts {
  readonly cells: Pick<Cells, 'knocks' | 'knockVideos' | 'demand'>;
  readonly page: Page;
  /** Asks `knock-look`. */
  ask(identity: string): Promise<Answer<'knock-look'>>;
  /** @throws MeetingError `engine-unavailable` */
  makeLooker(): Promise<Looker>;
}

/** Looks at whoever knocks with camera, for as long as somebody here wants to see them. */
export class Looks {
  readonly #ports: LooksPorts;
  readonly #life = new AbortController();
  readonly #running = new Map<string, AbortController>();
  readonly #lookers: Looker[] = [];
  readonly #free: Looker[] = [];
  readonly #queue = new Set<() => void>();
  #targets: ReadonlySet<string> = new Set();
  #taken = 0;

  constructor(ports: LooksPorts) {
    this.#ports = ports;
    const { knocks, demand } = ports.cells;
    const { signal } = this.#life;
    const stop = effect(() => {
      const wanted = demand.counts.value;
      const seen = knocks.value.filter(
        ({ camera, identity }) => camera && wanted.has(requestKey('knock-look', identity)),
      );
      this.#follow(seen.map(({ identity }) => identity));
    });
    signal.addEventListener('abort', stop, { once: true });
  }

  dispose(): void {
    this.#life.abort();
    this.#follow([]);
    for (const looker of this.#lookers) looker.dispose();
  }

  #follow(identities: readonly string[]): void {
    this.#targets = new Set(identities);
    for (const [identity, look] of this.#running) {
      if (!this.#targets.has(identity)) look.abort();
    }
    for (const identity of identities) {
      if (!this.#running.has(identity)) void this.#look(identity);
    }
  }

  /** Until it is over, or there is nothing more to see. Never rejects. */
  async #look(identity: string): Promise<void> {
    const look = new AbortController();
    this.#running.set(identity, look);
    await this.#keep(identity, look.signal);
    this.#running.delete(identity);
    // Wanted again while the last look was being put away.
    if (look.signal.aborted && this.#targets.has(identity)) void this.#look(identity);
  }

  async #keep(identity: string, signal: AbortSignal): Promise<void> {
    const { page } = this.#ports;
    const pause = new Pause();
    page.onWake(() => pause.wake(), signal);
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      let failure: unknown;
      try {
        await this.#once(identity, signal, () => (attempt = 0));
      } catch (error) {
        // Answered or gone: the feed tells, and takes the card away.
        if (isFinal(error)) return;
        failure = error;
      }
      await pause.wait(retryDelay(attempt, failure, page), signal);
    }
  }

  /** One connection, from its token to its end. */
  async #once(identity: string, signal: AbortSignal, seen: () => void): Promise<void> {
    const { cells, ask } = this.#ports;
    const shown = cells.knockVideos.of(identity);
    const looker = await this.#take(signal);
    if (!looker) return;
    try {
      const { door, token } = await ask(identity);
      signal.throwIfAborted();
      await looker.look(door, token, signal, (video) => {
        seen();
        shown.value = video;
      });
    } finally {
      shown.value = undefined;
      this.#give(looker);
    }
  }

  /** @returns a looker that nobody uses; undefined when `signal` aborted before there was one. */
  async #take(signal: AbortSignal): Promise<Looker | undefined> {
    while (this.#taken >= MAX_LOOKERS && !signal.aborted) await this.#turn(signal);
    if (signal.aborted) return undefined;
    this.#taken += 1;
    const free = this.#free.pop();
    if (free) return free;
    try {
      const made = await this.#ports.makeLooker();
      this.#lookers.push(made);
      if (this.#life.signal.aborted) made.dispose();
      return made;
    } catch (error) {
      this.#give();
      throw error;
    }
  }

  #give(looker?: Looker): void {
    if (looker) this.#free.push(looker);
    this.#taken -= 1;
    const [next] = this.#queue;
    next?.();
  }

  /** Resolves when a looker was given back, or `signal` aborts. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        this.#queue.delete(end);
        resolve();
      };
      signal.addEventListener('abort', end);
      this.#queue.add(end);
    });
  }
}
