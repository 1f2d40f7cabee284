import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomStore } from '../../../src/core/room-store.ts';
import type { Fact } from '../../../src/core/state.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Exit } from '../../../src/protocol/exit.ts';
import { entered, FakeWorld, identity, person, SESSION } from '../../fakes/core-fakes.ts';

const options = { server: 'https://example.com/meeting', room: 'acme', name: 'Ada' };
const removed: Exit = { reason: 'removed', at: 5, next: 'none' };
const over = (exit: Exit): MeetingError => new MeetingError('admission-over', 'Over.', { exit });
const offline = (): MeetingError => new MeetingError('server-unreachable', 'Nothing answered.');

function setUp(world = new FakeWorld()) {
  const store = new RoomStore(options, world.ports);
  const facts: Fact[] = [];
  const life = new AbortController();
  store.listen((fact) => facts.push(fact), life.signal);
  world.api.on('call-enter', entered(10, [person(1), person(2)]));
  const types = (): string[] => facts.map(({ type }) => type);
  const { api, link, page, memory, sockets } = world;
  return { api, link, page, memory, sockets, world, store, facts, types };
}

async function joined(world = new FakeWorld()) {
  const room = setUp(world);
  await room.store.join();
  await tick();
  return room;
}

const tick = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('joining', () => {
  it('enters, connects through the door, and follows the feed from the snapshot', async () => {
    const { store, api, link, sockets, memory, facts, types } = await joined();
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(api.calls[0]).toMatchObject({
      stem: 'call-enter',
      input: { visitor: 'v'.repeat(22), name: 'Ada' },
    });
    expect(link.connects).toEqual([
      {
        door: 'https://example.com/meeting',
        token: 'livekit-token',
        kinds: ['camera', 'microphone', 'screen', 'screen-sound'],
      },
    ]);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 10 }]);
    expect(memory.kept).toBe(SESSION);
    expect(store.roster.value).toEqual([identity(1), identity(2)]);
    expect(link.roster).toEqual([identity(1), identity(2)]);
    expect(types()).toEqual(['meeting-joined']);
    expect(facts[0]).toMatchObject({ me: { identity: identity(1) }, room: { name: 'acme' } });
  });

  it.each([-5, 5, -60 * 24 * 365, 60 * 24 * 365])(
    'abuse 63: goes well when the clock of the page is %i minutes off',
    async (minutes) => {
      vi.setSystemTime(Date.now() + minutes * 60_000);
      const { store, world, sockets, types } = await joined();
      expect(store.connection.value).toEqual({ phase: 'joined' });
      sockets.last.close();
      await tick(2_000);
      expect(sockets.last.sent).toEqual([{ session: SESSION, after: 10 }]);
      expect(world.api.calls.map(({ stem }) => stem)).not.toContain('call-leave');
      expect(types()).toEqual(['meeting-joined']);
    },
  );

  it('asks for a fresh entry token each time', async () => {
    const { store, api } = setUp();
    const entryToken = vi.fn(async () => 'token-of-now');
    store.configure({ ...options, entryToken });
    await store.join({ name: 'Grace' });
    expect(api.calls[0]?.input).toMatchObject({ entryToken: 'token-of-now', name: 'Grace' });
    expect(entryToken).toHaveBeenCalledOnce();
  });

  it('is back on the join screen with the reason when it is refused', async () => {
    const { store, api, types } = setUp();
    api.on('call-enter', new MeetingError('access-key-invalid', 'No.'));
    await expect(store.join()).rejects.toMatchObject({ code: 'access-key-invalid' });
    expect(store.connection.value).toMatchObject({
      phase: 'idle',
      error: { code: 'access-key-invalid' },
    });
    expect(types()).toEqual(['meeting-error']);
  });

  it('says what is missing in the set-up', async () => {
    const { store, api } = setUp();
    store.configure({ server: '', room: 'acme' });
    await expect(store.join()).rejects.toMatchObject({ code: 'setup-incomplete' });
    expect(store.connection.value).toMatchObject({ phase: 'idle' });
    expect(api.calls).toEqual([]);
  });

  it('gives the stay back when the engine does not load, and loads anew next time', async () => {
    const { world, store, api } = setUp();
    world.engineFailure = new MeetingError('engine-unavailable', 'No chunk.');
    api.on('call-leave', { seq: 11, until: 0 });
    await expect(store.join()).rejects.toMatchObject({ code: 'engine-unavailable' });
    expect(api.count('call-leave')).toBe(1);
    world.engineFailure = undefined;
    await store.join();
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('keeps trying when media is blocked, and says so once', async () => {
    const { store, api, link, types } = setUp();
    const blocked = new MeetingError('media-blocked', 'No ICE.');
    link.failures = [blocked, blocked];
    api.on('call-resume', entered(10, [person(1)]));
    await store.join();
    expect(store.connection.value).toMatchObject({ phase: 'reconnecting', why: 'media-blocked' });
    await tick(10_000);
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(types()).toEqual(['meeting-reconnecting', 'meeting-error', 'meeting-joined']);
  });
});

