import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Message } from '../../../src/protocol/message.ts';
import type { Answer, Input } from '../../../src/protocol/routes.ts';
import type { FakeApi } from '../../fakes/core-fakes.ts';
import { entered, identity, person } from '../../fakes/core-fakes.ts';
import { Shelf } from '../../fakes/shelf.ts';
import { by, common, inCall, tick } from './host-in-call.ts';

const id = (n: number): string => `m_${String(n).padStart(22, '0')}`;
const author = (n: number) => {
  const { joinedAt: _joinedAt, connection: _connection, ...participant } = person(n);
  return participant;
};

/** Message `n`, at position `n` of the log, by person 2 unless said. */
const message = (n: number, more: Partial<Message> = {}): Message => ({
  id: id(n),
  seq: n,
  at: n,
  by: author(2),
  text: `Message ${n}`,
  ...more,
});
const received = (told: Message, seq = told.seq) => ({
  ...common,
  type: 'message-received',
  seq,
  message: told,
  by: told.by,
});
const edited = (seq: number, told: Message) => ({ ...received(told, seq), type: 'message-edited' });
const deleted = (seq: number, told: Message) => ({
  ...received({ ...told, text: '', deletedAt: seq, deletedBy: by }, seq),
  type: 'message-deleted',
});

/** A promise that the test settles. */
function deferred<T>() {
  const settle: { resolve?: (value: T) => void; reject?: (error: Error) => void } = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return {
    promise,
    resolve: (value: T): void => settle.resolve?.(value),
    reject: (error: Error): void => settle.reject?.(error),
  };
}

const away = (): MeetingError => new MeetingError('server-unreachable', 'Nothing answered.');
/** What was asked of `message-send`, in order. */
const sent = (api: FakeApi): Input<'message-send'>[] =>
  api.calls
    .filter(({ stem }) => stem === 'message-send')
    .map(({ input }) => input as Input<'message-send'>);

/** In the call at position 10, with the chat open and two messages in it. */
async function opened(messages: Message[] = [message(3), message(7)], more = false) {
  const room = await inCall();
  room.api.on('message-list', { seq: 10, messages, more });
  room.api.on('message-read', { read: 10, unread: 0 });
  const watch = new AbortController();
  room.store.watchChat(watch.signal);
  await tick();
  const texts = (): string[] => room.store.chat.value.messages.map(({ text }) => text);
  const states = (): string[] => room.store.chat.value.messages.map(({ state }) => state);
  return { ...room, watch, texts, states };
}

/** Has the server answer `message-send` as it does, at position `seq`. */
function answers(api: FakeApi, seq: number, ...failures: Error[]): void {
  const told = (): Message => {
    const { id: own = '', text = '' } = sent(api).at(-1) ?? {};
    return message(seq, { id: own, text, by: author(1) });
  };
  api.on('message-send', ...failures, {
    seq,
    get message() {
      return told();
    },
  });
}

/** A tab that keeps what is unsent; the fake remembers no session, so that each page enters anew. */
function keepsUnsent(): void {
  vi.stubGlobal('sessionStorage', new Shelf());
}

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  await import('../../../src/core/chat.ts');
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the number of unread messages', () => {
  it('is known without loading the chat, from the snapshot on', async () => {
    const { store, sockets, api } = await inCall();
    expect(store.chatMark.value).toEqual({ read: 10, unread: 0 });
    sockets.last.say(received(message(11)));
    sockets.last.say(received(message(12, { by: author(1) })));
    sockets.last.say(received(message(13)));
    expect(store.chatMark.value).toEqual({ read: 10, unread: 2 });
    sockets.last.say(deleted(14, message(13)));
    sockets.last.say(deleted(15, message(2)));
    sockets.last.say(deleted(16, message(12, { by: author(1) })));
    expect(store.chatMark.value).toEqual({ read: 10, unread: 1 });
    expect(store.chat.value.phase).toBe('unknown');
    expect(api.count('message-list')).toBe(0);
  });

  it('is told to the server when all was read, and not more often than needed', async () => {
    const { store, sockets, api } = await opened();
    await store.readMessages();
    expect(api.count('message-read')).toBe(0);
    sockets.last.say(received(message(11)));
    void store.readMessages();
    await tick();
    expect(store.chatMark.value).toEqual({ read: 11, unread: 0 });
    for (let n = 12; n < 20; n += 1) {
      sockets.last.say(received(message(n)));
      void store.readMessages();
    }
    await tick(10_000);
    const told = api.calls.filter(({ stem }) => stem === 'message-read');
    expect(told.map(({ input }) => input)).toEqual([{ read: 11 }, { read: 19 }]);
  });

  it('is forgotten with the stay', async () => {
    const { store, sockets } = await inCall();
    sockets.last.say(received(message(11)));
    sockets.last.say({ type: 'over', exit: { reason: 'removed', at: 1, next: 'none' } });
    expect(store.chatMark.value).toEqual({ read: 0, unread: 0 });
  });
});

