import type { Place, Way } from './way.ts';

/** The session that this page uses: kept for a reload, and used by no other page meanwhile. */
export class Hold {
  #way: Way | undefined;
  #claim = new AbortController();

  get way(): Way | undefined {
    return this.#way;
  }

  /** @returns the way that this tab kept; undefined when there is none, or another page uses it. */
  async reclaim(place: Place): Promise<Way | undefined> {
    const { memory } = place;
    const session = memory.session();
    if (session === undefined) return undefined;
    const { signal } = this.#claim;
    const isOurs = await memory.claim(session, signal);
    if (signal.aborted) return undefined;
    if (isOurs) this.#way = { ...place, session };
    else memory.forgetSession();
    return this.#way;
  }

  take(way: Way): void {
    const { memory, session } = way;
    if (this.#way?.session !== session) void memory.claim(session, this.#claim.signal);
    this.#way = way;
    memory.keepSession(session);
  }

  /** Other pages may use the session. */
  release(): void {
    this.#claim.abort();
    this.#claim = new AbortController();
    this.#way = undefined;
  }

  /** The session is of no more use to anybody. */
  forget(): void {
    this.#way?.memory.forgetSession();
    this.release();
  }
}
