import { effect, signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed, feedUrl } from '../../../src/core/api/feed.ts';
import type { RoomEvent } from '../../../src/protocol/events.ts';
import type { Exit } from '../../../src/protocol/exit.ts';
import { FEED_CLOSE } from '../../../src/protocol/feed-wire.ts';
import { FakePage, FakeSockets, person, SESSION } from '../../fakes/core-fakes.ts';

const event = (seq: number): RoomEvent => ({
  type: 'participant-joined',
  id: `e_${seq}`,
  seq,
  at: seq,
  room: 'acme',
  participant: person(seq),
});

function setUp(after = 10) {
  const sockets = new FakeSockets();
  const page = new FakePage();
  const life = new AbortController();
  const heard: string[] = [];
  const last = signal(0);
  const exits: Exit[] = [];
  const reached: boolean[] = [];
  const answers = { refused: async (): Promise<number | undefined> => undefined };
  const feed = new Feed({
    url: 'wss://example.com/meeting/rooms/acme/feed',
    session: SESSION,
    after,
    page,
    signal: life.signal,
    connect: sockets.connect,
    hear: {
      event: ({ seq }) => {
        heard.push(`event ${seq}`);
        last.value = seq;
      },
      presence: (identity, connection) => heard.push(`${identity} ${connection}`),
      knockPresence: (identity, present) => heard.push(`${identity} knocks ${present}`),
      passed: (seq) => heard.push(`passed ${seq}`),
      admitted: () => heard.push('admitted'),
      reachable: (isOpen) => reached.push(isOpen),
      over: (exit) => exits.push(exit),
      refused: () => {
        heard.push('refused');
        return answers.refused();
      },
    },
  });
  const done = feed.run();
  return { feed, sockets, page, life, heard, last, exits, reached, answers, done };
}

