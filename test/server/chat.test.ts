import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES, MAX_MESSAGES } from '../../src/protocol/limits.ts';
import type { Message } from '../../src/protocol/message.ts';
import type { Answer, Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { dump, STORAGES } from './support/storages.ts';
import { newMessageId, newRoom } from './support/tokens.ts';

const WEBHOOK = 'https://hooks.example/chat';

interface House {
  room: string;
  hanna: Entered;
  max: Entered;
  mia: Entered;
}

describe.each(STORAGES)('The chat on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open, { webhooks: [{ url: WEBHOOK }] });
  });
  afterAll(() => rig.close());

  /** A room with a host and two guests. */
  async function hosted(): Promise<House> {
    const room = newRoom();
    const hanna = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    const mia = await rig.enter(room, { access: 'always', sub: 'mia', name: 'Mia' });
    return { room, hanna, max, mia };
  }

  const send = async (
    { room }: House,
    { session }: Entered,
    text: string,
    more: Partial<Input<'message-send'>> = {},
  ): Promise<Message> => {
    // Nobody writes as fast as tests do.
    rig.clock.advance(200);
    const input = { id: newMessageId(), text, ...more };
    return (await rig.call('message-send', room, input, session)).message;
  };
  const list = ({ room }: House, { session }: Entered, query: Input<'message-list'> = {}) =>
    rig.call('message-list', room, query, session);
  const texts = ({ messages }: Answer<'message-list'>): string[] =>
    messages.map(({ text }) => text);
  const log = async ({ room }: House, { session }: Entered) =>
    (await rig.call('events', room, { after: '0' }, session)).events;

  it('keeps a message for everybody, also for who comes later, and tells it in the log', async () => {
    const house = await hosted();
    const { room, max, hanna } = house;
    const message = await send(house, max, 'Hello\r\nall');
    const expected = { text: 'Hello\nall', by: { name: 'Max' }, at: rig.clock.now() };
    expect(message).toMatchObject(expected);
    const late = await rig.enter(room, { access: 'always', sub: 'late', name: 'Late' });
    for (const reader of [hanna, late]) {
      expect(await list(house, reader)).toEqual({ seq: 1, messages: [message], more: false });
    }
    expect(await log(house, late)).toMatchObject([
      { type: 'message-received', seq: message.seq, message, by: { name: 'Max' } },
    ]);
  });

  it('outlives the call that it was written in', async () => {
    const house = await hosted();
    await send(house, house.max, 'Before the end');
    await rig.call('call-end', house.room, {}, house.hanna.session);
    const again = await rig.enter(house.room, { access: 'always', sub: 'max', name: 'Max' });
    expect(texts(await list(house, again))).toEqual(['Before the end']);
  });

  it('doubles nothing when a page sends again what may have been lost', async () => {
    const house = await hosted();
    const { room, max, mia } = house;
    const input = { id: newMessageId(), text: 'Once' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => rig.call('message-send', room, input, max.session)),
    );
    expect(new Set(answers.map(({ message }) => message.seq)).size).toBe(1);
    expect(texts(await list(house, mia))).toEqual(['Once']);
    expect(await log(house, mia)).toHaveLength(1);
    expect(await refusal(rig.call('message-send', room, input, mia.session))).toEqual({
      code: 'message-id-taken',
    });
    await rig.call('message-delete', room, { id: input.id }, max.session);
    const late = await rig.call('message-send', room, input, max.session);
    expect(late.message.deletedAt).toBeDefined();
  });

  it('is read backwards in pages, each message once', async () => {
    const house = await hosted();
    for (let n = 1; n <= 5; n += 1) await send(house, house.max, `Message ${n}`);
    const first = await list(house, house.mia, { limit: '2' });
    expect(texts(first)).toEqual(['Message 4', 'Message 5']);
    expect(first.more).toBe(true);
    const before = String(first.messages[0]?.seq);
    const second = await list(house, house.mia, { limit: '3', before });
    expect(texts(second)).toEqual(['Message 1', 'Message 2', 'Message 3']);
    expect(second.more).toBe(false);
  });

  it('lets people edit their own, and nobody else', async () => {
    const house = await hosted();
    const { room, hanna, max, mia } = house;
    const { id } = await send(house, max, 'Helo');
    const edit = (by: Entered, text: string) =>
      rig.call('message-edit', room, { id, text }, by.session);
    for (const other of [hanna, mia]) {
      expect(await refusal(edit(other, 'Mine'))).toEqual({ code: 'not-yours' });
    }
    const { seq, message } = await edit(max, 'Hello');
    expect(message).toMatchObject({ text: 'Hello', editedAt: rig.clock.now() });
    expect(await edit(max, 'Hello')).toMatchObject({ seq });
    // What was first written is told to nobody any more.
    expect(await log(house, mia)).toMatchObject([
      { type: 'message-received', message: { text: 'Hello' } },
      { type: 'message-edited', seq, message: { id, text: 'Hello' }, by: { name: 'Max' } },
    ]);
    expect(JSON.stringify(await log(house, mia))).not.toContain('Helo"');
  });

  it('lets people delete their own and hosts any, for good', async () => {
    const house = await hosted();
    const { room, hanna, max, mia } = house;
    const remove = (by: Entered, id: string) =>
      rig.call('message-delete', room, { id }, by.session);
    const own = await send(house, max, 'A slip of the tongue');
    const rude = await send(house, max, 'Something rude');
    expect(await refusal(remove(mia, rude.id))).toEqual({ code: 'not-yours' });
    await remove(max, own.id);
    const { seq, message } = await remove(hanna, rude.id);
    expect(message).toMatchObject({ id: rude.id, text: '', deletedBy: { name: 'Hanna' } });
    expect(await remove(hanna, rude.id)).toMatchObject({ seq });
    expect(texts(await list(house, mia))).toEqual(['', '']);
    expect((await log(house, mia)).at(-1)).toMatchObject({
      type: 'message-deleted',
      by: { name: 'Hanna' },
      message: { id: rude.id },
    });
    const edit = rig.call('message-edit', room, { id: own.id, text: 'Back' }, max.session);
    expect(await refusal(edit)).toEqual({ code: 'message-not-found' });
    const kept = await dump(rig.storage.db, ['messages', 'events']);
    expect(kept).not.toContain('Something rude');
    expect(kept).not.toContain('A slip of the tongue');
  });

  it('shows a private message to the two, and to no host, log, webhook or activity', async () => {
    const house = await hosted();
    const { room, hanna, max, mia } = house;
    const secret = await send(house, max, 'Between us', { to: mia.me.identity });
    expect(secret.to).toMatchObject({ name: 'Mia' });
    await send(house, mia, 'Indeed', { to: max.me.identity, replyTo: secret.id });
    await rig.call('message-edit', room, { id: secret.id, text: 'Just us' }, max.session);
    for (const one of [max, mia]) {
      expect(texts(await list(house, one))).toEqual(['Just us', 'Indeed']);
      expect(JSON.stringify(await log(house, one))).toContain('Just us');
    }
    const late = await rig.enter(room, { access: 'host', sub: 'late', name: 'Late' });
    for (const other of [hanna, late]) {
      expect(await list(house, other)).toMatchObject({ messages: [] });
      expect(await log(house, other)).toEqual([1, 2, 3].map((seq) => ({ type: 'withheld', seq })));
      const { events } = await rig.call('activity', room, {}, other.session);
      expect(events).toEqual([]);
      for (const stem of ['message-delete', 'message-edit'] as const) {
        const tried = rig.call(stem, room, { id: secret.id, text: 'x' }, other.session);
        expect(await refusal(tried)).toEqual({ code: 'message-not-found' });
      }
      const reply = send(house, other, 'What?', { replyTo: secret.id });
      expect(await refusal(reply)).toEqual({ code: 'message-not-found' });
    }
    await rig.call('role-set', room, { identity: mia.me.identity, role: 'host' }, hanna.session);
    const tried = rig.call('message-delete', room, { id: secret.id }, mia.session);
    expect(await refusal(tried)).toEqual({ code: 'not-yours' });
    await rig.call('message-delete', room, { id: secret.id }, max.session);
    expect(texts(await list(house, mia))).toEqual(['', 'Indeed']);
    const id = (await rig.room(room)).id;
    const told = await rig.storage.db
      .selectFrom('deliveries')
      .select('event')
      .where('room_id', '=', id)
      .execute();
    expect(told.map(({ event }) => event.type)).toEqual(['role-changed']);
  });

  it('keeps a private message with the person, whatever stay they read it in', async () => {
    const house = await hosted();
    await send(house, house.max, 'For later', { to: house.mia.me.identity });
    await rig.call('call-leave', house.room, {}, house.mia.session);
    const again = await rig.enter(house.room, { access: 'always', sub: 'mia', name: 'Mia' });
    expect(texts(await list(house, again))).toEqual(['For later']);
    // Somebody who only calls themselves so is somebody else.
    const other = await rig.enter(house.room, { access: 'always', sub: 'other', name: 'Mia' });
    expect(texts(await list(house, other))).toEqual([]);
  });

  it('takes no message for somebody who is not there, and no open answer to a private one', async () => {
    const house = await hosted();
    const { room, hanna, max, mia } = house;
    const secret = await send(house, max, 'Psst', { to: mia.me.identity });
    const tried = async (to: string | undefined, replyTo?: string) =>
      (await refusal(send(house, max, 'x', { ...(to && { to }), ...(replyTo && { replyTo }) })))
        .code;
    expect(await tried(max.me.identity)).toBe('not-yourself');
    expect(await tried(`p_${'0'.repeat(22)}`)).toBe('participant-not-found');
    expect(await tried(undefined, secret.id)).toBe('invalid-input');
    expect(await tried(hanna.me.identity, secret.id)).toBe('invalid-input');
    expect(await tried(undefined, newMessageId())).toBe('message-not-found');
    const knock = await rig.knock(room);
    expect(await tried(knock.knock.identity)).toBe('participant-not-found');
    await rig.call('participant-remove', room, { identity: mia.me.identity }, hanna.session);
    const out = await refusal(send(house, max, 'x', { to: mia.me.identity }));
    expect(out).toEqual({ code: 'participant-out' });
  });

  it('gives nothing to who waits, was removed or left', async () => {
    const house = await hosted();
    const { room, hanna, max, mia } = house;
    await send(house, max, 'Not for everybody');
    const knock = await rig.knock(room);
    await rig.call('participant-remove', room, { identity: max.me.identity }, hanna.session);
    await rig.call('call-leave', room, {}, mia.session);
    const asked = (session: string) =>
      Promise.all([
        refusal(rig.call('message-list', room, {}, session)),
        refusal(rig.call('message-read', room, { read: 1 }, session)),
        refusal(rig.call('message-send', room, { id: newMessageId(), text: 'Me, too' }, session)),
      ]);
    for (const [{ session }, code] of [
      [knock, 'still-waiting'],
      [max, 'admission-over'],
      [mia, 'admission-over'],
    ] as const) {
      for (const refused of await asked(session)) expect(refused.code).toBe(code);
    }
  });

  it('counts what is unread for each person, from their first entry on', async () => {
    const house = await hosted();
    const { room, max, mia } = house;
    const mark = async ({ session }: Entered) =>
      (await rig.call('call-resume', room, {}, session)).chat;
    expect(max.chat).toEqual({ read: 0, unread: 0 });
    const first = await send(house, max, 'One');
    await send(house, max, 'Two');
    const third = await send(house, max, 'Three', { to: house.hanna.me.identity });
    expect(await mark(max)).toEqual({ read: 0, unread: 0 });
    expect(await mark(mia)).toEqual({ read: 0, unread: 2 });
    expect(await mark(house.hanna)).toEqual({ read: 0, unread: 3 });
    const read = (position: number) =>
      rig.call('message-read', room, { read: position }, mia.session);
    expect(await read(first.seq)).toEqual({ read: first.seq, unread: 1 });
    // Never back, and no further than there is something to read.
    expect(await read(0)).toEqual({ read: first.seq, unread: 1 });
    expect(await read(1_000_000)).toEqual({ read: third.seq, unread: 0 });
    await send(house, max, 'Four');
    expect(await mark(mia)).toEqual({ read: third.seq, unread: 1 });
    const late = await rig.enter(room, { access: 'always', sub: 'late', name: 'Late' });
    expect(late.chat).toEqual({ read: 4, unread: 0 });
    await rig.call('call-leave', room, {}, mia.session);
    const again = await rig.enter(room, { access: 'always', sub: 'mia', name: 'Mia' });
    expect(again.chat).toEqual({ read: third.seq, unread: 1 });
  });

  it('abuse 55: takes 4 KB, no towers of marks, and nothing that can not be read', async () => {
    const house = await hosted();
    const { max, mia } = house;
    const most = 'ü'.repeat(MAX_MESSAGE_BYTES / 2);
    expect((await send(house, max, most)).text).toBe(most);
    expect(await refusal(send(house, max, `${most}x`))).toEqual({ code: 'invalid-input' });
    const zalgo = await send(house, max, `H${'\u0335\u0321'.repeat(500)}i`);
    expect([...zalgo.text].length).toBeLessThan(12);
    const turned = await send(house, max, 'a\u202egnp.exe\u202c\u0000\u200b');
    expect(turned.text).toBe('agnp.exe');
    for (const nothing of ['', ' \n ', '\u200b\u2060', '\u0301']) {
      expect(await refusal(send(house, max, nothing))).toEqual({ code: 'invalid-input' });
    }
    expect(await list(house, mia)).toMatchObject({ messages: { length: 3 } });
  });

  it('abuse 55: lets one person write 10 at once, then 5 a second, and others go on', async () => {
    const house = await hosted();
    const { room, max, mia } = house;
    rig.clock.advance(60_000);
    const post = (by: Entered) =>
      rig.call('message-send', room, { id: newMessageId(), text: 'Again' }, by.session);
    for (let n = 0; n < 10; n += 1) await post(max);
    expect(await refusal(post(max))).toEqual({ code: 'rate-limited' });
    const { id } = await post(mia).then(({ message }) => message);
    const acts = [
      rig.call('message-edit', room, { id, text: 'More' }, max.session),
      rig.call('message-delete', room, { id }, max.session),
    ];
    const refused = await Promise.all(acts.map(refusal));
    expect(refused).toEqual([{ code: 'rate-limited' }, { code: 'rate-limited' }]);
    rig.clock.advance(1_000);
    for (let n = 0; n < 5; n += 1) await post(max);
    expect(await refusal(post(max))).toEqual({ code: 'rate-limited' });
  });

  it('abuse 55: lets all of a room together write only so much', async () => {
    const house = await hosted();
    const { room } = house;
    rig.clock.advance(60_000);
    const crowd: Entered[] = [];
    for (let n = 0; n < 11; n += 1) {
      crowd.push(await rig.enter(room, { access: 'always', sub: `bot-${n}` }));
    }
    const flood = crowd.flatMap((bot) => Array.from({ length: 10 }, () => bot));
    const tried: (string | undefined)[] = [];
    for (const bot of flood) {
      const input = { id: newMessageId(), text: 'Flood' };
      tried.push(
        await rig.call('message-send', room, input, bot.session).then(
          () => undefined,
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(tried.filter((code) => code === undefined)).toHaveLength(100);
    expect(new Set(tried.slice(100))).toEqual(new Set(['rate-limited']));
  }, 180_000);

  it('abuse 55: keeps only so many messages', async () => {
    const house = await hosted();
    await send(house, house.max, 'The oldest');
    await send(house, house.max, 'The last but one');
    const { id } = await rig.room(house.room);
    await rig.storage.db
      .updateTable('messages')
      .set({ number: 4 - MAX_MESSAGES })
      .where('room_id', '=', id)
      .where('number', '=', 1)
      .execute();
    await send(house, house.max, 'The last');
    expect(await refusal(send(house, house.max, 'One more'))).toEqual({ code: 'chat-full' });
  });

  it('abuse 55: has room again after a reset', async () => {
    const house = await hosted();
    const { room, hanna, max } = house;
    await send(house, max, 'The first');
    const { id } = await rig.room(room);
    await rig.storage.db
      .updateTable('messages')
      .set({ number: MAX_MESSAGES })
      .where('room_id', '=', id)
      .execute();
    await send(house, max, 'The second');
    await rig.call('room-reset', room, { parts: ['chat'] }, hanna.session);
    await send(house, max, 'The third');
    await send(house, max, 'The fourth');
  });

  it('is cleared for good by a reset of it, and the log goes on without a gap', async () => {
    const house = await hosted();
    const { room, hanna, max, mia } = house;
    await send(house, max, 'A thing of the past');
    await send(house, max, 'A secret of the past', { to: mia.me.identity });
    const { id } = await send(house, max, 'Gone already');
    await rig.call('message-delete', room, { id }, max.session);
    const preview = await rig.call('reset-preview', room, {}, hanna.session);
    expect(preview.parts).toContainEqual({ part: 'chat', count: 2 });
    const done = await rig.call('room-reset', room, { parts: ['chat'] }, hanna.session);
    expect(done.receipt?.parts).toEqual([{ part: 'chat', count: 2 }]);
    expect(await list(house, max)).toMatchObject({ messages: [], more: false });
    const told = await log(house, max);
    expect(told.slice(0, 4)).toEqual([1, 2, 3, 4].map((seq) => ({ type: 'withheld', seq })));
    expect(told.slice(4)).toMatchObject([{ type: 'room-reset', seq: 5, parts: ['chat'] }]);
    const kept = await dump(rig.storage.db, ['messages', 'events', 'deliveries']);
    expect(kept).not.toMatch(/of the past|Gone already/);
    const next = await send(house, max, 'A new beginning');
    expect(next.seq).toBe(6);
    expect(texts(await list(house, mia))).toEqual(['A new beginning']);
  });

  it('is gone after a full reset, and who had read it', async () => {
    const house = await hosted();
    const { room, hanna, max } = house;
    await send(house, max, 'Never to be seen again');
    await rig.call('room-reset', room, { parts: ['activity'] }, hanna.session);
    const again = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    expect(await list(house, again)).toMatchObject({ messages: [] });
    const row = await rig.room(room);
    const marks = await rig.storage.db
      .selectFrom('chat_marks')
      .select('person')
      .where('room_id', '=', row.id)
      .execute();
    expect(marks).toEqual([{ person: 'max' }]);
    const kept = await dump(rig.storage.db, ['messages', 'events', 'deliveries']);
    expect(kept).not.toContain('Never to be seen again');
  });
});
