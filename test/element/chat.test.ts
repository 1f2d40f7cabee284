import { assert } from '@open-wc/testing';
import '../../src/define/meeting-chat.ts';
import type { ChatMessage } from '../../src/core/chat-state.ts';
import type { MessageDeleteRequestEvent } from '../../src/events/message-delete-request.ts';
import type { MessageSendRequestEvent } from '../../src/events/message-send-request.ts';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import { requestKey } from '../../src/core/state.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import { MAX_MESSAGE_BYTES } from '../../src/protocol/limits.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import { button, expectAccessible, mountCall, must, part, waitUntil } from './harness.ts';

const by = (n: number): ChatMessage['by'] => ({
  identity: `p_${n}`,
  name: ['Ana', 'Max', 'Mia'][n] ?? '',
  role: n === 0 ? 'host' : 'guest',
  person: `person-${n}`,
});
const message = (n: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `m_${n}`,
  seq: n,
  at: Date.UTC(2026, 10, 25, 12, n),
  by: by(1),
  text: `Message ${n}`,
  state: 'sent',
  ...more,
});

function show(store: FakeStore, messages: readonly ChatMessage[], more = false): void {
  store.chat.value = { phase: 'known', messages, more };
}

const panel = (room: MeetingRoom): HTMLElement | null =>
  part(part(room, 'meeting-panel'), 'meeting-chat');
const log = (room: MeetingRoom): HTMLElement => must(panel(room), 'meeting-messages');
const compose = (room: MeetingRoom): HTMLElement => must(panel(room), 'meeting-compose');
const box = (room: MeetingRoom): HTMLTextAreaElement =>
  must(compose(room), 'textarea') as HTMLTextAreaElement;
const lines = (room: MeetingRoom): HTMLElement[] => [
  ...(log(room).shadowRoot?.querySelectorAll<HTMLElement>('.message') ?? []),
];

/** A call of three with the chat open, seen by the first. */
async function opened(messages: readonly ChatMessage[], role: 'host' | 'guest' = 'host') {
  const mounted = await mountCall(['Ana', 'Max', 'Mia'], role);
  show(mounted.store, messages);
  await mounted.room.openPanel('chat');
  await waitUntil(() => panel(mounted.room) && lines(mounted.room).length === messages.length);
  await waitUntil(() => part(compose(mounted.room), 'textarea'), 'the box shows');
  return mounted;
}

async function write(room: MeetingRoom, text: string): Promise<void> {
  const textarea = box(room);
  textarea.value = text;
  textarea.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await (compose(room) as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
}

const press = (room: MeetingRoom, init: KeyboardEventInit): boolean =>
  box(room).dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }),
  );

const sends = (store: FakeStore): unknown[][] =>
  store.calls.filter(([name]) => name === 'sendMessage').map(([, ...args]) => args);