describe('the chat', () => {
  it('is loaded when somebody looks, and follows the log from then on', async () => {
    const { store, sockets, texts, api } = await opened();
    expect(texts()).toEqual(['Message 3', 'Message 7']);
    sockets.last.say(received(message(11)));
    sockets.last.say(edited(12, message(7, { text: 'Better', editedAt: 12 })));
    sockets.last.say(deleted(13, message(3)));
    expect(store.chat.value.messages).toMatchObject([
      { text: '', deletedAt: 13, deletedBy: { name: 'Person 1' } },
      { text: 'Better', editedAt: 12 },
      { text: 'Message 11' },
    ]);
    expect(api.count('message-list')).toBe(1);
  });

  it('lets no late answer undo what the log told', async () => {
    const { store, sockets, api } = await inCall();
    const asked = deferred<Answer<'message-list'>>();
    api.on('message-list', asked.promise);
    store.watchChat(new AbortController().signal);
    await tick();
    expect(store.chat.value.phase).toBe('loading');
    sockets.last.say(edited(11, message(3, { text: 'Newer' })));
    asked.resolve({ seq: 10, messages: [message(3, { text: 'Older' })], more: false });
    await tick();
    expect(store.chat.value.messages).toMatchObject([{ text: 'Newer' }]);
  });

  it('goes back page by page', async () => {
    const { store, api, texts } = await opened([message(7), message(9)], true);
    expect(store.chat.value.more).toBe(true);
    api.on('message-list', { seq: 10, messages: [message(3), message(5)], more: false });
    await store.olderMessages();
    expect(texts()).toEqual(['Message 3', 'Message 5', 'Message 7', 'Message 9']);
    expect(api.calls.at(-1)?.input).toEqual({ before: '7' });
    await store.olderMessages();
    expect(api.count('message-list')).toBe(2);
  });

  it('is tried again until it is there', async () => {
    const { store, api } = await inCall();
    api.on('message-list', away(), away(), { seq: 10, messages: [message(3)], more: false });
    store.watchChat(new AbortController().signal);
    await tick();
    expect(store.chat.value).toMatchObject({ phase: 'failed', error: away() });
    await tick(20_000);
    expect(store.chat.value).toMatchObject({ phase: 'known', messages: [{ text: 'Message 3' }] });
  });

  it('is loaded again when the log has a gap, and shows none of its own', async () => {
    const { store, api, sockets, texts } = await opened([message(3), message(7)], true);
    api.on('message-list', { seq: 500, messages: [message(480), message(490)], more: true });
    api.on('call-resume', { ...entered(500, [person(1)]), chat: { read: 10, unread: 99 } });
    sockets.last.say({ type: 'snapshot-needed' });
    await tick(1_000);
    expect(texts()).toEqual(['Message 480', 'Message 490']);
    expect(store.chat.value.more).toBe(true);
    expect(store.chatMark.value).toEqual({ read: 10, unread: 99 });
    sockets.last.say(received(message(501)));
    expect(texts()).toEqual(['Message 480', 'Message 490', 'Message 501']);
  });

  it('is empty at once when a reset clears it, and has what was written since', async () => {
    const { store, api, sockets, texts } = await opened();
    sockets.last.say(received(message(11)));
    api.on('message-list', { seq: 13, messages: [message(12)], more: false });
    sockets.last.say(received(message(12)));
    sockets.last.say({
      ...{ ...common, seq: 13, type: 'room-reset', parts: ['chat'], keptHost: false },
      receipt: { startedAt: 11, finishedAt: 13, parts: [{ part: 'chat', count: 3 }], people: 0 },
    });
    expect(texts()).toEqual(['Message 12']);
    expect(store.chatMark.value).toEqual({ read: 13, unread: 0 });
    await tick();
    expect(texts()).toEqual(['Message 12']);
    expect(api.count('message-list')).toBe(2);
  });

  it('has what a reset had cleared once that is put back, and counts none of it as unread', async () => {
    const { store, api, sockets, texts } = await opened();
    const { unread } = store.chatMark.value;
    const all = [message(1), message(3), message(7)];
    api.on('message-list', { seq: 11, messages: all, more: true });
    sockets.last.say({ ...common, seq: 11, type: 'room-restored', parts: ['chat'] });
    await tick();
    expect(texts()).toEqual(['Message 1', 'Message 3', 'Message 7']);
    expect(store.chat.value.more).toBe(true);
    expect(store.chatMark.value.unread).toBe(unread);
  });

  it('is empty again when the stay is over', async () => {
    const { store, sockets } = await opened();
    sockets.last.say({ type: 'over', exit: { reason: 'removed', at: 1, next: 'none' } });
    expect(store.chat.value).toEqual({ phase: 'unknown', messages: [], more: false });
  });
});

