import { vi } from 'vitest';
import { RoomStore } from '../../../src/core/room-store.ts';
import type { Fact } from '../../../src/core/state.ts';
import type { Knock } from '../../../src/protocol/knock.ts';
import type { Role } from '../../../src/protocol/participant.ts';
import { entered, FakeWorld, identity, person } from '../../fakes/core-fakes.ts';

export const options = { server: 'https://example.com/meeting', room: 'acme', name: 'Ada' };
/** Person 1, who is oneself. */
export const by = {
  identity: identity(1),
  name: 'Person 1',
  person: 'person-1',
  role: 'host' as const,
};
/** What every event has, but for `seq` and `type`. */
export const common = { id: 'e_1', at: 1, room: 'acme' };

export const tick = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Person 1 in the call with persons 2 and 3, at position 10 of the log. */
export async function inCall(knocks: Knock[] = [], role: Role = 'host') {
  const world = new FakeWorld();
  const store = new RoomStore(options, world.ports);
  const facts: Fact[] = [];
  store.listen((fact) => facts.push(fact), new AbortController().signal);
  const snapshot = entered(10, [person(1, { role }), person(2), person(3)]);
  const access = role === 'host' ? ('host' as const) : ('always' as const);
  world.api.on('call-enter', { ...snapshot, me: { ...snapshot.me, role, access }, knocks });
  await store.join();
  await tick();
  const types = (): string[] => facts.map(({ type }) => type);
  const waiting = (): string[] => store.knocks.value.map(({ name }) => name);
  const { api, sockets, link, page } = world;
  return { api, sockets, link, page, store, facts, types, waiting };
}
