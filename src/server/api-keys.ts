import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

/** The keys by which the integrator's other backends act. Only their digests are kept. */
export class ApiKeys {
  readonly #digests: readonly Buffer[];

  constructor(keys: readonly string[] = []) {
    this.#digests = keys.map(digest);
  }

  /** Whether `bearer` is one of them; takes as long whichever it is, or none. */
  has(bearer: string | undefined): boolean {
    if (bearer === undefined) return false;
    const given = digest(bearer);
    return this.#digests.filter((own) => timingSafeEqual(own, given)).length > 0;
  }
}
