import type { Outbox } from './outbox.ts';
import { type Change, changeRoom, type Ports, type RoomRef } from './rules/change.ts';

/** A change that is committed, and its effects outside, which may still be on their way. */
export interface Committed<T> {
  result: T;
  /** Whether LiveKit has carried its effects out. Resolves false after the first failure: retries follow. */
  settled: Promise<boolean>;
}

/** Commits changes of rooms, and carries out at once what they leave in the outbox. */
export class Commits {
  readonly #ports: Ports;
  readonly #outbox: Outbox;

  constructor(ports: Ports, outbox: Outbox) {
    this.#ports = ports;
    this.#outbox = outbox;
  }

  async change<T>(
    ref: RoomRef,
    rule: (change: Change) => Promise<T>,
    options?: { create?: boolean },
  ): Promise<Committed<T>> {
    let done: Change | undefined;
    const result = await changeRoom(
      this.#ports,
      ref,
      (change) => {
        done = change;
        return rule(change);
      },
      options,
    );
    const settled = done?.forSfu.length
      ? this.#outbox.runNow(done.room.id, done.forSfu)
      : Promise.resolve(true);
    return { result, settled };
  }
}
