import { assert } from '@open-wc/testing';
import type { AccessState } from '../../src/core/state.ts';
import { requestKey } from '../../src/core/state.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import { button, expectAccessible, mountRoom, must, part, waitUntil } from './harness.ts';

type Known = AccessState & { phase: 'known' };

const KNOCK: Known = { phase: 'known', access: 'knock', here: false, name: 'Ana' };
const JOIN: Known = { phase: 'known', access: 'always', here: false, name: 'Ana' };
const HERE: Known = { ...JOIN, here: true };

/** A join screen for whoever comes with `access`, with the button that says so. */
async function lobbyWith(access: Known, words: string) {
  const mounted = await mountRoom();
  mounted.store.access.value = access;
  const lobby = must(mounted.room, 'meeting-lobby');
  await waitUntil(() => part(lobby, '.join')?.textContent?.trim() === words, `it says ${words}`);
  return { ...mounted, lobby };
}

/** What the store was last asked with by this name, once it was. */
async function last(store: FakeStore, called: string): Promise<unknown> {
  await waitUntil(() => store.called.includes(called), `${called} is called`);
  return store.calls.findLast(([name]) => name === called)?.[1];
}

/** As the Enter key does it in a box of the form. */
const enter = (lobby: HTMLElement): void => must(lobby, 'form').querySelector('button')?.click();

describe('a join screen with more than fits', () => {
  it('keeps the picture above the words, and scrolls', async () => {
    const { room, lobby, store } = await lobbyWith(KNOCK, 'Knock');
    const box = room.parentElement;
    box?.setAttribute('style', 'width:360px;height:480px');
    store.access.value = { ...KNOCK, key: new MeetingError('access-key-revoked', 'raw') };
    await waitUntil(() => part(lobby, '.problem'), 'it says why');
    const rect = (selector: string): DOMRect => must(lobby, selector).getBoundingClientRect();
    await waitUntil(() => rect('.preview').width < 360, 'it is narrow');
    assert.isAtMost(rect('.preview').bottom, rect('h1').top);
    assert.isAtLeast(rect('.preview').top, room.getBoundingClientRect().top);
  });
});

