import pLimit, { type LimitFunction } from 'p-limit';

/** Who wants into one room: so few leave room for the acts of those who are in it. */
export const COMERS_AT_ONCE = 4;

/**
 * Lets only a few at once into one room's work; who comes then waits, in the order of coming. Those
 * outside must not keep those inside waiting, however many they are.
 */
export class Turns {
  readonly #atOnce: number;
  readonly #lines = new Map<string, LimitFunction>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Rooms that somebody waits or works for. */
  get size(): number {
    return this.#lines.size;
  }

  async take<T>(room: string, work: () => Promise<T>): Promise<T> {
    const name = room.toLowerCase();
    const line = this.#lines.get(name) ?? pLimit(this.#atOnce);
    this.#lines.set(name, line);
    try {
      return await line(work);
    } finally {
      if (line.activeCount + line.pendingCount === 0) this.#lines.delete(name);
    }
  }
}
