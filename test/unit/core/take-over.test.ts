import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomStore } from '../../../src/core/room-store.ts';
import type { Fact } from '../../../src/core/state.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Exit } from '../../../src/protocol/exit.ts';
import { entered, FakeWorld, person, SESSION } from '../../fakes/core-fakes.ts';
import { inCall, options, tick } from './host-in-call.ts';

const here = new MeetingError('already-here', 'In another window.');
const replaced: Exit = { reason: 'replaced', at: 5, next: 'takeover' };
const NEW_SESSION = 'n'.repeat(43);

function setUp() {
  const world = new FakeWorld();
  const store = new RoomStore(options, world.ports);
  const facts: Fact[] = [];
  store.listen((fact) => facts.push(fact), new AbortController().signal);
  return { store, facts, api: world.api, memory: world.memory };
}

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('who is in the call already, elsewhere', () => {
  it('is told so before they go in', async () => {
    const { store, api } = setUp();
    api.on('call-check', { access: 'host', name: 'Ada', here: true });
    await store.check();
    expect(store.access.value).toEqual({ phase: 'known', access: 'host', name: 'Ada', here: true });
  });

  it('is told so by the door, too, and that is no error', async () => {
    const { store, api, facts } = setUp();
    api.on('call-check', { access: 'host', name: 'Ada', here: false });
    await store.check();
    api.on('call-enter', here);
    await expect(store.join()).rejects.toBe(here);
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'host', name: 'Ada', here: true });
    expect(facts).toEqual([]);
  });

  it('is told so also where nobody had asked', async () => {
    const { store, api } = setUp();
    api.on('call-enter', here);
    await expect(store.join()).rejects.toBe(here);
    expect(store.access.value).toEqual({ phase: 'known', access: 'always', here: true });
  });

  it.each(['take-over', 'beside'] as const)('goes on as they say: %s', async (again) => {
    const { store, api } = setUp();
    api.on('call-enter', entered(10, [person(1)]));
    await store.join({ name: 'Grace', again });
    expect(api.calls[0]?.input).toMatchObject({ name: 'Grace', again });
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('says nothing of it otherwise', async () => {
    const { store, api } = setUp();
    api.on('call-enter', entered(10, [person(1)]));
    await store.join();
    expect(api.calls[0]?.input).not.toHaveProperty('again');
  });
});

describe('a page that was replaced', () => {
  async function putAside() {
    const room = await inCall([], 'guest');
    room.sockets.last.say({ type: 'over', exit: replaced });
    await tick();
    expect(room.store.connection.value).toEqual({ phase: 'out', exit: replaced });
    return room;
  }

  it('takes the stay over again by its session', async () => {
    const { store, api } = await putAside();
    api.on('call-resume', entered(20, [person(1)]));
    await store.comeBack();
    expect(api.calls.at(-1)).toMatchObject({
      stem: 'call-resume',
      input: { takeOver: true },
      options: { session: SESSION },
    });
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it.each([
    ['was replaced', new MeetingError('admission-over', 'Over.', { exit: replaced })],
    ['is unknown by now', new MeetingError('session-invalid', 'Unknown.')],
  ])('enters in one step when its session %s', async (_, dead) => {
    const { store, api, facts } = await putAside();
    api.on('call-resume', dead);
    api.on('call-enter', { ...entered(20, [person(1)]), session: NEW_SESSION });
    const phases: string[] = [];
    store.connection.subscribe(({ phase }) => phases.push(phase));
    await store.comeBack();
    await tick();
    expect(api.calls.at(-1)).toMatchObject({
      stem: 'call-enter',
      input: { name: 'Ada', again: 'take-over' },
    });
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(phases.filter((phase) => phase !== 'joining')).toEqual(['out', 'joined']);
    expect(store.requests.value.size).toBe(0);
    expect(facts.map(({ type }) => type)).toEqual([
      'meeting-joined',
      'meeting-left',
      'meeting-joined',
    ]);
  });

  it('knocks when the other page is gone and the door locked', async () => {
    const { store, api } = await putAside();
    api.on('call-resume', new MeetingError('session-invalid', 'Unknown.'));
    api.on('call-enter', new MeetingError('room-locked', 'Locked.'));
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'knock', here: false });
  });

  it('hears why, when it was put out meanwhile', async () => {
    const removed: Exit = { reason: 'removed', at: 9, next: 'none' };
    const { store, api } = await putAside();
    api.on('call-resume', new MeetingError('admission-over', 'Over.', { exit: removed }));
    await expect(store.comeBack()).rejects.toMatchObject({ code: 'admission-over' });
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed });
    expect(api.count('call-enter')).toBe(1);
  });

  it('stays where it is when nothing answers', async () => {
    const { store, api } = await putAside();
    api.on('call-resume', new MeetingError('server-unreachable', 'Nothing.'));
    await expect(store.comeBack()).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(store.connection.value).toEqual({ phase: 'out', exit: replaced });
  });
});

describe('an exit', () => {
  it('is told with when and until when the step is open', async () => {
    const { sockets, facts } = await inCall([], 'guest');
    const exit: Exit = { reason: 'denied', at: 5, next: 'knock', from: 60_005, until: 99_000 };
    sockets.last.say({ type: 'over', exit });
    expect(facts.at(-1)).toEqual({ type: 'meeting-left', ...exit });
  });
});