describe('the feed of a stay', () => {
  it('changes the slices and tells each fact once, in order', async () => {
    const { store, sockets, types } = await joined();
    const common = { at: 1, room: 'acme' };
    sockets.last.say({ ...common, type: 'room-locked', id: 'e_1', seq: 11, cause: 'host' });
    sockets.last.say({
      ...common,
      type: 'participant-joined',
      id: 'e_2',
      seq: 12,
      participant: person(3),
    });
    sockets.last.say({ ...common, type: 'room-locked', id: 'e_1', seq: 11, cause: 'host' });
    sockets.last.say({ type: 'presence', identity: identity(2), connection: 'reconnecting' });
    expect(store.room.value?.locked).toBe(true);
    expect(store.roster.value).toEqual([identity(1), identity(2), identity(3)]);
    expect(store.participant(identity(2)).value?.connection).toBe('reconnecting');
    expect(types()).toEqual(['meeting-joined', 'room-locked', 'participant-joined']);
  });

  it('tells what a snapshot was ahead of, without changing state twice', async () => {
    const { store, api, link, sockets, types } = await joined();
    api.on('call-resume', entered(12, [person(1), person(3)]));
    link.hear?.state('lost');
    await tick(1_000);
    expect(store.roster.value).toEqual([identity(1), identity(3)]);
    const common = { at: 1, room: 'acme' };
    sockets.last.say({
      ...common,
      type: 'participant-joined',
      id: 'e_1',
      seq: 11,
      participant: person(4),
    });
    expect(store.roster.value).toEqual([identity(1), identity(3)]);
    expect(types().at(-1)).toBe('participant-joined');
  });
});

