import type { ReadonlySignal, Signal } from '@preact/signals-core';
import type { RoomEvent } from '../../protocol/events.ts';
import type { Knock } from '../../protocol/knock.ts';
import type { Cells } from '../cells.ts';

/** Who waits at the door, as hosts are told; empty for guests. */
export class KnocksSlice {
  readonly #state: Signal<readonly Knock[]>;

  constructor({ knocks }: Pick<Cells, 'knocks'>) {
    this.#state = knocks;
  }

  /** The longest waiting first. */
  get state(): ReadonlySignal<readonly Knock[]> {
    return this.#state;
  }

  /** Makes the knocks exactly `knocks`; writes nothing when nothing differs. */
  replace(knocks: readonly Knock[]): void {
    const last = new Map(this.#state.peek().map((knock) => [knock.identity, knock]));
    const next = knocks.map((knock) => kept(last.get(knock.identity), knock)).toSorted(order);
    const isSame = next.length === last.size && next.every((knock) => last.has(knock.identity));
    if (isSame && next.every((knock) => last.get(knock.identity) === knock)) return;
    this.#state.value = Object.freeze(next);
  }

  /** Follows one event of the room's log. */
  apply(event: RoomEvent): void {
    if (!('knock' in event)) return;
    const { knock, type } = event;
    const others = this.#state.peek().filter(({ identity }) => identity !== knock.identity);
    this.replace(type === 'knock-received' ? [...others, knock] : others);
  }

  /** Follows whether a knocker's page is open; who does not wait is none of our business. */
  setPresent(identity: string, present: boolean): void {
    const knocks = this.#state.peek();
    this.replace(
      knocks.map((knock) => (knock.identity === identity ? { ...knock, present } : knock)),
    );
  }
}

/** `next`, frozen; the very object of before when it says the same. */
function kept(last: Knock | undefined, next: Knock): Knock {
  const keys = Object.keys({ ...last, ...next }) as (keyof Knock)[];
  if (last && keys.every((key) => last[key] === next[key])) return last;
  return Object.freeze({ ...next });
}

const order = (a: Knock, b: Knock): number => a.at - b.at || (a.identity < b.identity ? -1 : 1);
