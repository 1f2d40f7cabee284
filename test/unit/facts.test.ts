import { expect, it } from 'vitest';
import type { Fact } from '../../src/core/state.ts';
import { toEvent } from '../../src/elements/meeting-room/facts.ts';
import { RoomEvent } from '../../src/protocol/events.ts';

const EVENTS = RoomEvent.options.map(({ entries }) => ({
  type: entries.type.literal,
  fields: Object.keys(entries),
}));

it.each(EVENTS)('A page hears $type with the name and all the fields of the webhook', (event) => {
  const told = Object.fromEntries(event.fields.map((field) => [field, { of: field }]));
  const fact = { ...told, type: event.type } as unknown as Fact;
  const heard = toEvent(fact) as Event & Record<string, unknown>;
  expect(heard).toBeInstanceOf(Event);
  for (const field of event.fields) expect(heard[field], field).toBe({ ...fact }[field as 'type']);
  const own = Object.keys(heard).filter((field) => field !== 'isTrusted');
  expect([...own, 'type'].toSorted()).toEqual(event.fields.toSorted());
});
