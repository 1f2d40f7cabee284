import { assert } from '@open-wc/testing';
import type { AccessState } from '../../src/core/state.ts';
import type { Exit } from '../../src/protocol/exit.ts';
import type { Knock } from '../../src/protocol/knock.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import { requestKey } from '../../src/core/state.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import { button, expectAccessible, focused, mountRoom, must, part, waitUntil } from './harness.ts';

const KNOCK: Knock = {
  identity: 'k_1',
  name: 'Ana',
  person: 'ana',
  message: 'Hi there',
  at: Date.now() - 65_000,
  expiresAt: new Date(2026, 0, 1, 14, 32).getTime(),
  vouched: false,
  removedBefore: false,
  present: true,
  camera: false,
};

/** What the store was last asked with by this name, once it was. */
async function last(store: FakeStore, called: string): Promise<unknown> {
  await waitUntil(() => store.called.includes(called), `${called} is called`);
  return store.calls.findLast(([name]) => name === called)?.[1];
}

/** Moves a FakeStore's access and waits until the button says so. */
async function lobbyWith(access: AccessState, words: string) {
  const mounted = await mountRoom();
  mounted.store.access.value = access;
  const lobby = must(mounted.room, 'meeting-lobby');
  await waitUntil(() => must(lobby, '.join').textContent?.trim() === words, `it says ${words}`);
  return { ...mounted, lobby };
}

describe('the join screen where one must knock', () => {
  it('knocks, with a line to the host', async () => {
    const { room, store, lobby } = await lobbyWith(
      { phase: 'known', access: 'knock', here: false },
      'Knock',
    );
    assert.include(part(lobby, '.hint')?.textContent, 'The host will be asked to let you in.');
    const name = must(lobby, 'input[name=name]') as HTMLInputElement;
    const message = must(lobby, 'input[name=message]') as HTMLInputElement;
    assert.strictEqual(message.labels?.[0]?.textContent?.trim(), 'Message to the host (optional)');
    await expectAccessible(room);
    name.value = 'Ana';
    message.value = ' Hi there ';
    button(lobby, 'Knock').click();
    const asked = await last(store, 'knock');
    assert.deepEqual(asked, { name: 'Ana', message: 'Hi there', camera: false });
    message.value = '';
    button(lobby, 'Knock').click();
    await waitUntil(() => store.called.filter((name) => name === 'knock').length === 2);
    assert.deepEqual(await last(store, 'knock'), { name: 'Ana', camera: false });
  });

  for (const access of ['always', 'host'] as const) {
    it(`joins for who has access "${access}"`, async () => {
      const { store, lobby } = await lobbyWith(
        { phase: 'known', access, here: false, name: 'Ana R' },
        'Join',
      );
      const name = must(lobby, 'input[name=name]') as HTMLInputElement;
      await waitUntil(() => name.readOnly && name.value === 'Ana R', 'the name is given');
      assert.isNull(part(lobby, 'input[name=message]'));
      button(lobby, 'Join').click();
      assert.deepEqual(await last(store, 'join'), {});
    });
  }

  it('holds the button back only when the answer takes long, and keeps its size', async () => {
    const { store, lobby } = await lobbyWith(
      { phase: 'known', access: 'knock', here: false },
      'Knock',
    );
    const join = must(lobby, '.join');
    const before = join.getBoundingClientRect().toJSON();
    const start = performance.now();
    store.access.value = { phase: 'checking' };
    await waitUntil(() => join.getAttribute('aria-disabled') === 'true', 'it waits', {
      interval: 10,
    });
    assert.isAtLeast(performance.now() - start, 195);
    assert.deepEqual(join.getBoundingClientRect().toJSON(), before);
    store.access.value = { phase: 'failed', error: new MeetingError('server-unreachable', 'raw') };
    await waitUntil(() => join.textContent?.trim() === 'Join', 'there is a way to try');
    assert.strictEqual(join.hasAttribute('aria-disabled'), false);
  });

  it('keeps a place for the line to the host while it looks for the first time', async () => {
    const { room, store } = await mountRoom();
    const lobby = must(room, 'meeting-lobby');
    store.access.value = { phase: 'checking' };
    await waitUntil(() => part(lobby, '.kept'), 'a place is kept');
    const at = (): number => must(lobby, '.join').getBoundingClientRect().top;
    const before = at();
    assert.strictEqual(getComputedStyle(must(lobby, '.message')).visibility, 'hidden');
    store.access.value = { phase: 'known', access: 'knock', here: false };
    await waitUntil(() => part(lobby, '.kept') === null, 'it shows');
    assert.strictEqual(at(), before);
  });

  it('is asked for once there is a room to ask about', async () => {
    const { room, store } = await mountRoom();
    assert.notInclude(store.called, 'check');
    Object.assign(room, { server: 'https://example.com/meeting', room: 'acme' });
    await waitUntil(() => store.called.includes('check'), 'the room asks');
  });
});

