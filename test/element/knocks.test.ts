import { assert } from '@open-wc/testing';
import type { Fact, VideoSource } from '../../src/core/state.ts';
import { requestKey } from '../../src/core/state.ts';
import type { Knock } from '../../src/protocol/knock.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import { expectAccessible, focused, mountCall, must, part, waitUntil } from './harness.ts';

const NAMES = ['Zoe', 'Yan', 'Xia', 'Wim', 'Uma', 'Tom', 'Sam'];

const knock = (index: number, more: Partial<Knock> = {}): Knock => ({
  identity: `k_${index}`,
  name: NAMES[index] ?? '',
  person: `k${index}`,
  at: Date.now() - 60_000 + index * 1_000,
  expiresAt: Date.now() + 60_000,
  vouched: true,
  removedBefore: false,
  present: true,
  camera: false,
  ...more,
});

const door = (room: MeetingRoom): HTMLElement => must(room, 'meeting-knocks');
const cards = (room: MeetingRoom): HTMLElement[] => [
  ...(door(room).shadowRoot?.querySelectorAll<HTMLElement>('[role=group]') ?? []),
];
const names = (room: MeetingRoom): (string | null)[] =>
  cards(room).map((card) => card.getAttribute('aria-label'));
const inCard = (room: MeetingRoom, name: string, words: string): HTMLElement => {
  const card = cards(room).find((each) => each.getAttribute('aria-label') === name);
  const found = [...(card?.querySelectorAll('button') ?? [])].find(
    (each) => each.textContent?.trim() === words,
  );
  if (!found) throw new Error(`No ${words} for ${name}`);
  return found;
};

const byLabel = (room: MeetingRoom, name: string, label: string): HTMLElement => {
  const card = cards(room).find((each) => each.getAttribute('aria-label') === name);
  const found = card?.querySelector<HTMLElement>(`button[aria-label="${label}"]`);
  if (!found) throw new Error(`No ${label} for ${name}`);
  return found;
};

async function mountDoor(count: number, more: Partial<Knock> = {}) {
  const mounted = await mountCall(['Ana', 'Ben']);
  mounted.room.withoutKnockSound = true;
  mounted.store.knocks.value = Array.from({ length: count }, (_, index) => knock(index, more));
  await waitUntil(() => cards(mounted.room).length > 0, 'the cards show');
  return mounted;
}

const fact = (type: 'knock-admitted' | 'knock-denied', of: Knock, by: string): Fact => ({
  type,
  id: 'e',
  seq: 5,
  at: 0,
  room: 'acme',
  knock: of,
  by: { identity: by, name: 'Ben', role: 'host', person: 'ben' },
});