describe('sending', () => {
  it('shows the message at once as on its way, and as sent when the server has it', async () => {
    const { store, api, states, texts, sockets } = await opened();
    answers(api, 11);
    const sending = store.sendMessage('Hello');
    await tick();
    expect(states().at(-1)).toBe('sending');
    sockets.last.say(received(message(11, { ...sent(api).at(-1), by: author(1) } as Message)));
    await tick();
    expect(await sending).toMatchObject({ seq: 11, text: 'Hello' });
    expect(states()).toEqual(['sent', 'sent', 'sent']);
    expect(texts()).toEqual(['Message 3', 'Message 7', 'Hello']);
    expect(store.chatMark.value.unread).toBe(0);
  });

  it('asks by the same id until it is answered, and keeps the order', async () => {
    const { store, api, states, page } = await opened();
    answers(api, 10, away(), away());
    const sending = Promise.all([store.sendMessage('One'), store.sendMessage('Two')]);
    await tick();
    expect(states().slice(2)).toEqual(['sending', 'sending']);
    page.wake();
    await tick(60_000);
    await sending;
    expect(sent(api).map(({ text }) => text)).toEqual(['One', 'One', 'One', 'Two']);
    expect(new Set(sent(api).map((input) => input.id)).size).toBe(2);
    expect(states()).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('counts a message as sent when the log tells of it, though the answer was lost', async () => {
    const { store, api, sockets, states } = await opened();
    const asked = deferred<Answer<'message-send'>>();
    api.on('message-send', asked.promise);
    const sending = store.sendMessage('Once');
    await tick();
    const own = message(11, { id: sent(api)[0]?.id ?? '', text: 'Once', by: author(1) });
    sockets.last.say(received(own));
    expect(await sending).toMatchObject({ seq: 11 });
    asked.reject(away());
    await tick(60_000);
    expect(sent(api)).toHaveLength(1);
    expect(states()).toEqual(['sent', 'sent', 'sent']);
  });

  it('waits as long as the server asks for when it is too much at once', async () => {
    const { store, api } = await opened();
    answers(api, 10, new MeetingError('rate-limited', 'Too many.', { retryAfter: 7 }));
    const sending = store.sendMessage('Soon');
    await tick(6_900);
    expect(sent(api)).toHaveLength(1);
    await tick(200);
    await tick(1_000);
    await sending;
    expect(sent(api)).toHaveLength(2);
  });

  it('keeps what the server will not have until it is sent again or given up', async () => {
    const { store, api, states, types } = await opened();
    const full = new MeetingError('chat-full', 'No more.');
    answers(api, 10, full, full);
    const [first, second] = [store.sendMessage('One'), store.sendMessage('Two')];
    const settled = Promise.allSettled([first, second]);
    await tick(2_000);
    expect(await settled).toMatchObject([{ reason: full }, { reason: full }]);
    expect(states().slice(2)).toEqual(['failed', 'failed']);
    expect(types().filter((type) => type === 'meeting-error')).toHaveLength(2);
    const [one, two] = store.chat.value.messages.slice(2);
    expect(one?.error).toBe(full);
    const again = store.resendMessage(one?.id ?? '');
    await tick(2_000);
    await again;
    await store.discardMessage(two?.id ?? '');
    expect(states()).toEqual(['sent', 'sent', 'sent']);
  });

  it('goes to one person alone, as an answer', async () => {
    const { store, api } = await opened();
    answers(api, 10);
    void store.sendMessage('Psst', { to: identity(2), replyTo: id(3) });
    await tick();
    expect(sent(api)[0]).toMatchObject({ to: identity(2), replyTo: id(3), text: 'Psst' });
    await expect(store.sendMessage('Psst', { to: identity(99) })).rejects.toMatchObject({
      code: 'participant-not-found',
    });
  });

  it('goes on after a reload, unasked, where the server did not have it yet', async () => {
    keepsUnsent();
    const { store, api } = await opened();
    answers(api, 11, away(), new MeetingError('rate-limited', 'Slow down.'));
    const waits = [store.sendMessage('One'), store.sendMessage('Two', { replyTo: id(3) })];
    await tick();
    store.dispose();
    await Promise.allSettled(waits);
    expect(sent(api).map(({ text }) => text)).toEqual(['One']);
    const before = sent(api)[0];

    const next = await inCall();
    answers(next.api, 11);
    await tick(2_000);
    expect(sent(next.api)).toEqual([
      before,
      expect.objectContaining({ text: 'Two', replyTo: id(3) }),
    ]);
    expect(next.api.count('message-list'), 'nobody looked at the chat').toBe(0);
    next.store.dispose();
    const last = await inCall();
    await tick();
    expect(last.api.count('message-send')).toBe(0);
  });

  it('is still a failure after a reload, with its reason, and to be decided on', async () => {
    keepsUnsent();
    const { store, api } = await opened();
    answers(api, 11, new MeetingError('forbidden', 'No.', { reason: 'Not at work' }));
    const refused = expect(store.sendMessage('Secret')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await tick();
    await refused;
    store.dispose();
    const next = await opened();
    answers(next.api, 11);
    expect(next.store.chat.value.messages.at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'forbidden', reason: 'Not at work' },
    });
    expect(next.api.count('message-send')).toBe(0);
    const sending = next.store.resendMessage(next.store.chat.value.messages.at(-1)?.id ?? '');
    await tick(2_000);
    await sending;
    expect(next.states()).toEqual(['sent', 'sent', 'sent']);
  });

  it('has what was being written after a reload, and for whom alone', async () => {
    keepsUnsent();
    const { store } = await opened();
    const { joinedAt: _, connection: _c, ...mara } = person(2);
    await store.keepDraft({ text: 'Between us', to: mara });
    store.dispose();
    const next = await opened();
    expect(await next.store.draft()).toEqual({ text: 'Between us', to: mara });
    await next.store.keepDraft(undefined);
    next.store.dispose();
    const last = await opened();
    expect(await last.store.draft()).toBeUndefined();
    expect(last.api.count('message-send')).toBe(0);
  });

  it('ends with the stay', async () => {
    const { store, api, sockets } = await opened();
    api.on('message-send', away());
    const sending = Promise.allSettled([store.sendMessage('Too late')]);
    await tick();
    sockets.last.say({ type: 'over', exit: { reason: 'removed', at: 1, next: 'none' } });
    expect(await sending).toMatchObject([{ reason: { code: 'session-missing' } }]);
    await tick(60_000);
    expect(sent(api)).toHaveLength(1);
    await expect(store.sendMessage('Hello?')).rejects.toMatchObject({ code: 'session-missing' });
  });
});

describe('editing and deleting', () => {
  it('is pending under the message, and shown when the server has done it', async () => {
    const { store, api, texts } = await opened();
    const changed = message(3, { text: 'Better', editedAt: 11 });
    api.on('message-edit', { seq: 11, message: changed });
    api.on('events', { seq: 11, events: [edited(11, changed) as never] });
    const editing = store.editMessage(id(3), 'Better');
    await tick();
    expect(store.requests.value.get(`message-edit:${id(3)}`)).toEqual({ phase: 'pending' });
    await tick(1_000);
    await editing;
    expect(texts()).toEqual(['Better', 'Message 7']);
    const no = new MeetingError('not-yours', 'No.');
    api.on('message-delete', no);
    await expect(store.deleteMessage(id(7))).rejects.toBe(no);
    expect(texts()).toEqual(['Better', 'Message 7']);
  });
});

describe('typing', () => {
  it('is shown until it stops, or nothing more is heard of it', async () => {
    const { store, sockets } = await opened();
    const typing = (n: number, on: boolean, isPrivate = false) =>
      sockets.last.say({ type: 'typing', identity: identity(n), on, private: isPrivate });
    typing(2, true);
    typing(3, true, true);
    expect(store.typing.value).toEqual([
      { identity: identity(2), private: false },
      { identity: identity(3), private: true },
    ]);
    typing(3, false);
    expect(store.typing.value).toEqual([{ identity: identity(2), private: false }]);
    await tick(6_000);
    expect(store.typing.value).toEqual([]);
    typing(2, true);
    sockets.last.say(received(message(11)));
    expect(store.typing.value).toEqual([]);
  });

  it('is said on the feed, at the start, now and then, and at the end', async () => {
    const { store, sockets } = await opened();
    sockets.last.say({ type: 'head', seq: 10 });
    const said = (): unknown[] => sockets.last.sent.slice(1);
    for (let n = 0; n < 10; n += 1) {
      await store.setTyping(true);
      await tick(500);
    }
    expect(said()).toEqual([
      { type: 'typing', on: true },
      { type: 'typing', on: true },
    ]);
    await store.setTyping(false);
    await store.setTyping(false);
    await store.setTyping(true, { to: identity(2) });
    expect(said().slice(2)).toEqual([
      { type: 'typing', on: false },
      { type: 'typing', on: true, to: identity(2) },
    ]);
  });

  it('is lost, and breaks nothing, while the feed is away', async () => {
    const { store, sockets } = await opened();
    sockets.last.say({ type: 'head', seq: 10 });
    const { last } = sockets;
    last.drop();
    await store.setTyping(true);
    expect(last.sent).toHaveLength(1);
  });
});

describe('files in messages', () => {
  const file = { id: `f_${'1'.repeat(22)}`, name: 'plan.pdf', size: 3, type: 'application/pdf' };
  const whole = { ...file, preview: false, at: 5, by: author(2) };

  it('are gone from every message when the file is, and when files are cleared', async () => {
    const { store, sockets, api } = await opened([message(3, { file: whole }), message(7)]);
    const other = { ...whole, id: `f_${'2'.repeat(22)}`, at: 6 };
    sockets.last.say(received(message(11, { file: other })));
    await tick();
    sockets.last.say({ ...common, type: 'file-deleted', seq: 12, file: whole, by });
    await tick();
    const files = () => store.chat.value.messages.map(({ file: brought }) => brought);
    expect(files()).toEqual([{ id: file.id, gone: true }, undefined, other]);
    const receipt = { startedAt: 20, finishedAt: 21, parts: [], people: 0 };
    const parts = ['whiteboards-and-files'];
    sockets.last.say({
      ...common,
      type: 'room-reset',
      seq: 13,
      parts,
      keptHost: true,
      receipt,
      by,
    });
    await tick();
    expect(files().at(-1)).toEqual({ id: other.id, gone: true });
    expect(store.chat.value.messages.map(({ text }) => text)).toContain('Message 7');
    // What a host puts back is there again.
    api.on('message-list', { seq: 14, messages: [message(3, { file: whole })], more: false });
    sockets.last.say({ ...common, type: 'room-restored', seq: 14, parts, by });
    await tick();
    expect(files()[0]).toEqual(whole);
  });

  it('are sent by the id of a file, also without words', async () => {
    const { store, api } = await opened();
    api.on('message-send', {
      seq: 11,
      get message() {
        return message(11, {
          id: sent(api).at(-1)?.id ?? '',
          text: '',
          by: author(1),
          file: whole,
        });
      },
    });
    void store.sendMessage('', { file: file.id });
    await tick(5_000);
    expect(sent(api)).toMatchObject([{ text: '', file: file.id }]);
    expect(store.chat.value.messages.at(-1)).toMatchObject({ file: { name: 'plan.pdf' } });
  });
});
