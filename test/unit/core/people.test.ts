import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { createCells } from '../../../src/core/cells.ts';
import { PeopleSlice } from '../../../src/core/slices/people.ts';
import type { RoomEvent } from '../../../src/protocol/events.ts';
import { identity, person } from '../../fakes/core-fakes.ts';

const common = { id: 'e_1', seq: 1, at: 1, room: 'acme' };

/** Counts how often each watched signal fires, from now on. */
function watch(people: PeopleSlice, identities: readonly string[]): Map<string, number> {
  const fired = new Map<string, number>();
  for (const one of identities) {
    let first = true;
    effect(() => {
      void people.participant(one).value;
      if (!first) fired.set(one, (fired.get(one) ?? 0) + 1);
      first = false;
    });
  }
  return fired;
}

describe('people', () => {
  it('puts oneself first, then by the time they joined', () => {
    const people = new PeopleSlice(createCells());
    people.setSelf(identity(7));
    people.replace([person(9), person(7), person(2), person(4)]);
    expect(people.roster.value).toEqual([identity(7), identity(2), identity(4), identity(9)]);
    expect(people.participant(identity(7)).value?.self).toBe(true);
    expect(people.participant(identity(9)).value?.self).toBe(false);
  });

  it('fires one signal of 500 when one person changes, and leaves the roster alone', () => {
    const people = new PeopleSlice(createCells());
    const everybody = Array.from({ length: 500 }, (_, n) => person(n));
    people.replace(everybody);
    const fired = watch(
      people,
      everybody.map((entry) => entry.identity),
    );
    const roster = people.roster.value;
    people.setConnection(identity(250), 'reconnecting');
    expect([...fired]).toEqual([[identity(250), 1]]);
    expect(people.roster.value).toBe(roster);
    expect(people.participant(identity(250)).value?.connection).toBe('reconnecting');
  });

  it('fires nothing for a snapshot that says what is known', () => {
    const people = new PeopleSlice(createCells());
    const everybody = Array.from({ length: 20 }, (_, n) => person(n));
    people.replace(everybody);
    const fired = watch(
      people,
      everybody.map((entry) => entry.identity),
    );
    const roster = people.roster.value;
    people.replace(everybody.map((entry) => ({ ...entry })));
    expect(fired.size).toBe(0);
    expect(people.roster.value).toBe(roster);
  });

  it('follows joins and departures, with the same signal for the same identity', () => {
    const people = new PeopleSlice(createCells());
    const held = people.participant(identity(3));
    const joined: RoomEvent = { ...common, type: 'participant-joined', participant: person(3) };
    people.apply(joined);
    expect(held.value?.name).toBe('Person 3');
    const { joinedAt: _, connection: __, ...participant } = person(3);
    people.apply({ ...common, type: 'participant-left', participant, reason: 'removed' });
    expect(held.value).toBeUndefined();
    expect(people.roster.value).toEqual([]);
    people.apply(joined);
    expect(held.value?.name).toBe('Person 3');
    expect(people.participant(identity(3))).toBe(held);
  });

  it('freezes what it shows', () => {
    const people = new PeopleSlice(createCells());
    people.replace([person(1)]);
    expect(Object.isFrozen(people.participant(identity(1)).value)).toBe(true);
    expect(Object.isFrozen(people.roster.value)).toBe(true);
  });

  it('lets machines neither replace nor remove a person', () => {
    const people = new PeopleSlice(createCells());
    people.replace([person(1)]);
    const machine = { ...person(1), name: 'Impostor', self: false, kind: 'agent' as const };
    people.putMachine(machine);
    people.removeMachine(identity(1));
    expect(people.participant(identity(1)).value?.name).toBe('Person 1');
    people.putMachine({ ...machine, identity: 'agent-1' });
    people.replace([]);
    expect(people.roster.value).toEqual(['agent-1']);
    people.removeMachine('agent-1');
    expect(people.roster.value).toEqual([]);
  });

  it('knows nobody who is not in the roster by their signalling alone', () => {
    const people = new PeopleSlice(createCells());
    people.setConnection(identity(5), 'connected');
    expect(people.roster.value).toEqual([]);
    expect(people.participant(identity(5)).value).toBeUndefined();
  });
});
