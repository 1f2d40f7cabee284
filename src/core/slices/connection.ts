import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { RoomEvent } from '../../protocol/events.ts';
import type { Role } from '../../protocol/participant.ts';
import type { Me, RoomInfo } from '../../protocol/snapshot.ts';
import type { ConnectionState } from '../state.ts';

/** Where this page's own stay is, who one is, and what the room is. */
export class ConnectionSlice {
  readonly #state: Signal<ConnectionState> = signal(Object.freeze({ phase: 'idle' }));
  readonly #me = signal<Me | undefined>(undefined);
  readonly #room = signal<RoomInfo | undefined>(undefined);

  get state(): ReadonlySignal<ConnectionState> {
    return this.#state;
  }

  get me(): ReadonlySignal<Me | undefined> {
    return this.#me;
  }

  get room(): ReadonlySignal<RoomInfo | undefined> {
    return this.#room;
  }

  /** Writes nothing that is known already. */
  set(state: ConnectionState): void {
    const last = this.#state.peek();
    const isKnown = same(last, state) && same(state, last);
    if (!isKnown) this.#state.value = Object.freeze(state);
  }

  /** Takes over who one is and what the room is, unless nothing of it changed. */
  describe(me: Me, room: RoomInfo): void {
    if (!same(this.#me.peek(), me)) this.#me.value = Object.freeze({ ...me });
    if (!same(this.#room.peek(), room)) this.#room.value = Object.freeze({ ...room });
  }

  /** Follows one event of the room's log. */
  apply(event: RoomEvent): void {
    const { type } = event;
    if (type === 'room-locked' || type === 'room-unlocked') {
      this.#setRoom({ locked: type === 'room-locked' });
    }
    if (type === 'presenter-mode-changed') this.#setRoom({ presenterMode: event.on });
    if (type === 'role-changed' && event.participant.identity === this.#me.peek()?.identity) {
      this.#setRole(event.participant.role);
    }
  }

  #setRoom(change: Partial<RoomInfo>): void {
    const room = this.#room.peek();
    if (room && !same(room, change)) this.#room.value = Object.freeze({ ...room, ...change });
  }

  #setRole(role: Role): void {
    const me = this.#me.peek();
    if (!me || me.role === role) return;
    // The right by which one is in follows the role; whoever is no host any more may still stay.
    const access = role === 'host' ? 'host' : 'always';
    this.#me.value = Object.freeze({ ...me, role, access });
  }
}

function same<T extends object>(a: T | undefined, b: Partial<T>): boolean {
  const keys = Object.keys(b) as (keyof T)[];
  return a !== undefined && keys.every((key) => a[key] === b[key]);
}
