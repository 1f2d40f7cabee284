import type { Outbox } from './outbox.ts';
import { type Change, changeRoom, type Ports, type RoomRef } from './rules/change.ts';

/** A change that is committed, and its effects outside, which may still be on their way. */
export interface Committed<T> {
  result: T;
  /** Whether the effects are carried out. Resolves false after the first failure: retries follow. */
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
    let roomWithEffects: string | undefined;
    const result = await changeRoom(
      this.#ports,
      ref,
      async (change) => {
        const outcome = await rule(change);
        if (change.hasEffects) roomWithEffects = change.room.id;
        return outcome;
      },
      options,
    );
    const settled =
      roomWithEffects === undefined ? Promise.resolve(true) : this.#outbox.runNow(roomWithEffects);
    return { result, settled };
  }
}