describe('being removed', () => {
  it('abuse 11: ends media at once and says why', async () => {
    const { store, sockets, link, memory, types, facts } = await joined();
    const { disconnects } = link;
    sockets.last.say({ type: 'over', exit: removed });
    await tick();
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed });
    expect(link.disconnects).toBe(disconnects + 1);
    expect(store.roster.value).toEqual([]);
    expect(types().at(-1)).toBe('meeting-left');
    expect(facts.at(-1)).toMatchObject(removed);
    expect(memory.kept).toBe(SESSION);
    await tick(120_000);
    expect(link.connects).toHaveLength(1);
  });

  it('abuse 11: is told again after a reload', async () => {
    const world = new FakeWorld();
    world.memory.kept = SESSION;
    const { store, api, link, types } = setUp(world);
    api.on('call-resume', over(removed));
    const restored = store.restore();
    expect(store.connection.value).toEqual({ phase: 'joining', resuming: true });
    expect(await restored).toBe(true);
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed });
    expect(world.memory.kept).toBe(SESSION);
    expect(link.connects).toEqual([]);
    expect(types()).toEqual([]);
  });

  it('comes straight back once a host let them, and not before', async () => {
    const { store, api, sockets, types } = await joined();
    sockets.last.say({ type: 'over', exit: removed });
    api.on('call-resume', over(removed), entered(20, [person(1)]));
    await expect(store.comeBack()).rejects.toMatchObject({ code: 'admission-over' });
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed });
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(types()).toEqual(['meeting-joined', 'meeting-left', 'meeting-joined']);
  });

  it('stays out, with the notice, when the server is not there to ask', async () => {
    const { store, api, sockets } = await joined();
    sockets.last.say({ type: 'over', exit: removed });
    api.on('call-resume', offline());
    await expect(store.comeBack()).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed });
  });

  it('takes over when the stay was used elsewhere, and goes to the join screen when it may', async () => {
    const { store, api, sockets, memory } = await joined();
    sockets.last.say({ type: 'over', exit: { reason: 'replaced', at: 1, next: 'takeover' } });
    api.on('call-resume', entered(20, [person(1)]));
    await store.comeBack();
    expect(api.calls.at(-1)?.input).toEqual({ takeOver: true });
    await tick();
    sockets.last.say({ type: 'over', exit: { reason: 'ended', at: 1, next: 'enter' } });
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(memory.kept).toBeUndefined();
  });
});

