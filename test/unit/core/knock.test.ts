import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomStore } from '../../../src/core/room-store.ts';
import type { Fact } from '../../../src/core/state.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Exit } from '../../../src/protocol/exit.ts';
import { entered, FakeWorld, identity, knocker, person, SESSION } from '../../fakes/core-fakes.ts';

const options = { server: 'https://example.com/meeting', room: 'acme', name: 'Ada' };
const knock = knocker(1);
const waiting = { seq: 20, knock };
const denied: Exit = { reason: 'denied', at: 5, next: 'knock', from: 60_005, note: 'Later' };
const over = (exit: Exit): MeetingError => new MeetingError('admission-over', 'Over.', { exit });
const offline = (): MeetingError => new MeetingError('server-unreachable', 'Nothing answered.');
const stillWaiting = (seq = 20): MeetingError =>
  new MeetingError('still-waiting', 'Wait.', { waiting: { seq, knock } });

function setUp(world = new FakeWorld()) {
  const store = new RoomStore(options, world.ports);
  const facts: Fact[] = [];
  store.listen((fact) => facts.push(fact), new AbortController().signal);
  world.api.on('knock', { ...waiting, session: SESSION });
  world.api.on('call-check', { access: 'knock', here: false });
  const phases: string[] = [];
  store.connection.subscribe(({ phase }) => phases.push(phase));
  const types = (): string[] => facts.map(({ type }) => type);
  const { api, link, page, memory, sockets } = world;
  return { api, link, page, memory, sockets, world, store, types, phases };
}

async function atTheDoor(world = new FakeWorld()) {
  const room = setUp(world);
  await room.store.knock({ message: 'Hello' });
  await tick();
  return room;
}

function reloaded() {
  const world = new FakeWorld();
  world.memory.kept = SESSION;
  return setUp(world);
}

const tick = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('knocking', () => {
  it('waits with a filtered feed, and fetches the engine meanwhile', async () => {
    const { store, api, sockets, memory, link, types } = await atTheDoor();
    expect(store.connection.value).toEqual({ phase: 'waiting', knock, offline: false });
    expect(api.calls[0]).toMatchObject({
      stem: 'knock',
      input: { visitor: 'v'.repeat(22), name: 'Ada', message: 'Hello' },
    });
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 20 }]);
    expect(memory.kept).toBe(SESSION);
    expect(link.hear).toBeDefined();
    expect(link.connects).toEqual([]);
    expect(types()).toEqual([]);
  });

  it('is once at a time', async () => {
    const { store, api } = await atTheDoor();
    await store.knock();
    await store.join();
    expect(api.count('knock')).toBe(1);
    expect(api.count('call-enter')).toBe(0);
  });

  it('goes straight in when it is not needed', async () => {
    const { store, api, types } = setUp();
    api.on('knock', new MeetingError('knock-not-needed', 'Open.'));
    api.on('call-enter', entered(10, [person(1)]));
    await store.knock({ name: 'Grace' });
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(api.calls.at(-1)).toMatchObject({ stem: 'call-enter', input: { name: 'Grace' } });
    expect(types()).toEqual(['meeting-joined']);
  });

  it('is back on the join screen when it is refused', async () => {
    const { store, api, types } = setUp();
    const error = new MeetingError('rate-limited', 'Later.', { retryAfter: 40 });
    api.on('knock', error);
    await expect(store.knock()).rejects.toBe(error);
    expect(store.connection.value).toEqual({ phase: 'idle', error });
    expect(types()).toEqual(['meeting-error']);
  });

  it('is taken back when the person went while it was on its way', async () => {
    const { store, api } = setUp();
    let answer = (): void => {};
    const answered = new Promise<void>((given) => (answer = given));
    api.on(
      'knock',
      answered.then(() => ({ ...waiting, session: SESSION })),
    );
    api.on('knock-withdraw', { seq: 21 });
    const knocking = store.knock();
    await tick();
    await store.leave();
    answer();
    await knocking;
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(api.count('knock-withdraw')).toBe(1);
  });

  it('counts what it may not know', async () => {
    const { sockets } = await atTheDoor();
    sockets.last.say({ type: 'withheld', seq: 21 });
    sockets.last.say({ type: 'head', seq: 21 });
    expect(sockets.last.closed).toBe(false);
    sockets.last.say({ type: 'withheld', seq: 23 });
    await tick(1_000);
    expect(sockets.all).toHaveLength(2);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 21 }]);
  });
});

