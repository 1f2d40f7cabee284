import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { RoomEvent, RoomEventType } from '../../protocol/events.ts';
import type { Cells } from '../cells.ts';
import type { AccessListState } from '../state.ts';

/** Events that let nobody in and keep nobody out. */
const HARMLESS: ReadonlySet<RoomEventType> = new Set<RoomEventType>([
  'knock-received',
  'knock-denied',
  'knock-over',
  'message-received',
  'message-edited',
  'message-deleted',
]);

/** Who may come in, and who may not, as hosts are told; and what of it is out of date. */
export class AccessListSlice {
  readonly #state: Signal<AccessListState>;
  readonly #due = signal(0);

  constructor({ accessList }: Pick<Cells, 'accessList'>) {
    this.#state = accessList;
  }

  /** A list that is true at an earlier position of the log than this is no longer right. */
  get due(): ReadonlySignal<number> {
    return this.#due;
  }

  /** Follows one event of the room's log. */
  apply(event: RoomEvent): void {
    if (!HARMLESS.has(event.type)) this.outdate(event.seq);
  }

  /** Something may have changed up to `seq`. */
  outdate(seq: number): void {
    this.#due.value = Math.max(this.#due.peek(), seq);
  }

  set(state: AccessListState): void {
    this.#state.value = Object.freeze(state);
  }

  /** Forgets a stay that is over. */
  clear(): void {
    this.set({ phase: 'unknown' });
    this.#due.value = 0;
  }
}