describe('the waiting screen', () => {
  it('says for how long, until when, and what one wrote', async () => {
    const { room, store } = await mountRoom();
    store.connection.value = { phase: 'waiting', knock: KNOCK, offline: false };
    await waitUntil(() => part(part(room, 'meeting-waiting'), 'h1'), 'it shows');
    const waiting = part(room, 'meeting-waiting');
    const text = (): string => must(waiting, '.words').textContent ?? '';
    assert.strictEqual(part(waiting, 'h1')?.textContent?.trim(), 'Waiting to be let in');
    assert.strictEqual(focused()?.localName, 'h1');
    assert.match(text(), /waiting for \d:\d\d/);
    assert.match(text(), /We stop asking at 2:32/);
    assert.include(text(), 'Hi there');
    await expectAccessible(room);
    const seconds = text();
    await waitUntil(() => text() !== seconds, 'the time goes on', { timeout: 3_000 });
    store.connection.value = { phase: 'waiting', knock: KNOCK, offline: true };
    await waitUntil(() => text().includes('You keep your place'), 'it says that it is offline');
    must(waiting, '.device').click();
    assert.include(store.called, 'setMicrophone');
  });

  it('is left by "Stop waiting"', async () => {
    const { room, store } = await mountRoom();
    store.connection.value = { phase: 'waiting', knock: KNOCK, offline: false };
    await waitUntil(() => part(part(room, 'meeting-waiting'), '.stop'), 'it shows');
    const waiting = part(room, 'meeting-waiting');
    store.failures.set('withdrawKnock', new MeetingError('server-unreachable', 'raw words'));
    button(waiting, 'Stop waiting').click();
    await waitUntil(() => part(waiting, '.note')?.textContent?.trim(), 'it says what failed');
    assert.notInclude(part(waiting, '.note')?.textContent, 'raw words');
    store.requests.value = new Map([[requestKey('knock-withdraw'), { phase: 'pending' }]]);
    const stop = must(waiting, '.stop');
    await waitUntil(() => stop.getAttribute('aria-disabled') === 'true', 'it is on its way');
    const calls = store.calls.length;
    stop.click();
    assert.strictEqual(store.calls.length, calls);
  });
});

describe('the notice at the door', () => {
  const notice = async (exit: Exit) => {
    const mounted = await mountRoom();
    mounted.store.connection.value = { phase: 'out', exit };
    await waitUntil(() => part(part(mounted.room, 'meeting-notice'), 'h1'), 'the notice shows');
    return { ...mounted, shown: must(mounted.room, 'meeting-notice') };
  };

  it('counts down until one may knock again', async () => {
    const at = Date.now();
    const { room, store, shown } = await notice({
      reason: 'denied',
      at,
      next: 'knock',
      from: at + 2_000,
    });
    const again = button(shown, 'Knock again');
    assert.strictEqual(again.getAttribute('aria-disabled'), 'true');
    assert.match(part(shown, '.when')?.textContent ?? '', /You can knock again in 0:0[12]/);
    await expectAccessible(room);
    again.click();
    assert.notInclude(store.called, 'comeBack');
    await waitUntil(() => !again.hasAttribute('aria-disabled'), 'it opens', { timeout: 4_000 });
    assert.isNull(part(shown, '.when'));
    again.click();
    await waitUntil(() => store.called.includes('comeBack'), 'it leads to the join screen');
  });

  it('never waits longer than the server wanted, however wrong this clock is', async () => {
    const at = Date.now() + 3_600_000;
    const { shown } = await notice({ reason: 'denied', at, next: 'knock', from: at + 60_000 });
    assert.match(part(shown, '.when')?.textContent ?? '', /in (1:00|0:59)/);
  });

  for (const [reason, next, words] of [
    ['removed', 'knock', 'Knock again'],
    ['expired', 'knock', 'Knock again'],
    ['withdrawn', 'knock', 'Knock again'],
    ['ended', 'knock', 'Knock'],
    ['ended', 'enter', 'Join again'],
    ['network', 'enter', 'Join again'],
    ['network', 'knock', 'Knock'],
    ['network', 'rejoin', 'Try now'],
    ['replaced', 'takeover', 'Use it here'],
    ['left', 'rejoin', 'Rejoin'],
  ] as const) {
    it(`offers "${words}" after ${reason} with ${next}`, async () => {
      const { shown } = await notice({ reason, at: 1, next });
      assert.strictEqual(part(shown, '.primary')?.textContent?.trim(), words);
    });
  }

  it('offers nothing but Close to who is kept out', async () => {
    const { shown } = await notice({ reason: 'removed', at: 1, next: 'none' });
    assert.isNull(part(shown, '.primary'));
    button(shown, 'Close').click();
    await waitUntil(() => part(shown, 'h1') === null, 'it closes');
  });
});