describe('the chat', () => {
  it('opens by its button, says how much is unread, and puts the focus in its box', async () => {
    const { room, store } = await mountCall(['Ana', 'Max']);
    store.chatMark.value = { read: 0, unread: 3 };
    const opener = await waitUntil(() => button(part(room, 'meeting-controls'), 'Chat')).then(() =>
      button(part(room, 'meeting-controls'), 'Chat'),
    );
    await waitUntil(() => opener.getAttribute('aria-description') === '3 unread');
    show(store, []);
    opener.click();
    await waitUntil(() => panel(room) && part(compose(room), 'textarea'), 'the chat shows');
    await waitUntil(() => compose(room).shadowRoot?.activeElement === box(room), 'the focus is in');
    assert.strictEqual(box(room).getAttribute('aria-label'), 'Message');
    assert.strictEqual(store.chatWatchers, 1);
    room.closePanel();
    await waitUntil(() => store.chatWatchers === 0, 'nobody watches any more');
  });

  it('sends by Enter, not with Shift nor while an input method composes', async () => {
    const { room, store } = await opened([]);
    await write(room, ' Hello ');
    press(room, { shiftKey: true });
    press(room, { isComposing: true });
    assert.deepEqual(sends(store), []);
    press(room, {});
    await waitUntil(() => sends(store).length === 1);
    assert.deepEqual(sends(store), [['Hello', {}]]);
    await waitUntil(() => box(room).value === '', 'the box is empty');
    await write(room, ' \n ');
    press(room, {});
    assert.lengthOf(sends(store), 1);
  });

  it('keeps what is vetoed', async () => {
    const { room, store } = await opened([]);
    room.addEventListener('message-send-request', (event: MessageSendRequestEvent) => {
      assert.strictEqual(event.wish.text, 'Not this');
      event.preventDefault();
    });
    await write(room, 'Not this');
    press(room, {});
    await (compose(room) as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
    assert.deepEqual(sends(store), []);
    assert.strictEqual(box(room).value, 'Not this');
  });

  it('says how much is left near the limit, and sends nothing over it', async () => {
    const { room, store } = await opened([]);
    await write(room, 'x'.repeat(100));
    assert.strictEqual(part(compose(room), '#left'), null);
    await write(room, 'ü'.repeat(MAX_MESSAGE_BYTES / 2 - 5));
    assert.strictEqual(part(compose(room), '#left')?.textContent?.trim(), '10 left');
    await write(room, 'x'.repeat(MAX_MESSAGE_BYTES + 3));
    assert.strictEqual(part(compose(room), '#left')?.textContent?.trim(), '3 too many');
    press(room, {});
    assert.deepEqual(sends(store), []);
  });

  it('writes to one person, says who sees it, and stays there for the answer', async () => {
    const { room, store } = await opened([message(1, { to: by(0), by: by(2) })]);
    button(log(room), 'Reply to Mia').click();
    await waitUntil(() => part(compose(room), '.between'), 'it says who sees it');
    const words = part(compose(room), '.between')?.textContent?.trim();
    assert.strictEqual(words, 'Only you and Mia see this. Hosts don’t.');
    assert.strictEqual((must(compose(room), 'select') as HTMLSelectElement).disabled, true);
    await write(room, 'Psst');
    press(room, {});
    await waitUntil(() => sends(store).length === 1);
    assert.deepEqual(sends(store), [['Psst', { to: 'p_2', replyTo: 'm_1' }]]);
  });

  it('offers to change and delete what is one’s own; hosts delete anybody’s but private words', async () => {
    const { room, store } = await opened([
      message(1, { by: by(0) }),
      message(2),
      message(3, { to: by(0) }),
    ]);
    const names = lines(room).map((line) =>
      [...line.querySelectorAll('.actions button')].map((each) => each.getAttribute('aria-label')),
    );
    assert.deepEqual(names, [
      ['Reply to your message', 'Change your message', 'Delete your message'],
      ['Reply to Max', 'Delete Max’s message'],
      ['Reply to Max'],
    ]);
    button(log(room), 'Delete your message').click();
    await waitUntil(() => store.called.includes('deleteMessage'), 'one’s own goes at once');
    store.calls.length = 0;
    button(log(room), 'Delete Max’s message').click();
    await waitUntil(() => part(part(room, 'meeting-confirm'), 'dialog[open]'), 'it asks first');
    assert.notInclude(store.called, 'deleteMessage');
    button(part(room, 'meeting-confirm'), 'Delete').click();
    await waitUntil(() => store.called.includes('deleteMessage'));
    assert.deepEqual(
      store.calls.find(([name]) => name === 'deleteMessage'),
      ['deleteMessage', 'm_2'],
    );
  });

  it('offers guests no more than their own', async () => {
    const { room } = await opened([message(1), message(2, { by: by(0) })], 'guest');
    let asked: MessageDeleteRequestEvent | undefined;
    room.addEventListener('message-delete-request', (event) => {
      asked = event;
      event.preventDefault();
    });
    assert.strictEqual(
      log(room).shadowRoot?.querySelector('[aria-label="Delete Max’s message"]'),
      null,
    );
    button(log(room), 'Delete your message').click();
    assert.strictEqual(asked?.message.id, 'm_2');
  });

  it('changes a message in the box, and gives the draft back', async () => {
    const { room, store } = await opened([message(1, { by: by(0) })]);
    await write(room, 'A draft');
    button(log(room), 'Change your message').click();
    await waitUntil(() => box(room).value === 'Message 1', 'the message is in the box');
    await write(room, 'Better');
    press(room, {});
    await waitUntil(() => store.called.includes('editMessage'));
    assert.deepEqual(
      store.calls.find(([name]) => name === 'editMessage'),
      ['editMessage', 'm_1', 'Better'],
    );
    await waitUntil(() => box(room).value === 'A draft', 'the draft is back');
  });

  it('has what was being written before a reload, and keeps what is written now', async () => {
    const { room, store } = await mountCall(['Ana', 'Max', 'Mia']);
    const to = by(1);
    store.kept = { text: 'Half a tho', to };
    show(store, []);
    await room.openPanel('chat');
    await waitUntil(() => panel(room) && part(compose(room), 'textarea'), 'the box shows');
    await waitUntil(() => box(room).value === 'Half a tho', 'the draft is back');
    const words = (): string => part(compose(room), '.between')?.textContent?.trim() ?? '';
    await waitUntil(() => words().startsWith('Only you and Max see this'), 'for Max alone');
    await write(room, 'Half a thought');
    assert.deepEqual(store.kept, { text: 'Half a thought', to });
    press(room, {});
    await waitUntil(() => store.kept === undefined, 'what is sent is no draft');
  });

  it('stands at the first unread message, and has all read at the end only', async () => {
    const many = Array.from({ length: 60 }, (_, n) => message(n + 1));
    const { room, store } = await mountCall(['Ana', 'Max', 'Mia']);
    store.chatMark.value = { read: 20, unread: 40 };
    show(store, many);
    await room.openPanel('chat');
    await waitUntil(() => panel(room) && part(log(room), '.line.unread'), 'the line shows');
    const scroll = must(log(room), '.scroll');
    await waitUntil(() => scroll.scrollTop > 0, 'it is placed');
    assert.isBelow(scroll.scrollTop, scroll.scrollHeight - scroll.clientHeight - 100);
    assert.notInclude(store.called, 'readMessages');
    button(log(room), '40 new messages').click();
    await waitUntil(() => store.called.includes('readMessages'), 'it was read');
  });

  it('says when earlier messages did not load, and tries again', async () => {
    const { room, store } = await opened([message(1)]);
    show(store, [message(1)], true);
    await waitUntil(() => part(log(room), '.older button'), 'there are earlier ones');
    const error = new MeetingError('server-unreachable', '');
    store.failures.set('olderMessages', error);
    must(log(room), '.older button').click();
    store.requests.value = new Map([[requestKey('message-list'), { phase: 'failed', error }]]);
    await waitUntil(() => part(log(room), '.older [role=alert]'), 'it says so');
    await expectAccessible(log(room));
    assert.strictEqual(must(log(room), '.older button').textContent?.trim(), 'Try again');
    store.failures.delete('olderMessages');
    const before = store.called.length;
    must(log(room), '.older button').click();
    await waitUntil(() => store.called.slice(before).includes('olderMessages'), 'it tries again');
    store.requests.value = new Map();
    await waitUntil(() => !part(log(room), '.older [role=alert]'), 'it says no more');
  });

  it('stays at the end, or with the line that is read', async () => {
    const many = Array.from({ length: 60 }, (_, n) => message(n + 1));
    const { room, store } = await opened(many);
    const scroll = must(log(room), '.scroll');
    const toEnd = (): number => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
    await waitUntil(() => toEnd() < 2, 'it is at the end');
    show(store, [...many, message(61)]);
    await waitUntil(() => lines(room).length === 61 && toEnd() < 2, 'it is still there');
    scroll.scrollTop = 600;
    scroll.dispatchEvent(new Event('scroll'));
    await waitUntil(() => part(log(room), '.to-end'), 'a way back shows');
    const line = lines(room)[30];
    const top = line?.getBoundingClientRect().top ?? 0;
    const older = Array.from({ length: 20 }, (_, n) => message(n - 30, { id: `old_${n}` }));
    show(store, [...older, ...many, message(61), message(62)]);
    await waitUntil(() => lines(room).length === 82);
    assert.closeTo(line?.getBoundingClientRect().top ?? Infinity, top, 2);
  });

  it('abuse 49: shows whatever is written as text, and links to the web and mail only', async () => {
    const evil = [
      '<img src=x onerror="window.hacked = true">',
      '<script>window.hacked = true</script>',
      'javascript:window.hacked=true',
      'data:text/html,<script>window.hacked=true</script>',
      'vbscript:msgbox(1)',
      '"><svg onload=window.hacked=true>',
      'https://example.com/"onmouseover="window.hacked=true',
      'https://google.com@evil.example/',
      'file:///etc/passwd',
      '{{constructor.constructor("window.hacked=true")()}}',
      '${window.hacked=true}',
      '\u2066<b>\u2069 https://example.com/a_(b). mail me@example.com!',
      'jAvAsCrIpT:window.hacked=true//https://ok.example',
    ];
    const { room } = await opened(
      evil.map((text, n) => message(n + 1, { text, by: { ...by(1), name: `<b>Max ${n}</b>` } })),
    );
    const texts = lines(room).map((line) => line.querySelector('.words')?.textContent);
    assert.deepEqual(texts, evil);
    assert.strictEqual(log(room).shadowRoot?.querySelector('img, script, b, svg:not(.icon)'), null);
    const links = [...(log(room).shadowRoot?.querySelectorAll('a') ?? [])];
    assert.deepEqual(
      links.map(({ href }) => href),
      [
        'https://example.com/',
        'https://example.com/a_(b)',
        'mailto:me@example.com',
        'https://ok.example/',
      ],
    );
    for (const link of links) {
      assert.strictEqual(link.rel, 'noopener noreferrer nofollow');
      assert.strictEqual(link.target, '_blank');
    }
    assert.strictEqual('hacked' in window, false);
  });

  it('is said by a screen reader, one message with its words, many by their number', async () => {
    const { room, store } = await opened([message(1)]);
    const told = (n: number, from = 1) => {
      const { state: _, ...sent } = message(n, { by: by(from) });
      store.tell({ id: 'e', at: 1, room: 'acme', type: 'message-received', seq: n, message: sent });
    };
    told(2);
    told(3, 0);
    const live = must(log(room), '.live');
    await waitUntil(() => live.textContent === 'Max: Message 2', 'it is said', { timeout: 5_000 });
    told(4);
    told(5, 2);
    await waitUntil(() => live.lastElementChild?.textContent === '2 new messages', 'so is this', {
      timeout: 5_000,
    });
  });

  it('says what was not sent, and offers another try', async () => {
    const { room, store } = await opened([message(1, { by: by(0), seq: 0, state: 'failed' })]);
    button(log(room), 'Send again').click();
    button(log(room), 'Discard').click();
    assert.deepEqual(
      store.called.filter((name) => /resend|discard/.test(name)),
      ['resendMessage', 'discardMessage'],
    );
  });

  it('is accessible, empty and full, and walked by arrow keys', async () => {
    const { room, store } = await opened([message(1), message(2, { to: by(0) }), message(3)]);
    await expectAccessible(room);
    const [, second, third] = lines(room);
    third?.focus();
    third?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, composed: true }),
    );
    assert(second && log(room).shadowRoot?.activeElement === second, 'the arrow moved');
    await waitUntil(() => second.tabIndex === 0);
    assert.lengthOf(
      lines(room).filter(({ tabIndex }) => tabIndex === 0),
      1,
    );
    show(store, []);
    await waitUntil(() => part(log(room), '.empty'), 'it says that there is nothing yet');
    await expectAccessible(room);
  });
});
