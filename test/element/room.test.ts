import { assert, fixture, html } from '@open-wc/testing';
import { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import { en } from '../../src/locales/en.ts';
import type { Exit, ExitReason } from '../../src/protocol/exit.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import { FakeStore } from '../fakes/fake-store.ts';
import {
  expectAccessible,
  answer,
  button,
  focused,
  mountCall,
  mountRoom,
  must,
  part,
  press,
  removeButton,
  tiles,
  waitUntil,
} from './harness.ts';

const HEADINGS: Record<ExitReason, string> = {
  left: 'You left the meeting',
  removed: 'You were removed from the meeting',
  ended: 'The call has ended',
  reset: 'The meeting room was reset',
  denied: 'You weren’t let in',
  expired: 'Nobody answered',
  withdrawn: 'You stopped waiting',
  replaced: 'Open in another window',
  network: 'Connection lost',
  server: 'The meeting service is away',
};

describe('the join screen', () => {
  it('joins by the name that was typed', async () => {
    const { room, store } = await mountRoom();
    const lobby = part(room, 'meeting-lobby');
    const input = must(lobby, 'input') as HTMLInputElement;
    assert.strictEqual(input.labels?.[0]?.textContent?.trim(), 'Your name');
    button(lobby, 'Join').click();
    await waitUntil(() => part(lobby, '.missing'), 'it asks for a name');
    assert.notInclude(store.called, 'join');
    input.value = 'Ana';
    input.dispatchEvent(new Event('input'));
    button(lobby, 'Join').click();
    await waitUntil(() => store.called.includes('join'), 'it joins');
    assert.deepEqual(store.calls.at(-1), ['join', { name: 'Ana' }]);
    await expectAccessible(room);
  });

  it('starts the devices, and works without them', async () => {
    const { room, store } = await mountRoom();
    await waitUntil(() => store.called.includes('setCamera'), 'the camera starts');
    store.devices.value = {
      camera: { phase: 'blocked', code: 'camera-denied' },
      microphone: { phase: 'blocked', code: 'microphone-missing' },
      audioBlocked: false,
    };
    const lobby = part(room, 'meeting-lobby');
    await waitUntil(() => part(lobby, '.help'), 'help comes');
    assert.include(part(lobby, '.help')?.textContent, 'Camera: your browser blocks it');
    assert.strictEqual(button(lobby, 'Join').getAttribute('aria-disabled'), null);
    await expectAccessible(room);
  });

  it('says why one does not get in, and what to do', async () => {
    const { room, store } = await mountRoom();
    const lobby = part(room, 'meeting-lobby');
    store.connection.value = { phase: 'idle', error: new MeetingError('room-locked', 'raw') };
    await waitUntil(() => part(lobby, '.problem'), 'it says so');
    assert.include(part(lobby, '.problem')?.textContent, 'This room is locked');
    assert.notInclude(part(lobby, '.problem')?.textContent, 'raw');
  });
});

describe('an exit', () => {
  for (const reason of Object.keys(HEADINGS) as ExitReason[]) {
    it(`by ${reason} says so and offers the next step`, async () => {
      const { room, store } = await mountCall(['Ana', 'Ben']);
      const exit: Exit = { reason, at: 1, next: 'rejoin' };
      store.connection.value = { phase: 'out', exit };
      const notice = (): HTMLElement | null => part(room, '.main > meeting-notice');
      await waitUntil(() => part(notice(), 'h1'), 'the notice shows');
      assert.strictEqual(part(notice(), 'h1')?.textContent?.trim(), HEADINGS[reason]);
      assert.strictEqual(focused()?.localName, 'h1');
      must(notice(), '.primary').click();
      await waitUntil(() => store.called.includes('comeBack'));
      await expectAccessible(room);
    });
  }

  it('names who removed somebody, with their note, and says when it is too early', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben'], 'guest');
    store.failures.set('comeBack', new MeetingError('admission-over', 'raw'));
    store.connection.value = {
      phase: 'out',
      exit: {
        reason: 'removed',
        at: 1,
        next: 'rejoin',
        note: 'Later please',
        by: { identity: 'p_1', name: 'Ben', role: 'host', person: 'b' },
      },
    };
    await waitUntil(() => part(part(room, '.main > meeting-notice'), 'h1'), 'the notice shows');
    const notice = part(room, '.main > meeting-notice');
    assert.strictEqual(part(notice, 'p')?.textContent, 'Ben removed you.');
    assert.include(part(notice, 'blockquote')?.textContent, 'Later please');
    must(notice, '.primary').click();
    await waitUntil(() => part(notice, '.answer')?.textContent?.includes('Not yet'), 'it answers');
  });
});