describe('the door', () => {
  it('shows who knocks, and lets in or turns down', async () => {
    const { room, store } = await mountDoor(2, {
      message: 'Hello',
      vouched: false,
      removedBefore: true,
      present: false,
    });
    assert.deepEqual(names(room), ['Zoe', 'Yan']);
    const [first] = cards(room);
    for (const words of [
      'Hello',
      'Not verified',
      'Removed before',
      'Not here',
      'Waiting for 1:0',
    ]) {
      assert.include(first?.textContent, words);
    }
    assert.strictEqual(first?.querySelector('bdi')?.textContent, 'Zoe');
    await expectAccessible(door(room));
    inCard(room, 'Zoe', 'Admit').click();
    await waitUntil(() => store.called.includes('admit'));
    assert.deepEqual(store.calls.at(-1), ['admit', 'k_0']);
    inCard(room, 'Yan', 'Deny').click();
    await waitUntil(() => store.called.includes('deny'));
    assert.deepEqual(store.calls.at(-1), ['deny', 'k_1']);
  });

  it('turns down with a message, once it is written', async () => {
    const { room, store } = await mountDoor(1);
    const open = (): HTMLDialogElement =>
      must(must(room, 'meeting-confirm'), 'dialog') as HTMLDialogElement;
    const ask = async (): Promise<void> => {
      byLabel(room, 'Zoe', 'Deny with a message').click();
      await waitUntil(() => open().open, 'the question comes');
    };
    await ask();
    assert.strictEqual(open().querySelector('h2')?.textContent, 'Deny Zoe?');
    await expectAccessible(must(room, 'meeting-confirm'));
    open().querySelector<HTMLElement>('.cancel')?.click();
    await waitUntil(() => !open().open, 'nothing is done');
    assert.notInclude(store.called, 'deny');
    await ask();
    const note = open().querySelector('textarea');
    if (!note) throw new Error('Nothing to write in');
    note.value = ' At ten, please ';
    open().querySelector<HTMLElement>('.danger')?.click();
    await waitUntil(() => store.called.includes('deny'));
    assert.deepEqual(store.calls.at(-1), ['deny', 'k_0', { note: 'At ten, please' }]);
  });

  it('can be told no by the page', async () => {
    const { room, store } = await mountDoor(2);
    room.addEventListener('knock-admit-request', (event) => {
      if (event.knock.name === 'Zoe') event.preventDefault();
    });
    const all = part(door(room), '.all');
    assert.strictEqual(all?.textContent?.trim(), 'Admit all');
    all?.click();
    await waitUntil(() => store.called.includes('admit'), 'the other one is let in');
    assert.deepEqual(
      store.calls.filter(([name]) => name === 'admit'),
      [['admit', 'k_1']],
    );
  });

  it('shows three at most, and the others when asked', async () => {
    const { room } = await mountDoor(7);
    assert.lengthOf(cards(room), 3);
    const more = must(door(room), '.more');
    assert.strictEqual(more.textContent?.trim(), 'and 4 more');
    more.click();
    await waitUntil(() => cards(room).length === 7, 'all show');
    assert.strictEqual(more.getAttribute('aria-expanded'), 'true');
  });

  it('lets the time go on in one place only', async () => {
    const { room } = await mountDoor(1);
    const time = (): string => part(door(room), '.time')?.textContent ?? '';
    const card = cards(room)[0];
    const before = time();
    let others = 0;
    const observer = new MutationObserver((list) => {
      others += list.filter(({ target }) => !target.parentElement?.closest('.time, .clock')).length;
    });
    if (card) observer.observe(card, { subtree: true, childList: true, characterData: true });
    await waitUntil(() => time() !== before, 'it ticks', { timeout: 3_000 });
    observer.disconnect();
    assert.strictEqual(others, 0);
  });

  it('looks at who knocks with camera while their card shows, and no longer', async () => {
    const { room, store } = await mountDoor(5, { camera: true });
    await waitUntil(() => store.looks.length === 3, 'the cards that show are looked at');
    assert.deepEqual([...store.looks].sort(), ['k_0', 'k_1', 'k_2']);
    const picture = (index: number): HTMLElement | null =>
      cards(room)[index]?.querySelector('.picture') ?? null;
    assert.isTrue(picture(0)?.classList.contains('coming'), 'a place is kept for the picture');
    const attached: HTMLVideoElement[] = [];
    const video: VideoSource = {
      id: 'v',
      attach: (element) => void attached.push(element),
      detach: (element) => void attached.splice(attached.indexOf(element), 1),
    };
    store.setKnockVideo('k_0', video);
    await waitUntil(() => attached.length === 1, 'the picture comes');
    assert.strictEqual(attached[0]?.getAttribute('aria-label'), 'Camera of Zoe');
    assert.isTrue(attached[0]?.muted);
    await expectAccessible(door(room));
    must(door(room), '.more').click();
    await waitUntil(() => store.looks.length === 5, 'all that show are looked at');
    store.knocks.value = [knock(0), knock(1, { camera: true })];
    await waitUntil(() => store.looks.length === 1, 'who is gone, or shows nothing, is not');
    assert.deepEqual(store.looks, ['k_1']);
    assert.lengthOf(attached, 0);
    assert.strictEqual(cards(room)[0]?.querySelector('.initials')?.textContent, 'Z');
    room.remove();
    await waitUntil(() => store.looks.length === 0, 'nobody is looked at from no page');
  });

  it('looks no longer at who another host has answered', async () => {
    const { room, store } = await mountDoor(1, { camera: true });
    await waitUntil(() => store.looks.length === 1, 'they are looked at');
    store.tell(fact('knock-admitted', knock(0, { camera: true }), 'p_1'));
    store.knocks.value = [];
    await waitUntil(() => store.looks.length === 0, 'no longer');
    assert.include(cards(room)[0]?.textContent, 'Already admitted by Ben');
  });

  it('leaves room for the call where there is little, with three at the door', async () => {
    const { room } = await mountDoor(3, { message: 'Hello there', vouched: false });
    const box = room.parentElement;
    box?.setAttribute('style', 'width:360px;height:640px');
    const stack = must(door(room), '.knocks');
    await waitUntil(() => stack.getBoundingClientRect().width < 360, 'it is narrow');
    assert.isAtMost(stack.getBoundingClientRect().height, 320);
    for (const name of ['Zoe', 'Yan', 'Xia']) {
      const { width, height } = inCard(room, name, 'Admit').getBoundingClientRect();
      assert.isAtLeast(width, 44);
      assert.isAtLeast(Math.round(height), 40);
    }
    await expectAccessible(door(room));
  });

  it('is held back while it is on its way', async () => {
    const { room, store } = await mountDoor(1);
    store.requests.value = new Map([[requestKey('knock-deny', 'k_0'), { phase: 'pending' }]]);
    const admit = inCard(room, 'Zoe', 'Admit');
    await waitUntil(() => admit.getAttribute('aria-disabled') === 'true', 'it is shown');
    admit.click();
    inCard(room, 'Zoe', 'Deny').click();
    await Promise.resolve();
    assert.notInclude(store.called, 'admit');
    assert.notInclude(store.called, 'deny');
  });

  it('says that another host was first, and then goes', async () => {
    const { room, store } = await mountDoor(2);
    Object.assign(door(room), { stay: 300 });
    store.tell(fact('knock-admitted', knock(0), 'p_1'));
    store.knocks.value = [knock(1)];
    await waitUntil(
      () => cards(room)[0]?.textContent?.includes('Already admitted by Ben'),
      'it says who',
    );
    assert.deepEqual(names(room), ['Zoe', 'Yan']);
    await expectAccessible(door(room));
    await waitUntil(() => cards(room).length === 1, 'it goes');
    // What this host decided needs no word.
    store.tell(fact('knock-denied', knock(1), 'p_0'));
    store.knocks.value = [];
    await waitUntil(() => cards(room).length === 0, 'it is gone at once');
  });

  it('says so, too, when the click came second', async () => {
    const { room, store } = await mountDoor(1);
    const decision = { state: 'denied', by: { kind: 'server' } } as const;
    const error = new MeetingError('already-decided', 'raw', { decision });
    store.failures.set('admit', error);
    inCard(room, 'Zoe', 'Admit').click();
    store.requests.value = new Map([
      [requestKey('knock-admit', 'k_0'), { phase: 'failed', error }],
    ]);
    await waitUntil(() => cards(room)[0]?.textContent?.includes('Already denied'), 'it says so');
    assert.isNull(part(part(room, 'meeting-toasts'), '.toast'));
  });

  it('tells what went wrong', async () => {
    const { room, store } = await mountDoor(1);
    store.failures.set('deny', new MeetingError('server-unreachable', 'raw words'));
    inCard(room, 'Zoe', 'Deny').click();
    const toasts = part(room, 'meeting-toasts');
    await waitUntil(() => part(toasts, '.toast'), 'the toast comes');
    assert.strictEqual(part(toasts, '.title')?.textContent, 'Zoe is still waiting');
  });

  it('keeps the focus at the door, and gives it to the stage at the end', async () => {
    const { room, store } = await mountDoor(2);
    inCard(room, 'Zoe', 'Admit').focus();
    store.knocks.value = [knock(1)];
    await waitUntil(() => focused() === inCard(room, 'Yan', 'Admit'), 'the next one has it');
    store.knocks.value = [];
    await waitUntil(() => focused()?.classList.contains('stage'), 'the stage has it');
  });

  it('says in one sentence who knocks, for screen readers and the page', async () => {
    const { room, store } = await mountDoor(1);
    const heard: string[] = [];
    room.addEventListener('knock-received', (event) => heard.push(event.knock.name));
    for (const index of [0, 1, 2]) {
      store.tell({
        type: 'knock-received',
        id: 'e',
        seq: index,
        at: 0,
        room: 'acme',
        knock: knock(index),
      });
    }
    const polite = must(room, '.polite');
    await waitUntil(() => polite.textContent?.includes('knocking'), 'it is said');
    assert.include(polite.textContent, 'Zoe and 2 others are knocking');
    assert.deepEqual(heard, ['Zoe', 'Yan', 'Xia']);
  });
});

