import { batch, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { RoomEvent } from '../../protocol/events.ts';
import type { Connection, RosterEntry } from '../../protocol/participant.ts';
import type { Cells } from '../cells.ts';
import type { SignalMap } from '../signal-map.ts';
import type { ParticipantState } from '../state.ts';

/**
 * Who is in the call. People come from our own feed and snapshots only; LiveKit's list of
 * participants only adds machines. One participant's change writes that participant's signal alone.
 */
export class PeopleSlice {
  readonly #rows = new Map<string, ParticipantState>();
  readonly #signals: SignalMap<ParticipantState | undefined>;
  readonly #roster: Signal<readonly string[]>;
  #self: string | undefined;

  constructor({ participants, roster }: Pick<Cells, 'participants' | 'roster'>) {
    this.#signals = participants;
    this.#roster = roster;
  }

  /** Identities in the call, oneself first, then by the time they joined. */
  get roster(): ReadonlySignal<readonly string[]> {
    return this.#roster;
  }

  /** The same signal for the same identity. */
  participant(identity: string): ReadonlySignal<ParticipantState | undefined> {
    return this.#signals.of(identity);
  }

  /** Who is oneself: first in the roster. Set before the first snapshot of a stay. */
  setSelf(identity: string | undefined): void {
    this.#self = identity;
  }

  /** Makes the people exactly `roster`; writes only what differs. Machines stay. */
  replace(roster: readonly RosterEntry[]): void {
    const present = new Set(roster.map((entry) => entry.identity));
    batch(() => {
      for (const row of [...this.#rows.values()]) {
        if (row.kind === 'person' && !present.has(row.identity)) this.#remove(row.identity);
      }
      for (const entry of roster) this.#put(this.#person(entry));
    });
  }

  /** Follows one event of the room's log. */
  apply(event: RoomEvent): void {
    if (event.type === 'participant-joined') {
      batch(() => this.#put(this.#person(event.participant)));
    } else if (event.type === 'participant-left') {
      batch(() => this.#remove(event.participant.identity));
    } else if (event.type === 'role-changed') {
      const { identity, role } = event.participant;
      const row = this.#rows.get(identity);
      if (row) this.#put({ ...row, role });
    }
  }

  /** Follows somebody's signalling; unknown identities are none of our business. */
  setConnection(identity: string, connection: Connection): void {
    const row = this.#rows.get(identity);
    if (row) this.#put({ ...row, connection });
  }

  /** Adds or changes a machine that LiveKit reports. It never replaces a person. */
  putMachine(machine: ParticipantState): void {
    if (this.#rows.get(machine.identity)?.kind === 'person') return;
    batch(() => this.#put(machine));
  }

  /** Takes a machine out. It never takes a person out. */
  removeMachine(identity: string): void {
    const row = this.#rows.get(identity);
    if (row && row.kind !== 'person') batch(() => this.#remove(identity));
  }

  clear(): void {
    batch(() => {
      for (const identity of this.#rows.keys()) this.#signals.of(identity).value = undefined;
      this.#rows.clear();
      if (this.#roster.peek().length > 0) this.#roster.value = Object.freeze([]);
    });
    this.#self = undefined;
  }

  #person(entry: RosterEntry): ParticipantState {
    const { identity, name, role, person, joinedAt, connection } = entry;
    const self = identity === this.#self;
    return { identity, name, role, person, joinedAt, connection, self, kind: 'person' };
  }

  #put(next: ParticipantState): void {
    const last = this.#rows.get(next.identity);
    if (last && same(last, next)) return;
    const row = Object.freeze(next);
    const moved = last?.joinedAt !== row.joinedAt || last.self !== row.self;
    if (last && moved) this.#unlist(last);
    this.#rows.set(row.identity, row);
    if (moved) this.#list(row);
    this.#signals.of(row.identity).value = row;
  }

  #remove(identity: string): void {
    const row = this.#rows.get(identity);
    if (!row) return;
    this.#unlist(row);
    this.#rows.delete(identity);
    this.#signals.of(identity).value = undefined;
  }

  #list(row: ParticipantState): void {
    const roster = this.#roster.peek();
    this.#roster.value = Object.freeze(roster.toSpliced(this.#place(roster, row), 0, row.identity));
  }

  #unlist(row: ParticipantState): void {
    const roster = this.#roster.peek();
    const place = this.#place(roster, row);
    if (roster[place] === row.identity) {
      this.#roster.value = Object.freeze(roster.toSpliced(place, 1));
    }
  }

  /** Where `row` is or belongs in `roster`, by halving. */
  #place(roster: readonly string[], row: ParticipantState): number {
    let low = 0;
    let high = roster.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#rows.get(roster[middle] ?? '');
      if (other && order(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function order(a: ParticipantState, b: ParticipantState): number {
  if (a.self !== b.self) return a.self ? -1 : 1;
  if (a.joinedAt !== b.joinedAt) return a.joinedAt - b.joinedAt;
  return a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0;
}

function same(a: ParticipantState, b: ParticipantState): boolean {
  const keys = Object.keys(b) as (keyof ParticipantState)[];
  return keys.every((key) => a[key] === b[key]);
}
