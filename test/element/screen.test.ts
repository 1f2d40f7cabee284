import { assert } from '@open-wc/testing';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { ScreenShareChangedEvent } from '../../src/events/screen-share-changed.ts';
import { split } from '../../src/elements/meeting-grid/meeting-grid.model.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import {
  button,
  expectAccessible,
  focused,
  mountCall,
  must,
  part,
  press,
  settled,
  tiles,
  waitUntil,
} from './harness.ts';

const bar = (room: MeetingRoom): HTMLElement => must(room, 'meeting-controls');
const grid = (room: MeetingRoom): HTMLElement => must(room, 'meeting-grid');
const screens = (room: MeetingRoom): HTMLElement[] => [
  ...(grid(room).shadowRoot?.querySelectorAll('meeting-screen') ?? []),
];
const screen = (room: MeetingRoom, name: string): HTMLElement | undefined =>
  screens(room).find((each) => part(each, `[role=group][aria-label="${name}"]`));
const toast = (room: MeetingRoom): string | undefined =>
  part(part(room, 'meeting-toasts'), '.toast')?.textContent?.replaceAll(/\s+/g, ' ').trim();

/** A picture that notes where it is shown. */
function picture(id: string) {
  const shown = new Set<HTMLVideoElement>();
  return {
    id,
    shown,
    attach: (video: HTMLVideoElement) => void shown.add(video),
    detach: (video: HTMLVideoElement) => void shown.delete(video),
  };
}

describe('a shared screen', () => {
  it('is shown large beside the people, and goes without a trace', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben', 'Cem'], 'host', 1200, 800);
    const source = picture('b');
    store.setScreen('p_1', source);
    await waitUntil(() => screen(room, 'Ben’s screen'), 'the screen shows');
    const shown = must(screen(room, 'Ben’s screen'), '.frame');
    await waitUntil(() => source.shown.size === 1, 'the picture is in it');
    await settled(room);
    const box = shown.getBoundingClientRect();
    assert.isAbove(box.width, 900);
    for (const tile of tiles(room)) {
      const { left, right, width } = tile.getBoundingClientRect();
      assert.isAbove(width, 120);
      assert.isAtLeast(left, box.right);
      assert.isAtMost(right, room.getBoundingClientRect().right);
    }
    await expectAccessible(room);
    store.setScreen('p_1', undefined);
    await waitUntil(() => screens(room).length === 0, 'it goes');
    assert.strictEqual(source.shown.size, 0);
    await waitUntil(() => (tiles(room)[0]?.offsetWidth ?? 0) > 300, 'the people have it all again');
  });

  it('stands above the people where it is narrow, with nothing beyond the box', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben', 'Cem'], 'guest', 360, 640);
    store.setScreen('p_1', picture('b'));
    store.setScreen('p_2', picture('c'));
    await waitUntil(() => screens(room).length === 2 && screen(room, 'Cem’s screen'));
    await settled(room);
    const box = room.getBoundingClientRect();
    const below = Math.min(...tiles(room).map((tile) => tile.getBoundingClientRect().top));
    for (const each of screens(room)) {
      const { left, right, bottom, height } = each.getBoundingClientRect();
      assert.isAbove(height, 60);
      assert.isAtLeast(left, box.left);
      assert.isAtMost(right, box.right);
      assert.isAtMost(bottom, below);
    }
    for (const tile of tiles(room)) {
      assert.isAtMost(tile.getBoundingClientRect().bottom, bar(room).getBoundingClientRect().top);
    }
    await expectAccessible(room);
  });

  it('leaves the tiles room in every box', () => {
    for (const [width, height] of [
      [1440, 820],
      [800, 104],
      [208, 700],
      [352, 104],
      [320, 380],
    ] as const) {
      const people = split({ width, height });
      assert.isAtLeast(people.width, 120, `${width} × ${height}`);
      assert.isAtLeast(people.height, 60, `${width} × ${height}`);
      assert.isBelow(people.width * people.height, width * height);
    }
  });
});