describe('a call', () => {
  it('mutes by M, but not while typing', async () => {
    const { room, store } = await mountCall(['Ana']);
    await waitUntil(() => store.devices.value.microphone.phase === 'on', 'the microphone starts');
    const toggles = (): number => store.called.filter((name) => name === 'setMicrophone').length;
    const before = toggles();
    press(must(room, '.stage'), 'm', { code: 'KeyM' });
    assert.strictEqual(toggles(), before + 1);
    const input = document.createElement('input');
    room.append(input);
    press(input, 'm', { code: 'KeyM' });
    assert.strictEqual(toggles(), before + 1);
  });

  it('says that the connection is being mended', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    store.connection.value = { phase: 'reconnecting', why: 'media-blocked', since: 0 };
    const notice = part(room, 'meeting-notice');
    await waitUntil(() => part(notice, '.banner'), 'the banner shows');
    assert.include(part(notice, '.words')?.textContent, 'Try another network');
    button(notice, 'Try now').click();
    assert.deepEqual(store.calls.at(-1), ['retry']);
  });

  it('is left by the button, also from outside of the room', async () => {
    const { room, store } = await mountCall(['Ana']);
    room.id = 'room-a';
    const outside = await fixture(html`<leave-menu meeting="room-a"></leave-menu>`);
    await waitUntil(() => part(outside, 'button'), 'it finds its room');
    const heard: EventTarget[] = [];
    room.addEventListener('call-leave-request', () => heard.push(room));
    button(outside, 'Leave').click();
    await waitUntil(() => store.called.includes('leave'), 'it is left');
    assert.lengthOf(heard, 1);
  });

  it('is found again from outside, when another takes its place', async () => {
    const { room } = await mountCall(['Ana']);
    room.id = 'room-c';
    const outside = await fixture(html`<leave-menu meeting="room-c"></leave-menu>`);
    await waitUntil(() => part(outside, 'button'), 'it finds its room');
    room.remove();
    await waitUntil(() => !part(outside, 'button'), 'there is none');
    const next = await mountCall(['Ben']);
    next.room.remove();
    next.room.id = 'room-c';
    outside.parentElement?.append(next.room);
    next.store.enter([{ name: 'Ben' }]);
    await waitUntil(() => part(outside, 'button'), 'it finds the other one');
  });

  it('tells of a crowd in one sentence', async () => {
    const { room, store } = await mountCall(['Ana']);
    for (const [index, name] of ['Ben', 'Cem', 'Dora'].entries()) {
      store.tell({
        type: 'participant-joined',
        id: `e${index}`,
        seq: index,
        at: 0,
        room: 'acme',
        participant: {
          identity: `p_${index + 5}`,
          name,
          role: 'guest',
          person: name,
          joinedAt: 0,
          connection: 'connected',
        },
      });
    }
    const polite = must(room, '.polite');
    await waitUntil(() => polite.textContent?.includes('Ben'), 'it is said');
    assert.strictEqual(polite.textContent, 'Ben and 2 others joined');
  });

  it('tells the page its facts', async () => {
    const { room, store } = await mountCall(['Ana']);
    const heard: string[] = [];
    room.addEventListener('meeting-left', (event) => heard.push(`${event.reason} ${event.next}`));
    room.addEventListener('room-locked', (event) => heard.push(`${event.cause} ${event.seq}`));
    store.tell({ type: 'room-locked', id: 'e', seq: 7, at: 0, room: 'acme', cause: 'host' });
    store.tell({ type: 'meeting-left', reason: 'ended', at: 0, next: 'none' });
    await waitUntil(() => heard.length === 2, 'both are told');
    assert.deepEqual(heard, ['host 7', 'ended none']);
  });
});

