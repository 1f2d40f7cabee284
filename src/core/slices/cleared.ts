import type { Signal } from '@preact/signals-core';
import type { RoomEvent } from '../../protocol/events.ts';
import type { ResetCount } from '../../protocol/reset.ts';
import type { Cells } from '../cells.ts';

/** How far a reset has come that is not done yet, as hosts are told. */
export class ClearedSlice {
  readonly #state: Signal<readonly ResetCount[]>;

  constructor({ cleared }: Pick<Cells, 'cleared'>) {
    this.#state = cleared;
  }

  add(cleared: ResetCount): void {
    this.#state.value = Object.freeze([...this.#state.peek(), Object.freeze(cleared)]);
  }

  /** Follows one event of the room's log. */
  apply({ type }: RoomEvent): void {
    if (type === 'room-reset') this.clear();
  }

  clear(): void {
    if (this.#state.peek().length > 0) this.#state.value = Object.freeze([]);
  }
}