describe('the own screen', () => {
  it('is shared by a button that says what it does, and stopped above the people', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben'], 'guest');
    const share = button(bar(room), 'Share your screen');
    share.click();
    await waitUntil(() => store.called.includes('setScreenShare'));
    store.setScreen('p_0', picture('own'));
    await waitUntil(() => screen(room, 'You’re sharing your screen'), 'a line says so');
    assert.strictEqual(screens(room).length, 1, 'and no large picture of one’s own');
    assert.strictEqual(share.getAttribute('aria-label'), 'Stop sharing');
    await expectAccessible(room);
    const stop = button(screen(room, 'You’re sharing your screen'), 'Stop sharing');
    stop.focus();
    stop.click();
    await waitUntil(() => screens(room).length === 0, 'the line goes');
    assert.deepEqual(store.calls.filter(([name]) => name === 'setScreenShare').at(-1), [
      'setScreenShare',
      false,
    ]);
    await waitUntil(() => focused()?.getAttribute('aria-label') === 'Ana', 'the focus stays here');
    assert.strictEqual(share.getAttribute('aria-label'), 'Share your screen');
  });

  it('may not be shared in presenter mode: the button says why and asks nothing', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben'], 'guest');
    store.room.value = { name: 'acme', locked: false, presenterMode: true };
    const share = button(bar(room), 'Share your screen');
    await waitUntil(() => share.getAttribute('aria-disabled') === 'true');
    assert.strictEqual(share.getAttribute('aria-description'), 'Only hosts present now');
    share.click();
    assert.notInclude(store.called, 'setScreenShare');
    store.setRoleOf('p_0', 'host');
    await waitUntil(() => !share.hasAttribute('aria-disabled'), 'hosts may');
  });

  it('is an item of More where it is narrow, and has the focus back', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben'], 'guest', 360, 640);
    assert.isFalse(button(bar(room), 'Share your screen').checkVisibility());
    const more = must(bar(room), 'meeting-more');
    button(more, 'More').click();
    const item = must(more, '[role=menuitem][aria-label="Share your screen"]');
    await waitUntil(() => focused() === item, 'it is the first');
    press(item, 'Enter');
    item.click();
    await waitUntil(() => store.called.includes('setScreenShare'));
    assert.strictEqual(focused()?.getAttribute('aria-label'), 'More');
  });

  it('has no button on a phone, and none where the page leaves it out', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    assert.isOk(part(bar(room), '.share'));
    room.withoutScreenShare = true;
    await waitUntil(() => !part(bar(room), '.share'));
    room.withoutScreenShare = false;
    await waitUntil(() => part(bar(room), '.share'));
    Object.defineProperty(navigator.mediaDevices, 'getDisplayMedia', {
      value: undefined,
      configurable: true,
    });
    try {
      const phone = await mountCall(['Ana', 'Ben']);
      assert.isNull(part(bar(phone.room), '.share'));
    } finally {
      Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia');
    }
  });

  it('tells page, screen readers and the person when presenter mode ended it', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben'], 'guest');
    const heard: ScreenShareChangedEvent[] = [];
    room.addEventListener('screen-share-changed', (event) => heard.push(event));
    const self = { identity: 'p_0', name: 'Ana', role: 'guest', person: 'person-0' } as const;
    const ben = { ...self, identity: 'p_1', name: 'Ben', person: 'person-1' } as const;
    store.tell({ type: 'screen-share-changed', participant: ben, on: true });
    store.tell({
      type: 'screen-share-changed',
      participant: self,
      on: false,
      reason: 'presenter-mode',
    });
    await waitUntil(() => toast(room), 'a toast comes');
    assert.include(toast(room), 'Your screen is no longer shared Only hosts present now.');
    const polite = must(room, '[aria-live=polite]').textContent;
    assert.include(polite, 'Ben shares their screen');
    assert.include(polite, 'Your screen is no longer shared');
    assert.deepEqual(
      heard.map(({ participant, on, reason }) => [participant.name, on, reason]),
      [
        ['Ben', true, undefined],
        ['Ana', false, 'presenter-mode'],
      ],
    );
  });

  it('says what mends a screen that could not be had', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    store.tell({ type: 'meeting-error', error: new MeetingError('screen-denied', 'No.') });
    await waitUntil(() => toast(room), 'a toast comes');
    assert.include(toast(room), 'Your screen can’t be shared');
  });
});
