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

  /** As `take`, without taking anything. */
  check(key: string): number | undefined {
    return this.#wait(this.#tokens(key, this.#now()));
  }

  /** @returns undefined when `key` may go on, else the seconds until it may. */
  take(key: string): number | undefined {
    const at = this.#now();
    const tokens = this.#tokens(key, at);
    this.#buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
    if (this.#buckets.size > SWEEP_AT) this.#sweep(at);
    return this.#wait(tokens);
  }

  #tokens(key: string, now: number): number {
    const { burst, per } = this.#rate;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    return Math.min(burst, bucket.tokens + ((now - bucket.at) * burst) / per);
  }

  #wait(tokens: number): number | undefined {
    const { burst, per } = this.#rate;
    return tokens >= 1 ? undefined : Math.max(1, Math.ceil(((1 - tokens) * per) / burst / 1_000));
  }

  /** Full buckets are as good as none. */
  #sweep(now: number): void {
    for (const [key, { at }] of this.#buckets) {
      if (now - at >= this.#rate.per) this.#buckets.delete(key);
    }
  }
}