const tick = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the feed', () => {
  it('finds its address below the public base', () => {
    expect(feedUrl('https://example.com/meeting/', 'acme')).toBe(
      'wss://example.com/meeting/rooms/acme/feed?batches',
    );
    expect(feedUrl('http://127.0.0.1:5173', 'acme')).toBe(
      'ws://127.0.0.1:5173/rooms/acme/feed?batches',
    );
  });

  it('says who it is and what it knows, then tells events in order', async () => {
    const { sockets, heard } = setUp();
    await tick();
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 10 }]);
    sockets.last.say(event(11));
    sockets.last.say(event(12));
    expect(heard).toEqual(['event 11', 'event 12']);
  });

  it.each([
    ['an event of a newer server', { type: 'moon-rose', seq: 11 }],
    ['an event that lost its person', { type: 'participant-left', seq: 11 }],
  ])('passes over %s, by its number', async (_, odd) => {
    const { sockets, heard } = setUp();
    await tick();
    sockets.last.say(odd);
    sockets.last.say(event(12));
    expect(heard).toEqual(['passed 11', 'event 12']);
    expect(sockets.last.closed).toBe(false);
  });

  it.each([
    ['no JSON', '<html>'],
    ['no object', '11'],
    ['no object in its list', '[11]'],
    ['no type', '{}'],
    ['a type of every object', '{"type":"constructor"}'],
    ['a number that is none', '{"type":"head","seq":"11"}'],
    ['an end without its words', '{"type":"over"}'],
  ])('makes nothing of a frame with %s', async (_, data) => {
    const { sockets, heard, exits } = setUp();
    await tick();
    sockets.last.dispatchEvent(new MessageEvent('message', { data }));
    sockets.last.say(event(11));
    expect(heard).toEqual(['event 11']);
    expect(exits).toEqual([]);
    expect(sockets.all).toHaveLength(1);
  });

  it('tells what came in one frame in order, and as one change', async () => {
    const { sockets, heard, last } = setUp();
    const seen: number[] = [];
    const stop = effect(() => void seen.push(last.value));
    await tick();
    sockets.last.say([event(11), { type: 'moon-rose', seq: 12 }, event(13)]);
    stop();
    expect(heard).toEqual(['event 11', 'passed 12', 'event 13']);
    expect(seen).toEqual([0, 13]);
  });

  it('reads nothing beyond a gap in a frame', async () => {
    const { sockets, heard } = setUp();
    await tick();
    sockets.last.say([event(11), event(13), event(12)]);
    expect(heard).toEqual(['event 11']);
    expect(sockets.last.closed).toBe(true);
  });

  it('drops what it told already', async () => {
    const { sockets, heard } = setUp();
    await tick();
    for (const seq of [11, 11, 10, 12, 11]) sockets.last.say(event(seq));
    expect(heard).toEqual(['event 11', 'event 12']);
  });

  it('connects anew from the last event at a gap, and tells nothing beyond it', async () => {
    const { sockets, heard } = setUp();
    await tick();
    sockets.last.say(event(11));
    sockets.last.say(event(13));
    expect(heard).toEqual(['event 11']);
    expect(sockets.last.closed).toBe(true);
    await tick(8_000);
    expect(sockets.all).toHaveLength(2);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 11 }]);
  });

  it('takes a head that is ahead for a gap', async () => {
    const { sockets } = setUp();
    await tick();
    sockets.last.say({ type: 'head', seq: 10 });
    expect(sockets.last.closed).toBe(false);
    sockets.last.say({ type: 'head', seq: 12 });
    expect(sockets.last.closed).toBe(true);
  });

  it('counts events that it does not know, and goes on', async () => {
    const { sockets, heard } = setUp();
    await tick();
    sockets.last.say({ type: 'balloon-released', seq: 11, colour: 'red' });
    sockets.last.say(event(12));
    expect(heard).toEqual(['passed 11', 'event 12']);
    expect(sockets.last.closed).toBe(false);
  });

  it('counts what is withheld, and takes a gap before it for a gap', async () => {
    const { feed, sockets, heard } = setUp();
    await tick();
    sockets.last.say({ type: 'withheld', seq: 11 });
    sockets.last.say(event(12));
    expect(feed.accept({ type: 'withheld', seq: 13 })).toBe(true);
    expect(feed.accept({ type: 'withheld', seq: 15 })).toBe(false);
    expect(heard).toEqual(['passed 11', 'event 12', 'passed 13']);
    sockets.last.say({ type: 'withheld', seq: 15 });
    expect(sockets.last.closed).toBe(true);
  });

  it('tells of knockers, and of the yes to the own knock', async () => {
    const { sockets, heard } = setUp();
    await tick();
    sockets.last.say({ type: 'knock-presence', identity: 'p_1', present: false });
    sockets.last.say({ type: 'admitted' });
    expect(heard).toEqual(['p_1 knocks false', 'admitted']);
  });

  it('says whether the server can be heard', async () => {
    const { sockets, reached } = setUp();
    await tick();
    expect(reached).toEqual([]);
    sockets.last.say({ type: 'head', seq: 10 });
    sockets.last.say({ type: 'head', seq: 10 });
    sockets.last.drop();
    await tick(200);
    sockets.last.drop();
    await tick();
    expect(reached).toEqual([true, false, false]);
  });

  it('connects anew after 40 s of silence, not before', async () => {
    const { sockets } = setUp();
    await tick();
    sockets.last.say({ type: 'head', seq: 10 });
    await tick(39_000);
    expect(sockets.all).toHaveLength(1);
    sockets.last.say({ type: 'head', seq: 10 });
    await tick(39_000);
    expect(sockets.all).toHaveLength(1);
    await tick(2_000);
    expect(sockets.all).toHaveLength(2);
  });

  it('backs off from 0.25 to 8 s, and at once on a wake', async () => {
    const { sockets, feed } = setUp();
    const waits: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      await tick();
      const from = Date.now();
      const { length } = sockets.all;
      sockets.last.drop();
      while (sockets.all.length === length) await tick(5);
      waits.push(Date.now() - from);
    }
    // Chance is always a half here: half of 0.25, 0.5, 1 … 8 s.
    expect(waits).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]);
    await tick();
    sockets.last.drop();
    await tick();
    const { length } = sockets.all;
    feed.wake();
    await tick();
    expect(sockets.all).toHaveLength(length + 1);
  });

  it('connects anew on a wake when the socket has been silent too long', async () => {
    const { sockets, feed } = setUp();
    await tick();
    sockets.last.say({ type: 'head', seq: 10 });
    await tick(10_000);
    feed.wake();
    await tick(1_000);
    expect(sockets.all).toHaveLength(1);
    await tick(10_000);
    feed.wake();
    await tick(1_000);
    expect(sockets.all).toHaveLength(2);
  });

  it('ends for good with the exit it was told', async () => {
    const { sockets, exits, done } = setUp();
    await tick();
    const exit = { reason: 'removed', at: 1, next: 'none' } as const;
    sockets.last.say({ type: 'over', exit });
    sockets.last.drop(FEED_CLOSE.removed);
    await done;
    expect(exits).toEqual([exit]);
    expect(vi.getTimerCount()).toBe(0);
    expect(sockets.all).toHaveLength(1);
  });

  it.each([
    ['an unknown session', FEED_CLOSE.unauthorized],
    ['an exit without its words', FEED_CLOSE.removed],
  ])('asks for the truth after %s, and goes on when told to', async (_, code) => {
    const { sockets, heard, answers } = setUp();
    answers.refused = async () => 20;
    await tick();
    sockets.last.drop(code);
    await tick(8_000);
    expect(heard).toEqual(['refused']);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 20 }]);
  });

  it('goes on from the new snapshot when the log does not go back so far', async () => {
    const { sockets, heard, answers } = setUp();
    answers.refused = async () => 90;
    await tick();
    sockets.last.say({ type: 'snapshot-needed' });
    await tick(8_000);
    sockets.last.say(event(91));
    expect(heard).toEqual(['refused', 'event 91']);
  });

  it('is still told what came after the log was cleared, beside the new snapshot', async () => {
    const { sockets, heard, answers } = setUp();
    answers.refused = async () => 90;
    await tick();
    sockets.last.say({ type: 'snapshot-needed', after: 88 });
    await tick(8_000);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 88 }]);
    for (const seq of [89, 90, 91]) sockets.last.say(event(seq));
    expect(heard).toEqual(['refused', 'event 89', 'event 90', 'event 91']);
  });

  it('keeps asking while nobody answers', async () => {
    const { sockets, heard, answers } = setUp();
    answers.refused = () => Promise.reject(new Error('no network'));
    await tick();
    sockets.last.drop(FEED_CLOSE.unauthorized);
    await tick(8_000);
    expect(sockets.last.sent).toEqual([{ session: SESSION, after: 10 }]);
    sockets.last.drop(FEED_CLOSE.unauthorized);
    await tick(8_000);
    expect(heard).toEqual(['refused', 'refused']);
  });

  it('leaves no socket and no timer behind', async () => {
    const { sockets, life, done } = setUp();
    await tick();
    life.abort();
    await done;
    expect(sockets.last.closed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
