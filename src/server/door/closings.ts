import { setTimeout as delay } from 'node:timers/promises';
import type { Commits } from '../commits.ts';
import type { Logger } from '../logger.ts';
import { type ClosedSocket, disconnected } from '../rules/presence.ts';

/** What closes with it closes by then, ms. */
const GATHER = 30;
const RETRY = 1_000;
const TRIES = 30;

/**
 * Writes down which sockets closed, those of one room together: when a call ends, all of its sockets
 * close at once.
 */
export class Closings {
  readonly #commits: Commits;
  readonly #logger: Logger;
  readonly #waiting = new Map<string, ClosedSocket[]>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(commits: Commits, logger: Logger) {
    this.#commits = commits;
    this.#logger = logger;
  }

  add(roomId: string, socket: ClosedSocket): void {
    const waiting = this.#waiting.get(roomId);
    if (waiting) return void waiting.push(socket);
    this.#waiting.set(roomId, [socket]);
    const before = this.#writing.get(roomId);
    const writing = this.#write(roomId, before).finally(() => {
      if (this.#writing.get(roomId) === writing) this.#writing.delete(roomId);
    });
    this.#writing.set(roomId, writing);
  }

  /** Resolves when all that closed until now is written down, or has been given up. */
  async written(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  /** Others must see that somebody is away: tried again while the database is. */
  async #write(roomId: string, before: Promise<void> | undefined): Promise<void> {
    await Promise.all([before, delay(GATHER)]);
    const closed = this.#waiting.get(roomId) ?? [];
    this.#waiting.delete(roomId);
    for (let tries = 1; tries <= TRIES; tries++) {
      try {
        await this.#commits.change({ id: roomId }, (change) => disconnected(change, closed));
        return;
      } catch (error) {
        this.#logger.warn('Closed connections could not be written down.', { error, tries });
        await delay(RETRY, undefined, { ref: false });
      }
    }
  }
}