describe('a colour of the page’s own', () => {
  /** By WCAG: how much the text of a button stands out from it. */
  function contrast(of: HTMLElement): number {
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    const luminance = (color: string): number => {
      if (!pen) throw new Error('no canvas');
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const { color, backgroundColor } = getComputedStyle(of);
    const both = [luminance(color), luminance(backgroundColor)];
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  }

  for (const theme of ['light', 'dark'] as const) {
    for (const accent of [
      '#1f6b4f',
      '#ffd54a',
      '#111',
      '#e8f0ff',
      '#c2185b',
      '#2f9a4f',
      '#0a8f8f',
    ]) {
      it(`has text that can be read on it: ${accent}, ${theme}`, async () => {
        const { room, lobby } = await lobbyWith(JOIN, 'Join');
        room.theme = theme;
        room.style.setProperty('--meeting-accent', accent);
        await room.updateComplete;
        const join = button(lobby, 'Join');
        await Promise.all(join.getAnimations().map(({ finished }) => finished));
        assert.isAtLeast(contrast(join), 4.5);
      });
    }
  }
});

describe('what is wanted on the join screen', () => {
  it('is a request: whoever knows better prevents it', async () => {
    const { room, store, lobby } = await lobbyWith(JOIN, 'Join');
    const asked: (string | undefined)[] = [];
    document.addEventListener(
      'call-enter-request',
      (event) => {
        asked.push(event.how);
        event.preventDefault();
      },
      { once: true },
    );
    button(lobby, 'Join').click();
    await waitUntil(() => asked.length === 1, 'the page hears it');
    enter(lobby);
    assert.deepEqual(await last(store, 'join'), {});
    assert.lengthOf(
      store.called.filter((name) => name === 'join'),
      1,
      'the first one was not done',
    );
    assert.isNull(part(lobby, '.problem'));
    let heard = 0;
    room.addEventListener('call-enter-request', () => (heard += 1));
    await room.join({ name: 'Ben' });
    assert.strictEqual(heard, 0, 'a method asks nobody');
  });

  for (const [access, words, doing, type, act] of [
    [JOIN, 'Join', 'Joining…', 'call-enter-request', 'join'],
    [KNOCK, 'Knock', 'Knocking…', 'knock-request', 'knock'],
  ] as const) {
    it(`waits for who holds it: ${words}`, async () => {
      const { room, store, lobby } = await lobbyWith(access, words);
      let say: (answer: string | undefined) => void = () => {};
      room.addEventListener(type, (event) => {
        event.waitUntil(new Promise((resolve) => (say = resolve)));
      });
      button(lobby, words).click();
      await waitUntil(() => part(lobby, '.join')?.textContent?.trim() === doing, 'it is pending');
      assert.strictEqual(must(lobby, '.join').getAttribute('aria-disabled'), 'true');
      button(lobby, doing).click();
      say('The meeting starts at three.');
      await waitUntil(() => part(lobby, '.problem'), 'it says why not');
      assert.strictEqual(part(lobby, '.problem')?.textContent, 'The meeting starts at three.');
      assert.notInclude(store.called, act);
      await expectAccessible(room);
      button(lobby, words).click();
      await waitUntil(() => part(lobby, '.join')?.textContent?.trim() === doing, 'once more');
      assert.isNull(part(lobby, '.problem'), 'the answer to another try is gone');
      say(undefined);
      await last(store, act);
      assert.lengthOf(
        store.called.filter((name) => name === act),
        1,
      );
    });
  }

  it('is not done when it could not be found out whether it may be', async () => {
    const { room, store, lobby } = await lobbyWith(JOIN, 'Join');
    room.addEventListener('call-enter-request', (event) => {
      event.waitUntil(Promise.reject(new Error('raw words')));
    });
    button(lobby, 'Join').click();
    await waitUntil(() => part(lobby, '.problem'), 'it says so');
    assert.include(part(lobby, '.problem')?.textContent, 'couldn’t be checked');
    assert.notInclude(part(lobby, '.problem')?.textContent, 'raw');
    assert.notInclude(store.called, 'join');
  });
});

describe('the own camera at the door', () => {
  it('is shown to hosts by whoever ticks that, and by nobody else', async () => {
    const { store, lobby } = await lobbyWith(KNOCK, 'Knock');
    const box = must(lobby, 'input[name=camera]') as HTMLInputElement;
    assert.strictEqual(box.labels?.[0]?.textContent?.trim(), 'Hosts see me while I wait');
    assert.isFalse(box.checked);
    await waitUntil(() => !box.disabled, 'the camera is on');
    box.click();
    button(lobby, 'Knock').click();
    assert.deepEqual(await last(store, 'knock'), { camera: true });
  });

  it('is not promised while it is off', async () => {
    const { room, store, lobby } = await lobbyWith(KNOCK, 'Knock');
    const box = must(lobby, 'input[name=camera]') as HTMLInputElement;
    await waitUntil(() => !box.disabled, 'the camera is on');
    box.click();
    await store.setCamera(false);
    await waitUntil(() => box.disabled, 'it can’t be shown');
    assert.include(must(lobby, '.show-me').textContent, 'your camera is off');
    await expectAccessible(room);
    button(lobby, 'Knock').click();
    assert.deepEqual(await last(store, 'knock'), { camera: false });
  });

  it('is switched while one waits, and the picture says who sees it', async () => {
    const { room, store } = await mountRoom();
    const knock = {
      ...{ identity: 'k_1', name: 'Ana', person: 'ana', at: Date.now(), expiresAt: Date.now() + 1 },
      ...{ vouched: false, removedBefore: false, present: true, camera: false },
    };
    store.connection.value = { phase: 'waiting', knock, offline: false };
    await waitUntil(() => part(part(room, 'meeting-waiting'), '.seen'), 'it shows');
    const waiting = must(room, 'meeting-waiting');
    const box = must(waiting, '[role=switch]') as HTMLInputElement;
    assert.strictEqual(box.labels?.[0]?.textContent?.trim(), 'Hosts see me while I wait');
    assert.strictEqual(must(waiting, '.seen').textContent, 'Only you see this');
    const empty = must(waiting, '.note').getBoundingClientRect();
    assert.strictEqual(empty.height, 0, 'where nothing is to be said, nothing is shown');
    box.click();
    assert.deepEqual(await last(store, 'setKnockCamera'), true);
    await waitUntil(() => part(waiting, '.seen')?.textContent === 'Hosts see this', 'hosts see it');
    assert.isTrue(box.checked);
    await expectAccessible(room);
    box.click();
    await waitUntil(() => part(waiting, '.seen') === null, 'the camera is off');
    assert.isFalse(box.checked);
  });

  it('that fails says what to do, and the switch says that nobody sees one', async () => {
    const { room, store } = await mountRoom();
    const knock = {
      ...{ identity: 'k_1', name: 'Ana', person: 'ana', at: Date.now(), expiresAt: Date.now() + 1 },
      ...{ vouched: false, removedBefore: false, present: true, camera: false },
    };
    store.connection.value = { phase: 'waiting', knock, offline: false };
    await waitUntil(() => part(part(room, 'meeting-waiting'), '.seen'), 'it shows');
    const waiting = must(room, 'meeting-waiting');
    const box = must(waiting, '[role=switch]') as HTMLInputElement;
    const error = new MeetingError('camera-denied', 'raw');
    store.failures.set('setKnockCamera', error);
    box.click();
    const { devices } = store;
    devices.value = { ...devices.value, camera: { phase: 'blocked', code: 'camera-denied' } };
    store.requests.value = new Map([[requestKey('knock-camera'), { phase: 'failed', error }]]);
    await waitUntil(() => part(waiting, '.note')?.textContent?.includes('Camera:'), 'it says so');
    await waitUntil(() => !box.checked, 'it is off');
    assert.isNull(part(waiting, '.seen'));
  });
});

describe('waiting no longer', () => {
  it('is a request, too', async () => {
    const { room, store } = await mountRoom();
    const knock = {
      ...{ identity: 'k_1', name: 'Ana', person: 'ana', at: Date.now(), expiresAt: Date.now() + 1 },
      ...{ vouched: false, removedBefore: false, present: true, camera: false },
    };
    store.connection.value = { phase: 'waiting', knock, offline: false };
    await waitUntil(() => part(part(room, 'meeting-waiting'), '.stop'), 'it shows');
    const waiting = must(room, 'meeting-waiting');
    let say: (answer: string | undefined) => void = () => {};
    room.addEventListener('knock-withdraw-request', (event) => {
      event.waitUntil(new Promise((resolve) => (say = resolve)));
    });
    button(waiting, 'Stop waiting').click();
    const stop = must(waiting, '.stop');
    await waitUntil(() => stop.getAttribute('aria-disabled') === 'true', 'it is pending');
    say('Stay a moment.');
    await waitUntil(() => part(waiting, '.note')?.textContent?.includes('Stay a moment.'));
    assert.notInclude(store.called, 'withdrawKnock');
    button(waiting, 'Stop waiting').click();
    await waitUntil(() => stop.getAttribute('aria-disabled') === 'true', 'once more');
    say(undefined);
    await waitUntil(() => store.called.includes('withdrawKnock'), 'it is done');
  });
});

describe('who is in already, in another window', () => {
  for (const [words, again] of [
    ['Use it here instead', 'take-over'],
    ['Join a second time', 'beside'],
  ] as const) {
    it(`may say "${words}"`, async () => {
      const { room, store, lobby } = await lobbyWith(HERE, 'Use it here instead');
      const hows: (string | undefined)[] = [];
      room.addEventListener('call-enter-request', (event) => hows.push(event.how));
      assert.include(part(lobby, '.problem')?.textContent, 'It’s open in another window');
      await expectAccessible(room);
      button(lobby, words).click();
      assert.deepEqual(await last(store, 'join'), { again });
      assert.deepEqual(hows, [again]);
    });
  }

  it('is moved here by Enter', async () => {
    const { store, lobby } = await lobbyWith(HERE, 'Use it here instead');
    enter(lobby);
    assert.deepEqual(await last(store, 'join'), { again: 'take-over' });
  });

  it('can only be moved here when they are in twice', async () => {
    const { room, store, lobby } = await lobbyWith(HERE, 'Use it here instead');
    store.connection.value = { phase: 'idle', error: new MeetingError('too-many-stays', 'raw') };
    await waitUntil(() => part(lobby, '.beside') === null, 'there is one way left');
    assert.include(part(lobby, '.problem')?.textContent, 'You’re already in this meeting twice');
    assert.lengthOf(lobby.shadowRoot?.querySelectorAll('.problem') ?? [], 1);
    await expectAccessible(room);
    button(lobby, 'Use it here instead').click();
    assert.deepEqual(await last(store, 'join'), { again: 'take-over' });
  });
});

describe('a key that opens nothing any more', () => {
  for (const [code, title] of [
    ['access-key-revoked', 'Your invitation was withdrawn'],
    ['access-key-expired', 'Your invitation has expired'],
    ['access-key-used', 'This invitation was used in another browser'],
    ['access-key-invalid', 'This link doesn’t open the room'],
  ] as const) {
    it(`still lets one knock: ${code}`, async () => {
      const key = new MeetingError(code, 'raw');
      const { room, store, lobby } = await lobbyWith({ ...KNOCK, key }, 'Knock');
      assert.include(part(lobby, '.problem')?.textContent, title);
      assert.include(part(lobby, '.problem')?.textContent, 'You can still knock');
      await expectAccessible(room);
      store.connection.value = { phase: 'idle', error: key };
      await waitUntil(() => store.connection.value.phase === 'idle');
      button(lobby, 'Knock').click();
      assert.deepEqual(await last(store, 'knock'), { camera: false });
      assert.lengthOf(lobby.shadowRoot?.querySelectorAll('.problem') ?? [], 1, 'it is said once');
    });
  }
});