describe('losing the connection', () => {
  it('asks our server, 1, 2, 4 … 15 s apart, until it answers', async () => {
    const { store, api, link, facts, types } = await joined();
    api.on('call-resume', offline());
    link.hear?.state('lost');
    await tick(200);
    expect(store.connection.value).toMatchObject({ phase: 'reconnecting', why: 'network' });
    const asked: number[] = [];
    for (let seconds = 1; seconds <= 60; seconds += 1) {
      const before = api.count('call-resume');
      await tick(1_000);
      if (api.count('call-resume') > before) asked.push(seconds);
    }
    expect(asked).toEqual([1, 3, 7, 15, 30, 45, 60]);
    api.on('call-resume', entered(12, [person(1), person(2)]));
    await tick(15_000);
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(types()).toEqual(['meeting-joined', 'meeting-reconnecting', 'meeting-reconnected']);
    expect(facts[1]).toMatchObject({ type: 'meeting-reconnecting' });
  });

  it('asks at once when the network is back, and when told to', async () => {
    const { store, api, link, page } = await joined();
    api.on('call-resume', offline());
    link.hear?.state('lost');
    await tick(200);
    const before = api.count('call-resume');
    page.wake();
    await tick();
    expect(api.count('call-resume')).toBe(before + 1);
    store.retry();
    await tick();
    expect(api.count('call-resume')).toBe(before + 2);
  });

  it('waits as long as the server asks for', async () => {
    const { api, link } = await joined();
    api.on('call-resume', new MeetingError('server-closing', 'Soon.', { retryAfter: 9 }));
    link.hear?.state('lost');
    await tick(200);
    const before = api.count('call-resume');
    await tick(8_500);
    expect(api.count('call-resume')).toBe(before);
    await tick(1_000);
    expect(api.count('call-resume')).toBe(before + 1);
  });

  it('blames the server when it answers, and the network when the browser has none', async () => {
    const { store, api, link, page } = await joined();
    api.on('call-resume', new MeetingError('storage-unreachable', 'No database.'));
    link.hear?.state('lost');
    await tick(200);
    expect(store.connection.value).toMatchObject({ why: 'server' });
    page.online = false;
    page.wake();
    await tick();
    expect(store.connection.value).toMatchObject({ why: 'network' });
  });

  it('lets the engine mend what it can', async () => {
    const { store, api, link, types } = await joined();
    link.hear?.state('reconnecting');
    expect(store.connection.value).toMatchObject({ phase: 'reconnecting' });
    await tick(10_000);
    link.hear?.state('connected');
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(api.count('call-resume')).toBe(0);
    expect(types()).toEqual(['meeting-joined', 'meeting-reconnecting', 'meeting-reconnected']);
  });

  it('calls media blocked when signalling stands for 15 s and media does not', async () => {
    const { store, link, sockets } = await joined();
    sockets.last.say({ type: 'head', seq: 10 });
    link.hear?.state('reconnecting');
    await tick(14_000);
    expect(store.connection.value).toMatchObject({ why: 'server' });
    await tick(2_000);
    expect(store.connection.value).toMatchObject({ why: 'media-blocked' });
  });

  it('stops only for an exit that the server confirms', async () => {
    const { store, api, link, types } = await joined();
    const dropped: Exit = { reason: 'network', at: 9, next: 'enter' };
    api.on('call-resume', offline(), over(dropped));
    link.hear?.state('lost');
    await tick(200);
    expect(store.connection.value).toMatchObject({ phase: 'reconnecting' });
    await tick(2_000);
    expect(store.connection.value).toEqual({ phase: 'out', exit: dropped });
    expect(types().at(-1)).toBe('meeting-left');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('coming back after a reload', () => {
  it('goes straight in with the session of the tab', async () => {
    const world = new FakeWorld();
    world.memory.kept = SESSION;
    const { store, api, types } = setUp(world);
    api.on('call-resume', entered(30, [person(1)]));
    expect(await store.restore()).toBe(true);
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(types()).toEqual(['meeting-joined']);
  });

  it('does not use the session of a tab that was duplicated', async () => {
    const world = new FakeWorld();
    world.memory.kept = SESSION;
    world.memory.claimable = false;
    const { store, api } = setUp(world);
    expect(await store.restore()).toBe(false);
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(world.memory.kept).toBeUndefined();
    expect(api.calls).toEqual([]);
  });

  it('has nothing to do without a session', async () => {
    const { store } = setUp();
    expect(await store.restore()).toBe(false);
    expect(store.connection.value).toEqual({ phase: 'idle' });
  });

  it('keeps trying when the network is not there yet', async () => {
    const world = new FakeWorld();
    world.memory.kept = SESSION;
    const { store, api } = setUp(world);
    api.on('call-resume', offline(), entered(30, [person(1)]));
    expect(await store.restore()).toBe(true);
    expect(store.connection.value).toMatchObject({ phase: 'reconnecting', why: 'network' });
    await tick(2_000);
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('goes to the join screen when the server does not know the session', async () => {
    const world = new FakeWorld();
    world.memory.kept = SESSION;
    const { store, api } = setUp(world);
    api.on('call-resume', new MeetingError('session-invalid', 'Unknown.'));
    expect(await store.restore()).toBe(true);
    expect(store.connection.value).toMatchObject({ phase: 'idle' });
    expect(world.memory.kept).toBeUndefined();
  });
});

describe('leaving', () => {
  it('tells the server, and offers the way back', async () => {
    const { store, api, memory, types } = await joined();
    api.on('call-leave', { seq: 11, until: 99 });
    await store.leave();
    expect(store.connection.value).toMatchObject({
      phase: 'out',
      exit: { reason: 'left', until: 99, next: 'rejoin' },
    });
    expect(memory.kept).toBeUndefined();
    expect(types().at(-1)).toBe('meeting-left');
    api.on('call-resume', entered(20, [person(1)]));
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('leads to the join screen once the way back is closed', async () => {
    const { store, api } = await joined();
    api.on('call-leave', { seq: 11, until: 99 });
    await store.leave();
    api.on('call-resume', over({ reason: 'left', at: 5, next: 'knock' }));
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(store.requests.value.size).toBe(0);
  });

  it('lets nobody wait for a server that is gone', async () => {
    const { store, api } = await joined();
    api.on('call-leave', offline());
    await store.leave();
    expect(store.connection.value).toMatchObject({ phase: 'out', exit: { reason: 'left' } });
  });

  it('tells the better reason when the server has one', async () => {
    const { store, api } = await joined();
    api.on('call-leave', over(removed));
    await store.leave();
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed });
  });

  it('takes back a join that was on its way', async () => {
    const { store, api, link } = setUp();
    let answer = (): void => {};
    const answered = new Promise<void>((given) => (answer = given));
    api.on(
      'call-enter',
      answered.then(() => entered(10)),
    );
    api.on('call-leave', { seq: 11, until: 99 });
    const join = store.join();
    await tick();
    await store.leave();
    answer();
    await join;
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(api.count('call-leave')).toBe(1);
    expect(link.connects).toEqual([]);
  });
});

describe('requests of a host', () => {
  const answer = { seq: 12, settled: true, locked: false };
  const left = (seq: number) => {
    const { joinedAt: _joinedAt, connection: _connection, ...participant } = person(2);
    const common = { id: 'e_9', at: 1, room: 'acme', participant };
    return [
      { ...common, seq: seq - 1, type: 'participant-removed' as const },
      { ...common, seq, type: 'participant-left' as const, reason: 'removed' as const },
    ];
  };

  it('are pending until the roster is right', async () => {
    const { store, api, sockets } = await joined();
    api.on('participant-remove', answer);
    const removal = store.removeParticipant(identity(2), { note: 'Bye' });
    await tick();
    const key = `participant-remove:${identity(2)}`;
    expect(store.requests.value.get(key)).toEqual({ phase: 'pending' });
    for (const event of left(12)) sockets.last.say(event);
    expect(await removal).toEqual(answer);
    expect(store.roster.value).toEqual([identity(1)]);
    expect(store.requests.value.size).toBe(0);
    expect(api.calls.at(-1)?.input).toEqual({ identity: identity(2), note: 'Bye' });
  });

  it('fetch what the feed owes when it is behind', async () => {
    const { store, api, sockets, types } = await joined();
    api.on('participant-remove', answer);
    api.on('events', { seq: 12, events: left(12) });
    const removal = store.removeParticipant(identity(2));
    await tick(1_000);
    await removal;
    expect(store.roster.value).toEqual([identity(1)]);
    for (const event of left(12)) sockets.last.say(event);
    expect(types()).toEqual(['meeting-joined', 'participant-removed', 'participant-left']);
  });

  it('fail with what the server said, and change nothing', async () => {
    const { store, api, types } = await joined();
    api.on('participant-remove', new MeetingError('not-host', 'No.'));
    await expect(store.removeParticipant(identity(2))).rejects.toMatchObject({ code: 'not-host' });
    expect(store.requests.value.get(`participant-remove:${identity(2)}`)).toMatchObject({
      phase: 'failed',
      error: { code: 'not-host' },
    });
    expect(store.roster.value).toEqual([identity(1), identity(2)]);
    expect(types()).toEqual(['meeting-joined', 'meeting-error']);
  });

  it('tell when the stay turns out to be over', async () => {
    const { store, api } = await joined();
    api.on('room-lock', over(removed));
    await expect(store.setLocked(true)).rejects.toMatchObject({ code: 'admission-over' });
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed });
  });
});

describe('disposing', () => {
  it('leaves nothing behind, and does not end the stay', async () => {
    const { store, api, link, page, sockets, memory } = await joined();
    store.dispose();
    await tick();
    expect(link.disposed).toBe(true);
    expect(sockets.last.closed).toBe(true);
    expect(page.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(api.count('call-leave')).toBe(0);
    expect(memory.kept).toBe(SESSION);
  });

  it('keeps two rooms apart', async () => {
    const one = await joined();
    const two = await joined();
    one.sockets.last.say({ type: 'over', exit: removed });
    expect(one.store.connection.value.phase).toBe('out');
    expect(two.store.connection.value.phase).toBe('joined');
  });
});
