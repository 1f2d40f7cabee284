/** So many at once, and again one by one over `per` ms. */
export interface Rate {
  burst: number;
  /** ms in which `burst` tokens grow back. */
  per: number;
}

const SWEEP_AT = 10_000;

/** Token buckets by key, in this process's memory. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** @returns undefined when `key` may go on, else the seconds until it may. */
  take(key: string): number | undefined {
    const { burst, per } = this.#rate;
    const at = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at };
    const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) * burst) / per);
    const isFree = tokens >= 1;
    this.#buckets.set(key, { tokens: isFree ? tokens - 1 : tokens, at });
    if (this.#buckets.size > SWEEP_AT) this.#sweep(at);
    return isFree ? undefined : Math.max(1, Math.ceil(((1 - tokens) * per) / burst / 1_000));
  }

  /** Full buckets are as good as none. */
  #sweep(now: number): void {
    for (const [key, { at }] of this.#buckets) {
      if (now - at >= this.#rate.per) this.#buckets.delete(key);
    }
  }
}