describe('being let in', () => {
  it('resumes and is in the call', async () => {
    const { store, api, sockets, link, types, phases } = await atTheDoor();
    api.on('call-resume', entered(22, [person(1), person(2)]));
    const [door] = sockets.all;
    sockets.last.say({ type: 'admitted' });
    await tick();
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(phases).toEqual(['idle', 'joining', 'waiting', 'joining', 'joined']);
    expect(store.roster.value).toEqual([identity(1), identity(2)]);
    expect(door?.closed).toBe(true);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 22 }]);
    expect(link.connects).toHaveLength(1);
    expect(types()).toEqual(['meeting-joined']);
  });

  it('is not lost when the feed opens only after the yes', async () => {
    const { store, api, sockets } = await atTheDoor();
    api.on('call-resume', entered(22, [person(1)]));
    sockets.last.drop();
    await tick(1_000);
    // Already a guest's feed: what is told of the room counts from the snapshot on only.
    const event = { id: 'e_1', seq: 21, at: 1, room: 'acme' };
    sockets.last.say({ ...event, type: 'room-locked', cause: 'host' });
    sockets.last.say({ type: 'admitted' });
    sockets.last.say({ type: 'admitted' });
    await tick();
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(api.count('call-resume')).toBe(1);
    // The feed of the call says it once more, for it can't know.
    sockets.last.say({ type: 'admitted' });
    await tick();
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('asks until the server answers', async () => {
    const { store, api, sockets } = await atTheDoor();
    sockets.last.say({ type: 'head', seq: 20 });
    api.on('call-resume', offline(), stillWaiting(), entered(22, [person(1)]));
    sockets.last.say({ type: 'admitted' });
    await tick(1_500);
    expect(store.connection.value).toMatchObject({ phase: 'waiting' });
    await tick(3_000);
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('is out when somebody was faster to put them out', async () => {
    const removed: Exit = { reason: 'removed', at: 9, next: 'knock' };
    const { store, api, sockets } = await atTheDoor();
    api.on('call-resume', over(removed));
    sockets.last.say({ type: 'admitted' });
    await tick();
    expect(store.connection.value).toEqual({ phase: 'out', exit: removed, knock });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('not being let in', () => {
  const by = { identity: identity(9), name: 'Host', role: 'host' as const, person: 'person-9' };
  const exits: Exit[] = [
    { ...denied, by },
    { reason: 'expired', at: 5, next: 'knock' },
    { reason: 'removed', at: 5, next: 'none', by },
    { reason: 'ended', at: 5, next: 'knock', by },
    { reason: 'reset', at: 5, next: 'knock', by },
  ];
  it.each(exits)('says why: $reason', async (exit) => {
    const { store, sockets, types, page } = await atTheDoor();
    sockets.last.say({ type: 'over', exit });
    await tick();
    expect(store.connection.value).toEqual({ phase: 'out', exit, knock });
    expect(types()).toEqual(['meeting-left']);
    expect(vi.getTimerCount()).toBe(0);
    // Only the join screen's own question is still to be woken.
    expect(page.listeners).toBe(1);
  });

  it('leads to the join screen, where one may knock again', async () => {
    const { store, api, sockets, memory } = await atTheDoor();
    await store.check();
    sockets.last.say({ type: 'over', exit: denied });
    await tick();
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'knock', here: false });
    expect(api.count('call-check')).toBe(3);
    expect(api.count('call-resume')).toBe(0);
    expect(memory.kept).toBeUndefined();
  });

  it('can be that the same person knocks in another window, and be taken back here', async () => {
    const { store, sockets } = await atTheDoor();
    sockets.last.say({ type: 'over', exit: { reason: 'replaced', at: 5, next: 'takeover' } });
    await tick();
    expect(store.connection.value).toMatchObject({
      phase: 'out',
      exit: { reason: 'replaced', next: 'knock' },
    });
    await store.comeBack();
    await store.knock();
    expect(store.connection.value).toMatchObject({ phase: 'waiting' });
  });

  it('is told to who waited by a server that lost its memory', async () => {
    const { store, api, sockets } = await atTheDoor();
    api.on('call-resume', new MeetingError('session-invalid', 'Unknown.'));
    sockets.last.drop(4401);
    await tick();
    expect(store.connection.value).toMatchObject({ phase: 'out', exit: { reason: 'server' } });
  });
});

describe('waiting no longer', () => {
  it('is told to the server, and one may knock again', async () => {
    const { store, api, sockets, memory, types } = await atTheDoor();
    api.on('knock-withdraw', { seq: 21 });
    const withdrawn = store.withdrawKnock();
    await tick();
    await withdrawn;
    expect(store.connection.value).toMatchObject({
      phase: 'out',
      exit: { reason: 'withdrawn', next: 'knock' },
    });
    expect(api.calls.at(-1)).toMatchObject({ options: { session: SESSION } });
    expect(sockets.last.closed).toBe(true);
    expect(memory.kept).toBeUndefined();
    expect(store.requests.value.size).toBe(0);
    expect(types()).toEqual(['meeting-left']);
  });

  it('needs no server', async () => {
    const { store, api } = await atTheDoor();
    api.on('knock-withdraw', offline());
    await store.leave();
    expect(store.connection.value).toMatchObject({ phase: 'out', exit: { reason: 'withdrawn' } });
  });

  it('is out with the better reason, if there is one', async () => {
    const { store, api } = await atTheDoor();
    api.on('knock-withdraw', over(denied));
    await store.withdrawKnock();
    expect(store.connection.value).toEqual({ phase: 'out', exit: denied, knock });
  });

  it('does not end in the call when a host was faster', async () => {
    const { store, api, link } = await atTheDoor();
    api.on('knock-withdraw', new MeetingError('already-decided', 'Let in.'));
    api.on('call-leave', { seq: 23, until: 99 });
    await store.withdrawKnock();
    expect(store.connection.value).toMatchObject({
      phase: 'out',
      exit: { reason: 'left', next: 'rejoin', until: 99 },
    });
    expect(link.connects).toEqual([]);
  });
});

describe('a knock and the network', () => {
  it('shows when it is away for more than a moment, and goes on by itself', async () => {
    const { store, sockets, page, types } = await atTheDoor();
    sockets.last.say({ type: 'head', seq: 20 });
    await tick(5_000);
    expect(store.connection.value).toMatchObject({ phase: 'waiting', offline: false });
    sockets.last.drop();
    await tick(1_000);
    expect(store.connection.value).toMatchObject({ offline: false });
    await tick(2_000);
    expect(store.connection.value).toMatchObject({ phase: 'waiting', knock, offline: true });
    page.wake();
    await tick();
    sockets.last.say({ type: 'head', seq: 20 });
    expect(store.connection.value).toMatchObject({ phase: 'waiting', offline: false });
    expect(types()).toEqual([]);
  });

  it('shows at once what the browser knows', async () => {
    const { store, sockets, page } = await atTheDoor();
    sockets.last.say({ type: 'head', seq: 20 });
    page.online = false;
    sockets.last.drop();
    await tick();
    expect(store.connection.value).toMatchObject({ phase: 'waiting', offline: true });
  });

  it('takes the truth from the server when the log is not enough', async () => {
    const { store, api, sockets } = await atTheDoor();
    api.on('call-resume', stillWaiting(90));
    sockets.last.say({ type: 'snapshot-needed' });
    await tick(1_000);
    expect(store.connection.value).toMatchObject({ phase: 'waiting' });
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 90 }]);
    api.on('call-resume', entered(91, [person(1)]));
    sockets.last.say({ type: 'snapshot-needed' });
    await tick(1_000);
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });
});

describe('a knock and a reload', () => {
  it('waits on, with no join screen in between', async () => {
    const { store, api, sockets, phases, link } = reloaded();
    api.on('call-resume', stillWaiting(25));
    expect(await store.restore()).toBe(true);
    await tick();
    expect(store.connection.value).toEqual({ phase: 'waiting', knock, offline: false });
    expect(phases).toEqual(['idle', 'joining', 'waiting']);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 25 }]);
    expect(sockets.all).toHaveLength(1);
    expect(link.connects).toEqual([]);
    api.on('call-resume', entered(26, [person(1)]));
    sockets.last.say({ type: 'admitted' });
    await tick();
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('is in when it was answered meanwhile', async () => {
    const { store, api, phases } = reloaded();
    api.on('call-resume', entered(26, [person(1)]));
    await store.restore();
    await tick();
    expect(phases).toEqual(['idle', 'joining', 'joined']);
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('says again why it is over', async () => {
    const { store, api, types } = reloaded();
    api.on('call-resume', over(denied));
    await store.restore();
    expect(store.connection.value).toEqual({ phase: 'out', exit: denied });
    expect(types()).toEqual([]);
  });

  it('leaves the knock waiting when the page goes', async () => {
    const { store, api, sockets, memory, page } = await atTheDoor();
    store.dispose();
    await tick();
    expect(sockets.last.closed).toBe(true);
    expect(api.count('knock-withdraw')).toBe(0);
    expect(memory.kept).toBe(SESSION);
    expect(page.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('coming back after a removal that may be undone', () => {
  const removed: Exit = { reason: 'removed', at: 5, next: 'knock' };

  async function putOut() {
    const room = setUp();
    room.api.on('call-enter', entered(10, [person(1)]));
    await room.store.join();
    await tick();
    room.sockets.last.say({ type: 'over', exit: removed });
    await tick();
    return room;
  }

  it('goes straight in when a host let them back in', async () => {
    const { store, api } = await putOut();
    api.on('call-resume', entered(20, [person(1)]));
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'joined' });
  });

  it('leads to the join screen otherwise, where one knocks', async () => {
    const { store, api, memory, types } = await putOut();
    await store.check();
    api.on('call-resume', over(removed));
    await store.comeBack();
    expect(store.connection.value).toEqual({ phase: 'idle' });
    expect(store.access.value).toEqual({ phase: 'known', access: 'knock', here: false });
    expect(memory.kept).toBeUndefined();
    expect(store.requests.value.size).toBe(0);
    expect(types()).toEqual(['meeting-joined', 'meeting-left']);
    await store.knock();
    expect(store.connection.value).toMatchObject({ phase: 'waiting' });
  });
});