describe('the hints of a knock', () => {
  const title = document.title;
  afterEach(() => {
    document.title = title;
  });

  it('are in the page’s title while somebody waits, and not when turned off', async () => {
    document.title = 'My page';
    const { room, store } = await mountDoor(1);
    await waitUntil(() => document.title === 'Zoe is knocking · My page', document.title);
    document.title = 'Another page';
    store.knocks.value = [knock(0), knock(1)];
    await waitUntil(() => document.title === '2 people are knocking · Another page', 'both');
    room.withoutTitleHint = true;
    await waitUntil(() => document.title === 'Another page', 'it is given back');
    room.withoutTitleHint = false;
    await waitUntil(() => document.title !== 'Another page', 'it is back');
    store.knocks.value = [];
    await waitUntil(() => document.title === 'Another page', 'nobody waits');
  });

  it('sound once for a crowd, after a gesture only, and not when turned off', async () => {
    const real = globalThis.AudioContext;
    let sounds = 0;
    let active = false;
    globalThis.AudioContext = class extends real {
      constructor() {
        super();
        sounds += 1;
      }
    };
    const activation = { get: () => ({ hasBeenActive: active }), configurable: true };
    Object.defineProperty(navigator, 'userActivation', activation);
    try {
      const { room, store } = await mountCall(['Ana', 'Ben']);
      const wait = async (count: number): Promise<void> => {
        store.knocks.value = Array.from({ length: count }, (_, index) => knock(index));
        await waitUntil(() => cards(room).length === Math.min(3, count));
      };
      await wait(1);
      assert.strictEqual(sounds, 0);
      active = true;
      room.withoutKnockSound = true;
      await room.updateComplete;
      await wait(2);
      assert.strictEqual(sounds, 0);
      room.withoutKnockSound = false;
      await room.updateComplete;
      await wait(3);
      assert.strictEqual(sounds, 1);
      await wait(0);
      await wait(1);
      assert.strictEqual(sounds, 1);
    } finally {
      globalThis.AudioContext = real;
      Reflect.deleteProperty(navigator, 'userActivation');
    }
  });
});
