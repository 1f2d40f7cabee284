import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VideoSource } from '../../../src/core/state.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Knock } from '../../../src/protocol/knock.ts';
import { identity, knocker } from '../../fakes/core-fakes.ts';
import { by, common, inCall, tick } from './host-in-call.ts';

const door = 'https://example.com/meeting';
const picture = (id: string): VideoSource => ({ id, attach() {}, detach() {} });
const shown = (n: number): Knock => knocker(n, { camera: true });

/** A host who looks at all of `knocks`. */
async function looking(knocks: Knock[]) {
  const room = await inCall(knocks);
  const { store, api, link } = room;
  api.on('knock-look', ...knocks.map((_, n) => ({ door, token: `token-${n}` })));
  const looks = knocks.map((each) => {
    const look = new AbortController();
    store.look(each.identity, look.signal);
    return look;
  });
  await tick();
  const asked = (): unknown[] =>
    api.calls.filter(({ stem }) => stem === 'knock-look').map(({ input }) => input);
  const tokens = (): (string | undefined)[] => link.lookers.map(({ token }) => token);
  return { ...room, looks, asked, tokens };
}

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('looking at somebody who knocks', () => {
  it('shows their camera until nobody looks any more', async () => {
    const { store, link, looks, asked, tokens } = await looking([shown(4)]);
    expect(asked()).toEqual([{ identity: identity(4) }]);
    const [looker] = link.lookers;
    expect(tokens()).toEqual(['token-0']);
    looker?.show(picture('a'));
    expect(store.knockVideo(identity(4)).value?.id).toBe('a');
    const second = new AbortController();
    store.look(identity(4), second.signal);
    looks[0]?.abort();
    await tick();
    expect(store.knockVideo(identity(4)).value?.id).toBe('a');
    second.abort();
    await tick();
    expect(store.knockVideo(identity(4)).value).toBeUndefined();
    expect(tokens()).toEqual([undefined]);
    expect(asked()).toHaveLength(1);
  });

  it('asks nothing for whoever shows nothing, until they do, and stops with them', async () => {
    const { store, sockets, asked, tokens } = await looking([knocker(4)]);
    expect(asked()).toEqual([]);
    sockets.last.say({ ...common, seq: 11, type: 'knock-received', knock: shown(4) });
    await tick();
    expect(asked()).toHaveLength(1);
    sockets.last.say({ ...common, seq: 12, type: 'knock-received', knock: knocker(4) });
    await tick();
    expect(tokens()).toEqual([undefined]);
    sockets.last.say({ ...common, seq: 13, type: 'knock-received', knock: shown(4) });
    await tick();
    expect(asked()).toHaveLength(2);
    sockets.last.say({ ...common, seq: 14, type: 'knock-admitted', knock: shown(4), by });
    await tick();
    expect(tokens()).toEqual([undefined]);
    expect(store.knockVideo(identity(4)).value).toBeUndefined();
  });

  it('starts again when the camera goes off and on in one moment', async () => {
    const { sockets, asked, tokens } = await looking([shown(4)]);
    sockets.last.say({ ...common, seq: 11, type: 'knock-received', knock: knocker(4) });
    sockets.last.say({ ...common, seq: 12, type: 'knock-received', knock: shown(4) });
    await tick();
    expect(asked()).toHaveLength(2);
    expect(tokens()).toEqual(['token-0']);
  });

  it('uses four connections at most, over and over; the others wait for their turn', async () => {
    const knocks = [4, 5, 6, 7, 8, 9].map(shown);
    const { link, looks, asked, tokens } = await looking(knocks);
    expect(tokens()).toEqual(['token-0', 'token-1', 'token-2', 'token-3']);
    expect(asked()).toHaveLength(4);
    looks[1]?.abort();
    await tick();
    expect(asked().at(-1)).toEqual({ identity: identity(8) });
    // Gone before its turn came.
    looks[5]?.abort();
    looks[0]?.abort();
    await tick();
    expect(asked()).toHaveLength(5);
    expect(link.lookers).toHaveLength(4);
    expect(tokens().filter(Boolean)).toHaveLength(3);
  });

  it('connects anew by a fresh token when the connection is lost', async () => {
    const { store, api, link } = await looking([shown(4)]);
    const [looker] = link.lookers;
    looker?.show(picture('a'));
    api.on('knock-look', { door, token: 'fresh' });
    looker?.lose();
    await tick();
    expect(store.knockVideo(identity(4)).value).toBeUndefined();
    await tick(1_500);
    expect(looker?.token).toBe('fresh');
  });

  it('tries again when the server or the engine fails, sooner when the page wakes', async () => {
    const { store, api, link, page, sockets } = await inCall();
    api.on('knock-look', new MeetingError('server-unreachable', 'Nothing.'), { door, token: 'b' });
    store.look(identity(4), new AbortController().signal);
    sockets.last.say({ ...common, seq: 11, type: 'knock-received', knock: shown(4) });
    await tick();
    const [looker] = link.lookers;
    expect(looker?.tokens).toEqual([]);
    looker?.failures.push(new MeetingError('media-blocked', 'No media.'));
    await tick(1_500);
    expect(looker?.tokens).toEqual(['b']);
    expect(looker?.token).toBeUndefined();
    page.wake();
    await tick();
    expect(looker?.tokens).toEqual(['b', 'b']);
    expect(looker?.token).toBe('b');
  });

  it('ends when somebody has answered; the feed takes the card away', async () => {
    const { store, api, sockets } = await inCall();
    api.on('knock-look', new MeetingError('already-decided', 'Let in.'));
    store.look(identity(4), new AbortController().signal);
    sockets.last.say({ ...common, seq: 11, type: 'knock-received', knock: shown(4) });
    await tick(60_000);
    expect(api.count('knock-look')).toBe(1);
  });

  it('is for hosts: it ends with the role', async () => {
    const { sockets, tokens } = await looking([shown(4), shown(5)]);
    expect(tokens()).toEqual(['token-0', 'token-1']);
    const participant = { ...by, role: 'guest' };
    sockets.last.say({ ...common, seq: 11, type: 'role-changed', participant, by });
    await tick();
    expect(tokens()).toEqual([undefined, undefined]);
  });

  it('leaves nothing behind', async () => {
    const { store, link, page, tokens } = await looking([shown(4), shown(5)]);
    store.dispose();
    await tick();
    expect(tokens()).toEqual([undefined, undefined]);
    expect(link.lookers.map(({ disposed }) => disposed)).toEqual([true, true]);
    expect(page.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
