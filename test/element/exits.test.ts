import { assert } from '@open-wc/testing';
import type { MeetingNotice } from '../../src/elements/meeting-notice/meeting-notice.ts';
import type { MeetingForwardRequestEvent } from '../../src/events/meeting-forward-request.ts';
import type { Exit, ExitReason } from '../../src/protocol/exit.ts';
import type { Knock } from '../../src/protocol/knock.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import {
  button,
  expectAccessible,
  type Mounted,
  mountCall,
  must,
  part,
  waitUntil,
} from './harness.ts';

const BEN = { identity: 'p_1', name: 'Ben', role: 'host', person: 'b' } as const;
const KNOCK: Knock = {
  ...{ identity: 'k_1', name: 'Ana', person: 'ana', message: 'Hi', at: 1, expiresAt: 2 },
  ...{ vouched: false, removedBefore: false, present: true, camera: true },
};

const notice = ({ room }: Mounted): MeetingNotice =>
  must(room, '.main > meeting-notice') as MeetingNotice;
const words = (mounted: Mounted): string => must(notice(mounted), '.notice').textContent ?? '';
const primary = (mounted: Mounted): string | undefined =>
  part(notice(mounted), '.primary')?.textContent?.trim();

/** Somebody who was in the call and is out, with the fact that says so. */
async function out(exit: Exit, more: { forwardUrl?: string; knock?: Knock } = {}) {
  const mounted = await mountCall(['Ana', 'Ben'], 'guest');
  const { room, store } = mounted;
  const { forwardUrl, knock } = more;
  if (forwardUrl !== undefined) room.forwardUrl = forwardUrl;
  store.connection.value = { phase: 'out', exit, ...(knock && { knock }) };
  store.tell({ type: 'meeting-left', ...exit });
  await waitUntil(() => part(part(room, '.main > meeting-notice'), 'h1'), 'the notice shows');
  return mounted;
}

describe('who left', () => {
  it('sees how long the way back is open, and what the lock says after that', async () => {
    const at = Date.now();
    const mounted = await out({ reason: 'left', at, next: 'rejoin', until: at + 2_000 });
    const { room, store } = mounted;
    assert.strictEqual(primary(mounted), 'Rejoin');
    const when = must(notice(mounted), '.when');
    assert.match(when.textContent ?? '', /^\s*0:0[12] left\s*$/);
    await expectAccessible(room);
    await waitUntil(() => store.called.includes('check'), 'it is over', { timeout: 4_000 });
    store.access.value = { phase: 'checking' };
    await waitUntil(() => primary(mounted) === 'One moment…', 'it is looked up');
    store.access.value = { phase: 'known', access: 'knock', here: false };
    await waitUntil(() => primary(mounted) === 'Knock', 'one must knock');
    assert.include(words(mounted), 'The time to come back without knocking is over.');
    assert.isNull(part(notice(mounted), '.when'));
    store.access.value = { phase: 'known', access: 'always', here: false };
    await waitUntil(() => primary(mounted) === 'Join again', 'the room is open');
    await expectAccessible(room);
  });

  it('has as long as the server said, however wrong this clock is', async () => {
    const at = Date.now() + 3_600_000;
    const mounted = await out({ reason: 'left', at, next: 'rejoin', until: at + 120_000 });
    assert.match(must(notice(mounted), '.when').textContent ?? '', /(2:00|1:59) left/);
  });
});