describe('the room', () => {
  it('takes secrets off the element', async () => {
    const store = new FakeStore();
    const room = new MeetingRoom();
    room.store = store;
    room.setAttribute('entry-token', 'a.b.c');
    room.setAttribute('access-key', 'k');
    document.body.append(room);
    await waitUntil(() => store.called.includes('configure'));
    assert.strictEqual(room.hasAttribute('entry-token'), false);
    assert.strictEqual(room.hasAttribute('access-key'), false);
    assert.deepEqual(store.calls[0], [
      'configure',
      { server: '', room: '', entryToken: 'a.b.c', accessKey: 'k' },
    ]);
    room.remove();
  });

  it('reads the key of the address once, and clears it', async () => {
    history.replaceState(null, '', '#key=secret&x=1');
    const { store } = await mountRoom();
    assert.include(store.calls[0]?.[1], { accessKey: 'secret' });
    assert.strictEqual(location.hash, '#x=1');
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('keeps its call when it is moved', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const before = room.store;
    const elsewhere = await fixture(html`<div></div>`);
    elsewhere.append(room);
    await room.updateComplete;
    assert.strictEqual(room.store === before, true);
    assert.lengthOf(
      store.called.filter((name) => name === 'restore'),
      1,
    );
    await waitUntil(() => tiles(room).length === 2);
    removeButton(room, 'Ben')?.click();
    await answer(room, 'Cancel');
  });

  it('leaves nothing behind after 50 mounts', async () => {
    const box = await fixture(html`<div></div>`);
    const nodes = document.querySelectorAll('*').length;
    const stores: FakeStore[] = [];
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    let count = 0;
    document.addEventListener = function (...args: Parameters<typeof addEventListener>) {
      count += 1;
      addEventListener.apply(document, args);
    };
    document.removeEventListener = function (...args: Parameters<typeof addEventListener>) {
      count -= 1;
      removeEventListener.apply(document, args);
    };
    for (let turn = 0; turn < 50; turn += 1) {
      const store = new FakeStore();
      stores.push(store);
      const room = new MeetingRoom();
      room.store = store;
      box.append(room);
      await waitUntil(() => store.called.includes('restore'));
      store.enter([{ name: 'Ana' }, { name: 'Ben' }]);
      await room.updateComplete;
      room.remove();
      await Promise.resolve();
    }
    Reflect.deleteProperty(document, 'addEventListener');
    Reflect.deleteProperty(document, 'removeEventListener');
    await waitUntil(() => stores.every((store) => store.listeners === 0), 'nobody listens');
    assert.strictEqual(count, 0);
    assert.strictEqual(document.querySelectorAll('*').length, nodes);
  });

  it('does not meet another room of the page, also in another language', async () => {
    const a = await mountCall(['Ana', 'Ben']);
    const b = await mountRoom();
    b.room.lang = 'de';
    const lobby = part(b.room, 'meeting-lobby');
    const speaksGerman = (): boolean => part(lobby, 'h1')?.textContent === 'Bereit zum Beitreten?';
    await waitUntil(speaksGerman, 'German', { timeout: 10_000 });
    assert.isOk(removeButton(a.room, 'Ben'));
    removeButton(a.room, 'Ben')?.click();
    await answer(a.room, 'Remove');
    await waitUntil(() => a.store.called.includes('removeParticipant'));
    assert.notInclude(b.store.called, 'removeParticipant');
  });

  it('is laid out from right to left by its language', async () => {
    const { room, store } = await mountRoom();
    room.locale = { ...en, dir: 'rtl' };
    store.enter([{ name: 'Ana' }, { name: 'Ben' }]);
    await waitUntil(() => tiles(room).length === 2);
    const [first, second] = tiles(room);
    await waitUntil(
      () =>
        (first?.getBoundingClientRect().left ?? 0) > (second?.getBoundingClientRect().left ?? 0),
      'the first is at the right',
    );
  });
});

describe('a toast', () => {
  it('stays while it is pointed at', async () => {
    const toasts = await fixture<HTMLElementTagNameMap['meeting-toasts']>(
      html`<meeting-toasts stay="60"></meeting-toasts>`,
    );
    let gone = false;
    void toasts.show({ title: 'Ben was removed' }).then(() => (gone = true));
    await toasts.updateComplete;
    const toast = must(toasts, '.toast');
    toast.dispatchEvent(new PointerEvent('pointerenter'));
    // Another one runs its whole time meanwhile.
    const other = await fixture<HTMLElementTagNameMap['meeting-toasts']>(
      html`<meeting-toasts stay="200"></meeting-toasts>`,
    );
    await other.show({ title: 'Cem was removed' });
    assert.strictEqual(gone, false);
    toast.dispatchEvent(new PointerEvent('pointerleave'));
    await waitUntil(() => gone, 'it goes', { timeout: 3_000 });
  });
});
