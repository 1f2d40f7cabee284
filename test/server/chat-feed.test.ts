import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_CLOSE } from '../../src/protocol/feed-wire.ts';
import { MAX_MESSAGE_BYTES } from '../../src/protocol/limits.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import type { RoomEvent } from '../../src/protocol/events.ts';
import { eventually } from '../e2e/eventually.ts';
import { FeedClient } from './support/feed-client.ts';
import { problemOf, TestServer } from './support/server.ts';
import { newDatabase } from './support/storages.ts';
import { newMessageId, newRoom, newVisitor } from './support/tokens.ts';

const heard: RoomEvent[] = [];
let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  const storage = { url: await newDatabase() };
  first = await TestServer.start({ storage, hooks: { event: (event) => void heard.push(event) } });
  second = await TestServer.start({ storage });
});
afterAll(async () => {
  await first.close();
  await second.close();
});

interface Reader {
  stay: Entered;
  feed: FeedClient;
}

/** A host and two guests, whose pages are at two instances. */
async function hosted(): Promise<Record<'hanna' | 'max' | 'mia', Reader> & { room: string }> {
  const room = newRoom();
  const come = async (
    server: TestServer,
    sub: string,
    access: 'host' | 'always',
  ): Promise<Reader> => {
    const { body: stay } = await server.enter(room, { access, sub, name: sub });
    return { stay, feed: await FeedClient.open(server.url, stay) };
  };
  return {
    room,
    hanna: await come(second, 'hanna', 'host'),
    max: await come(first, 'max', 'always'),
    mia: await come(second, 'mia', 'always'),
  };
}

const send = async ({ stay }: Reader, text: string, to?: Reader) => {
  const input = { id: newMessageId(), text, ...(to && { to: to.stay.me.identity }) };
  const { body } = await first.ask('message-send', stay.room.name, input, stay.session);
  return body;
};
const frames = ({ feed }: Reader): string => JSON.stringify(feed.frames);
const typing = ({ feed }: Reader) => feed.frames.filter(({ type }) => type === 'typing');

describe('The feed of a chat', () => {
  it('tells everybody of a message, at every instance, and what becomes of it', async () => {
    const { room, hanna, max, mia } = await hosted();
    const { message } = await send(max, 'Good morning, everybody');
    const { id } = message;
    const by = max.stay.session;
    await first.ask('message-edit', room, { id, text: 'Good evening, everybody' }, by);
    const gone = await second.ask('message-delete', room, { id }, hanna.stay.session);
    for (const { feed } of [hanna, max, mia]) {
      await feed.until(gone.body.seq);
      expect(feed.events.map(({ type }) => type)).toEqual([
        'message-received',
        'message-edited',
        'message-deleted',
      ]);
      expect(feed.events.at(-1)).toMatchObject({
        by: { name: 'hanna' },
        message: { id, text: '', deletedBy: { name: 'hanna' } },
      });
    }
    // The one that committed it hears it with the same id and number.
    const [told] = max.feed.events;
    await eventually('the hook', () => heard.some((event) => event.id === told?.id));
    expect(heard.find((event) => event.id === told?.id)).toMatchObject({
      type: 'message-received',
      seq: told?.seq,
    });
  });

  it('has not one byte of a private message for others, hosts included', async () => {
    const { room, hanna, max, mia } = await hosted();
    const { message } = await send(max, 'A word between us', mia);
    // What was deleted by the time that the log is read comes out of it no more.
    await mia.feed.until(message.seq);
    const by = max.stay.session;
    const { id } = message;
    await first.ask('message-edit', room, { id, text: 'Another word between us' }, by);
    const gone = await first.ask('message-delete', room, { id }, by);
    for (const { feed } of [max, mia, hanna]) await feed.until(gone.body.seq);
    expect(frames(mia)).toContain('word between us');
    expect(frames(hanna)).not.toMatch(/word between us|message/);
    expect(frames(hanna)).not.toContain(id);
    expect(hanna.feed.events).toMatchObject([1, 2, 3].map((seq) => ({ type: 'withheld', seq })));
    expect(JSON.stringify(heard)).not.toContain(id);
  });

  it('has no byte for who waits, and none any more for who was removed', async () => {
    const { room, hanna, max, mia } = await hosted();
    const { body: knock } = await first.ask('knock', room, { visitor: newVisitor(), name: 'Kim' });
    const door = await FeedClient.connect(first.url, room);
    door.say({ session: knock.session, after: 0 });
    await door.frame('head');
    await send(max, 'Only for those inside');
    const { identity } = mia.stay.me;
    await second.ask('participant-remove', room, { identity }, hanna.stay.session);
    expect((await mia.feed.closed).code).toBe(FEED_CLOSE.removed);
    const last = await send(max, 'Only for those who stayed');
    max.feed.say({ type: 'typing', on: true });
    await hanna.feed.until(last.seq);
    await eventually('typing', () => typing(hanna).length === 1);
    await door.until(last.seq);
    expect(JSON.stringify(door.frames)).not.toMatch(/Only for|message|typing/);
    expect(frames(mia)).not.toContain('those who stayed');
    expect(typing(mia)).toEqual([]);
    door.close();
  });

  it('goes on after a break where it was, each message once', async () => {
    const { max, mia } = await hosted();
    const texts = ['One for the log', 'Two for the log', 'Three for the log'];
    const one = await send(max, texts[0] ?? '');
    await mia.feed.until(one.seq);
    mia.feed.close();
    await mia.feed.closed;
    await send(max, texts[1] ?? '');
    const three = await send(max, texts[2] ?? '');
    const again = await FeedClient.open(second.url, mia.stay, one.seq);
    await again.until(three.seq);
    const told = [...mia.feed.events, ...again.events];
    expect(told).toMatchObject(texts.map((text) => ({ message: { text } })));
  });
});