describe('a step back', () => {
  it('is a request, and can be held', async () => {
    const mounted = await out({ reason: 'replaced', at: 1, next: 'takeover' });
    const { room, store } = mounted;
    const hows: (string | undefined)[] = [];
    let say: (answer: string | undefined) => void = () => {};
    room.addEventListener('call-enter-request', (event) => {
      hows.push(event.how);
      event.waitUntil(new Promise((resolve) => (say = resolve)));
    });
    button(notice(mounted), 'Use it here').click();
    await waitUntil(() => primary(mounted) === 'One moment…', 'it is pending');
    say('Not from this device.');
    await waitUntil(() => words(mounted).includes('Not from this device.'), 'it says why not');
    assert.notInclude(store.called, 'comeBack');
    button(notice(mounted), 'Use it here').click();
    await waitUntil(() => hows.length === 2);
    say(undefined);
    await waitUntil(() => store.called.includes('comeBack'), 'it is done');
    assert.deepEqual(hows, ['take-over', 'take-over']);
  });

  it('that fails says what to do', async () => {
    const mounted = await out({ reason: 'left', at: 1, next: 'rejoin' });
    mounted.store.failures.set('comeBack', new MeetingError('server-unreachable', 'raw words'));
    button(notice(mounted), 'Rejoin').click();
    await waitUntil(() => words(mounted).includes('can’t be reached'), 'it says so');
    assert.notInclude(words(mounted), 'raw words');
    assert.strictEqual(primary(mounted), 'Rejoin');
  });

  it('knocks again with what one knocked before, as a request', async () => {
    const mounted = await out({ reason: 'withdrawn', at: 1, next: 'knock' }, { knock: KNOCK });
    const { room, store } = mounted;
    let asked = 0;
    room.addEventListener('knock-request', (event) => {
      asked += 1;
      if (asked === 1) event.preventDefault();
    });
    button(notice(mounted), 'Knock again').click();
    await waitUntil(() => asked === 1, 'the page hears it');
    await waitUntil(() => primary(mounted) === 'Knock again', 'it can be tried again');
    button(notice(mounted), 'Knock again').click();
    await waitUntil(() => store.called.includes('knock'), 'it knocks');
    assert.deepEqual(store.calls.at(-1), ['knock', { name: 'Ana', message: 'Hi', camera: true }]);
    assert.lengthOf(
      store.called.filter((name) => name === 'knock'),
      1,
    );
  });

  it('shows no join screen between the notice and the door', async () => {
    const mounted = await out({ reason: 'denied', at: 1, next: 'knock' }, { knock: KNOCK });
    const { room, store } = mounted;
    store.connection.value = { phase: 'joining', resuming: false };
    await waitUntil(() => primary(mounted) === 'One moment…', 'it is on its way');
    assert.isNull(part(room, 'meeting-lobby'));
    store.connection.value = { phase: 'waiting', knock: KNOCK, offline: false };
    await waitUntil(() => part(part(room, 'meeting-waiting'), 'h1'), 'one waits');
  });
});

describe('who ended the call themselves', () => {
  for (const [reason, sentence] of [
    ['ended', 'You ended the call for everyone.'],
    ['reset', 'You cleared this room.'],
  ] as const) {
    it(`is not told of themselves as of somebody else: ${reason}`, async () => {
      const by = { ...BEN, identity: 'p_0', name: 'Ana' };
      const mounted = await out({ reason, at: 1, next: 'enter', by });
      assert.include(words(mounted), sentence);
    });
  }
});

