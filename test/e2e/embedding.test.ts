import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { throughout } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Heard } from './person.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const anyId = expect.stringMatching(/^e_/);
const anyIdentity = expect.stringMatching(/^p_[\w-]{22}$/);

/** A participant as events tell of them: these four fields, and nothing that says more. */
const participant = (name: string, role: string): object => ({
  identity: anyIdentity,
  name,
  role,
  person: expect.any(String),
});

const HOW_HEARD = new Set(['heardAt', 'cancelable', 'bubbles', 'composed']);

/** The facts as they are told, without when and how this page heard them. */
function plain(events: Heard[]): object[] {
  return events.map((event) =>
    Object.fromEntries(Object.entries(event).filter(([field]) => !HOW_HEARD.has(field))),
  );
}

describe('The embedding page', () => {
  it('stops a removal by preventDefault() on participant-remove-request', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    await host.sees('Gil');
    await host.page.evaluate(`
      window.veto = (event) => event.preventDefault();
      document.body.addEventListener('participant-remove-request', window.veto);
    `);
    await host.askToRemove('Gil');
    await host.hears('participant-remove-request');
    await throughout('nothing happens', 1_500, async () => {
      const asked = await host.page.getByRole('alertdialog').count();
      return asked === 0 && (await guest.heard('meeting-left')).length === 0;
    });
    const [request] = await host.heard('participant-remove-request');
    expect(request).toMatchObject({ cancelable: true, bubbles: true, composed: true });
    await host.page.evaluate(
      `document.body.removeEventListener('participant-remove-request', window.veto)`,
    );
    await host.remove('Gil');
    await guest.hears('meeting-left', (event) => event.reason === 'removed');
    await stage.closeAll(host, guest);
  });

  it('removes by a method at once, without a request and without a question', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    await host.sees('Gil');
    await host.calls('removeParticipant', guest.entered.me.identity, { note: 'Wrong meeting' });
    const left = await guest.hears('meeting-left');
    expect(left).toMatchObject({ reason: 'removed', note: 'Wrong meeting' });
    await guest.page.getByText('Wrong meeting').first().waitFor();
    expect(await host.heard('participant-remove-request')).toEqual([]);
    await stage.closeAll(host, guest);
  });

  it('hears the facts, each in its shape and once', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const watcher = await stage.member(room, 'Wim');
    await host.calls('setLocked', false);
    await watcher.hears('room-unlocked');
    const guest = await stage.guest(room);
    await watcher.hears('participant-joined', (event) => event.participant?.name === 'Gil');
    await host.remove('Gil');
    await watcher.hears('participant-removed');
    await watcher.hears('room-locked');
    await host.hears('participant-left');

    const hanna = participant('Hanna', 'host');
    const gil = participant('Gil', 'guest');
    const common = { id: anyId, seq: expect.any(Number), at: expect.any(Number), room };
    const facts = (await watcher.heard()).filter((event) => event.id);
    const joins = (who: object): object => ({
      type: 'participant-joined',
      ...common,
      by: who,
      participant: { ...who, joinedAt: expect.any(Number), connection: 'connected' },
    });
    expect(plain(facts)).toEqual([
      joins(participant('Wim', 'guest')),
      { type: 'room-unlocked', ...common, by: hanna },
      joins(gil),
      ...inAnyOrder(facts.slice(3), [
        { type: 'participant-removed', ...common, participant: gil, by: hanna },
        { type: 'participant-left', ...common, participant: gil, by: hanna, reason: 'removed' },
        { type: 'room-locked', ...common, cause: 'removal', by: hanna },
      ]),
    ]);
    for (const fact of facts) expect(fact).toMatchObject({ cancelable: false, bubbles: false });
    const numbers = facts.map((fact) => fact.seq ?? 0);
    expect(numbers, 'in order, without gaps').toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
    const idOf = (type: string): string | undefined => facts.find((fact) => fact.type === type)?.id;
    expect(idOf('participant-left')).toBe(idOf('participant-removed'));

    const [joined] = await watcher.heard('meeting-joined');
    expect(joined).toMatchObject({
      me: participant('Wim', 'guest'),
      room: { name: room, locked: true },
    });
    expect(await guest.heard('meeting-left')).toMatchObject([
      { reason: 'removed', by: hanna, next: expect.stringMatching(/^(knock|none|enter)$/) },
    ]);
    expect(await guest.heard('participant-removed'), 'told to the others').toEqual([]);
    // The same fact is the same to all who hear it.
    const [toHost] = plain(await host.heard('participant-removed'));
    expect(plain(facts)).toContainEqual(toHost);
    await stage.closeAll(host, watcher, guest);
  });
});

/** The expectations in the order in which the events came. */
function inAnyOrder<T extends { type: string }>(events: Heard[], expected: T[]): T[] {
  const order = events.map((event) => event.type);
  return [...expected].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}