describe('Typing', () => {
  it('is told to the others, and a private one to the one', async () => {
    const { hanna, max, mia } = await hosted();
    const { identity } = max.stay.me;
    max.feed.say({ type: 'typing', on: true });
    for (const reader of [hanna, mia]) {
      await eventually('typing', () => typing(reader).length === 1);
      expect(typing(reader)).toEqual([{ type: 'typing', identity, on: true, private: false }]);
    }
    max.feed.say({ type: 'typing', on: true, to: mia.stay.me.identity });
    max.feed.say({ type: 'typing', on: false });
    await eventually('typing', () => typing(hanna).length === 2);
    expect(typing(hanna)[1]).toMatchObject({ on: false });
    expect(typing(mia)).toMatchObject([{ on: true }, { on: true, private: true }, { on: false }]);
    expect(typing(max)).toEqual([]);
  });

  it('is passed on only so often', async () => {
    const { hanna, max, mia } = await hosted();
    for (let n = 0; n < 200; n += 1) max.feed.say({ type: 'typing', on: true });
    mia.feed.say({ type: 'typing', on: false });
    // What is said over one line comes in its order, so by then the rest would be there.
    await eventually('the last', () => typing(hanna).some((frame) => 'on' in frame && !frame.on));
    const { seq } = await send(max, 'Written at last');
    await hanna.feed.until(seq);
    expect(typing(hanna).length).toBeLessThan(30);
  });

  it.each([
    ['what is not typing', { type: 'message', text: 'Hello' }],
    ['somebody else', { type: 'typing', on: true, identity: `p_${'0'.repeat(22)}` }],
    ['nobody', { type: 'typing', on: true, to: 'everybody' }],
    ['nothing', { type: 'typing' }],
    ['another hello', { session: 's'.repeat(43), after: 0 }],
  ])('is all that is taken: not %s', async (_what, saying) => {
    const { max } = await hosted();
    max.feed.say(saying);
    expect((await max.feed.closed).code).toBe(FEED_CLOSE.malformed);
  });

  it('is not for who waits', async () => {
    const { room, hanna } = await hosted();
    const { body: knock } = await first.ask('knock', room, { visitor: newVisitor(), name: 'Kim' });
    const door = await FeedClient.connect(first.url, room);
    door.say({ session: knock.session, after: 0 });
    await door.frame('head');
    door.say({ type: 'typing', on: true });
    expect((await door.closed).code).toBe(FEED_CLOSE.malformed);
    await hanna.feed.until(knock.seq);
    expect(typing(hanna)).toEqual([]);
  });
});

describe('A message that is too long', () => {
  it('abuse 55: of one byte more than 4 KB, or of 1 MB, is refused by name', async () => {
    const { room, max } = await hosted();
    const post = (text: string) =>
      first.fetch(`/rooms/${room}/message-send`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${max.stay.session}`,
        },
        body: JSON.stringify({ id: newMessageId(), text }),
      });
    const long = await problemOf(await post(`${'x'.repeat(MAX_MESSAGE_BYTES)}x`));
    expect(long).toMatchObject({ code: 'invalid-input', issues: [{ path: 'text' }] });
    expect((await problemOf(await post('x'.repeat(1_000_000)))).code).toBe('body-too-large');
    expect((await post('x'.repeat(MAX_MESSAGE_BYTES))).status).toBe(200);
  });
});