describe('forward-url', () => {
  const FINAL = ['removed', 'ended', 'reset', 'denied', 'expired', 'withdrawn'] as const;
  afterEach(() => {
    history.replaceState(null, '', location.pathname + location.search);
  });

  for (const reason of FINAL) {
    it(`is where the page goes after ${reason}, once people could read why`, async () => {
      const exit: Exit = { reason, at: 1, next: 'knock', by: BEN };
      const mounted = await out(exit, { forwardUrl: `#after-${reason}` });
      await waitUntil(() => part(notice(mounted), '.forward'), 'it counts down');
      assert.match(must(notice(mounted), '.forward').textContent ?? '', /in 0:(10|09)/);
      assert.notInclude(location.href, '#after');
      await expectAccessible(mounted.room);
      button(notice(mounted), 'Go now').click();
      assert.strictEqual(location.hash, `#after-${reason}`);
      await waitUntil(() => part(notice(mounted), '.forward') === null, 'it is over');
    });
  }

  it('goes at once after leaving, when everybody has heard of that', async () => {
    const heard: string[] = [];
    const hear = (event: Event): void => void heard.push(`${event.type} ${location.hash}`);
    document.addEventListener('meeting-forward-request', hear, { once: true });
    const mounted = await mountCall(['Ana', 'Ben'], 'guest');
    const { room, store } = mounted;
    room.setAttribute('forward-url', '#bye');
    room.addEventListener('meeting-left', hear);
    const exit: Exit = { reason: 'left', at: 1, next: 'rejoin' };
    store.connection.value = { phase: 'out', exit };
    store.tell({ type: 'meeting-left', ...exit });
    await waitUntil(() => location.hash === '#bye', 'it goes');
    assert.deepEqual(heard, ['meeting-left ', 'meeting-forward-request ']);
  });

  for (const reason of ['replaced', 'network', 'server'] as ExitReason[]) {
    it(`is not for ${reason}`, async () => {
      const asked: string[] = [];
      const hear = ({ reason: why }: { reason: ExitReason }): void => void asked.push(why);
      document.addEventListener('meeting-forward-request', hear);
      const mounted = await out({ reason, at: 1, next: 'rejoin' }, { forwardUrl: '#no' });
      // What follows is told in order: when the next one was heard, this one was passed over.
      mounted.store.tell({ type: 'meeting-left', reason: 'ended', at: 1, next: 'enter' });
      await waitUntil(() => asked.length > 0, 'the next one is asked about');
      document.removeEventListener('meeting-forward-request', hear);
      assert.deepEqual(asked, ['ended']);
    });
  }

  it('goes by itself when its time is over', async () => {
    await out({ reason: 'ended', at: 1, next: 'enter' }, { forwardUrl: '#in-time' });
    await waitUntil(() => location.hash === '#in-time', 'it goes', { timeout: 12_000 });
  });

  it('is prevented without a word', async () => {
    const mounted = await mountCall(['Ana', 'Ben'], 'guest');
    const { room, store } = mounted;
    room.forwardUrl = '#no';
    const asked: MeetingForwardRequestEvent[] = [];
    room.addEventListener('meeting-forward-request', (event) => {
      event.preventDefault();
      asked.push(event);
    });
    const exit: Exit = { reason: 'left', at: 1, next: 'rejoin' };
    store.connection.value = { phase: 'out', exit };
    store.tell({ type: 'meeting-left', ...exit });
    await waitUntil(() => asked.length === 1, 'the page hears it');
    await asked[0]?.verdict();
    await notice(mounted).updateComplete;
    assert.strictEqual(location.hash, '');
    assert.isNull(part(notice(mounted), '.forward'));
    assert.isNull(part(part(room, 'meeting-toasts'), '.toast'));
  });

  it('can be held, and refused with a reason', async () => {
    const mounted = await mountCall(['Ana', 'Ben'], 'guest');
    const { room, store } = mounted;
    room.forwardUrl = 'https://example.com/thanks';
    const asked: { url: string; reason: string }[] = [];
    room.addEventListener('meeting-forward-request', (event) => {
      asked.push({ url: event.url, reason: event.reason });
      event.waitUntil(Promise.resolve('Stay for the survey.'));
    });
    const exit: Exit = { reason: 'ended', at: 1, next: 'enter' };
    store.connection.value = { phase: 'out', exit };
    store.tell({ type: 'meeting-left', ...exit });
    const toasts = must(room, 'meeting-toasts');
    await waitUntil(() => part(toasts, '.toast')?.textContent?.includes('Stay for the survey.'));
    assert.deepEqual(asked, [{ url: 'https://example.com/thanks', reason: 'ended' }]);
    assert.isNull(part(notice(mounted), '.forward'));
  });

  it('is stayed away from by a click, and by going back in', async () => {
    const exit: Exit = { reason: 'ended', at: 1, next: 'rejoin', by: BEN };
    const stays = await out(exit, { forwardUrl: '#gone' });
    await waitUntil(() => part(notice(stays), '.forward'), 'it counts down');
    button(notice(stays), 'Stay here').click();
    await waitUntil(() => part(notice(stays), '.forward') === null, 'no longer');
    assert.isOk(button(notice(stays), 'Close'));
    const back = await out(exit, { forwardUrl: '#gone' });
    await waitUntil(() => part(notice(back), '.forward'), 'it counts down');
    button(notice(back), 'Rejoin').click();
    await waitUntil(() => part(notice(back), '.forward') === null, 'no longer');
    assert.notInclude(location.href, '#gone');
  });

  for (const url of ['javascript:alert(1)', 'data:text/html,hi', 'ftp://example.com/', 'http://']) {
    it(`never goes to ${url}, and says so`, async () => {
      const mounted = await mountCall(['Ana', 'Ben'], 'guest');
      const { room, store } = mounted;
      const codes: string[] = [];
      room.addEventListener('meeting-error', ({ code }) => codes.push(code));
      room.addEventListener('meeting-forward-request', () => codes.push('asked'));
      room.forwardUrl = url;
      const exit: Exit = { reason: 'left', at: 1, next: 'rejoin' };
      store.connection.value = { phase: 'out', exit };
      store.tell({ type: 'meeting-left', ...exit });
      await waitUntil(() => codes.length > 0, 'the page hears of it');
      assert.deepEqual(codes, ['setup-incomplete']);
    });
  }
});
