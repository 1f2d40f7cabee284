import { assert, fixture, html } from '@open-wc/testing';
import { isHeadingFor } from '../../src/elements/leave-menu/leave-menu.model.ts';
import { find, placeMenu } from '../../src/elements/shared/menu.model.ts';
import { requestKey } from '../../src/core/state.ts';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import { en } from '../../src/locales/en.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import {
  button,
  expectAccessible,
  focused,
  mountCall,
  must,
  part,
  press,
  waitUntil,
} from './harness.ts';

const ITEMS = ['Leave call', 'End call for everyone', 'End call for everyone but me'];

const leaveMenu = (room: MeetingRoom): HTMLElement =>
  must(must(room, 'meeting-controls'), 'leave-menu');
const red = (menu: Element): HTMLElement => must(menu, '.leave');
const isOpen = (menu: Element): boolean => part(menu, '.menu:popover-open') !== null;
const items = (menu: Element): HTMLElement[] => [
  ...must(menu, '.menu').querySelectorAll<HTMLElement>('[role=menuitem]'),
];
const title = (item: Element | null): string | undefined =>
  item?.querySelector('.title')?.textContent ?? undefined;
const item = (menu: Element, name: string): HTMLElement => {
  const found = items(menu).find((each) => title(each) === name);
  if (!found) throw new Error(`No item ${name}`);
  return found;
};
const pointer = (target: EventTarget, type: string, more: PointerEventInit = {}): boolean =>
  target.dispatchEvent(
    new PointerEvent(type, { bubbles: true, composed: true, pointerType: 'mouse', ...more }),
  );
const middle = (of: Element): { clientX: number; clientY: number } => {
  const { left, top, width, height } = of.getBoundingClientRect();
  return { clientX: left + width / 2, clientY: top + height / 2 };
};
/** What a mouse that comes onto an element makes. */
const hover = (target: Element): void => {
  pointer(target, 'pointerenter', middle(target));
  pointer(target, 'pointermove', middle(target));
};
/** A click as a mouse or finger makes it; `click()` is one without a pointer. */
const tap = (target: Element, pointerType: string): void => {
  pointer(target, 'pointerdown', { pointerType });
  pointer(target, 'pointerup', { pointerType });
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail: 1 }));
};

describe('the leave menu of a host', () => {
  it('leaves by click, Enter and Space, and does not open for focus', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    red(menu).focus();
    assert.strictEqual(isOpen(menu), false);
    tap(red(menu), 'mouse');
    await waitUntil(() => store.called.includes('leave'), 'it is left');
    // What Enter and Space bring is a click without a pointer, also after a finger was here.
    pointer(red(menu), 'pointerdown', { pointerType: 'touch' });
    red(menu).click();
    await waitUntil(() => store.called.filter((name) => name === 'leave').length === 2);
    assert.strictEqual(isOpen(menu), false);
  });

  it('opens by ArrowUp on its last item and walks by keys', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    red(menu).focus();
    press(red(menu), 'ArrowUp');
    assert.strictEqual(isOpen(menu), true);
    assert.strictEqual(red(menu).getAttribute('aria-haspopup'), 'menu');
    assert.deepEqual(items(menu).map(title), ITEMS);
    const walked = ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'Home', 'End', 'l', 'e', 'e'];
    const at = [title(focused())];
    for (const key of walked) {
      press(focused() ?? room, key);
      at.push(title(focused()));
    }
    const [call, end, others] = ITEMS;
    assert.deepEqual(
      at,
      [others, call, end, call, others, call, others, call, others, end].map(
        // "l", then "e" at once: "le" is still the first item; only one letter again goes on.
        (name, index) => (index === 8 || index === 9 ? call : name),
      ),
    );
    await waitUntil(() => red(menu).getAttribute('aria-expanded') === 'true');
    await expectAccessible(menu);
    press(focused() ?? room, 'Escape');
    assert.strictEqual(isOpen(menu), false);
    assert.strictEqual(focused() === red(menu), true);
  });

  it('is closed by Tab, from where the button is', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    press(red(menu), 'ArrowDown');
    assert.strictEqual(title(focused()), 'Leave call');
    const tab = press(focused() ?? room, 'Tab');
    assert.strictEqual(tab.defaultPrevented, false);
    assert.strictEqual(isOpen(menu), false);
    assert.strictEqual(focused() === red(menu), true);
  });

  it('opens for a pointer that rests, without taking the focus, and stays on its way', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    const before = focused();
    const start = performance.now();
    hover(red(menu));
    await waitUntil(() => isOpen(menu), 'it opens', { interval: 5 });
    assert.isAtLeast(performance.now() - start, 115);
    assert.strictEqual(focused() === before, true);
    const last = item(menu, 'End call for everyone but me');
    pointer(document, 'pointermove', { clientX: 1, clientY: 1 });
    pointer(document, 'pointermove', middle(last));
    // Longer than it would have stayed: another menu's whole life passes meanwhile.
    const left = performance.now();
    await waitUntil(() => performance.now() - left > 400);
    assert.strictEqual(isOpen(menu), true);
    const gone = performance.now();
    pointer(document, 'pointermove', { clientX: 1, clientY: 1 });
    await waitUntil(() => !isOpen(menu), 'it closes', { interval: 5 });
    assert.isAtLeast(performance.now() - gone, 290);
    hover(red(menu));
    await waitUntil(() => isOpen(menu), 'it opens again');
  });

  it('does not open for a pointer that only passes', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    hover(red(menu));
    pointer(red(menu), 'pointerleave');
    const start = performance.now();
    await waitUntil(() => performance.now() - start > 200);
    assert.strictEqual(isOpen(menu), false);
  });

  it('does not open for a pointer that stands still while the button comes under it', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    pointer(red(menu), 'pointerover', middle(red(menu)));
    pointer(red(menu), 'pointerenter', middle(red(menu)));
    const start = performance.now();
    await waitUntil(() => performance.now() - start > 200);
    assert.strictEqual(isOpen(menu), false);
    pointer(red(menu), 'pointermove', middle(red(menu)));
    await waitUntil(() => isOpen(menu), 'it opens once the pointer moves');
  });

  it('is closed by Escape while hovered, with the focus where it was', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    must(must(room, 'meeting-controls'), '.device').focus();
    const before = focused();
    hover(red(menu));
    await waitUntil(() => isOpen(menu), 'it opens');
    press(before ?? room, 'Escape');
    assert.strictEqual(isOpen(menu), false);
    assert.strictEqual(focused() === before, true);
  });

  it('opens by the first tap and by a long press, and leaves by its own item', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    tap(red(menu), 'touch');
    assert.strictEqual(isOpen(menu), true);
    pointer(document.body, 'pointerdown', { pointerType: 'touch' });
    assert.strictEqual(isOpen(menu), false);
    pointer(red(menu), 'pointerdown', { pointerType: 'touch' });
    await waitUntil(() => isOpen(menu), 'the press is long enough');
    pointer(red(menu), 'pointerup', { pointerType: 'touch' });
    red(menu).dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    assert.strictEqual(isOpen(menu), true);
    assert.notInclude(store.called, 'leave');
    item(menu, 'Leave call').click();
    await waitUntil(() => store.called.includes('leave'), 'it is left');
    assert.strictEqual(isOpen(menu), false);
  });

  it('opens by its shortcut, unless shortcuts are off', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const keys = { code: 'KeyL', ctrlKey: true, shiftKey: true };
    assert.strictEqual(press(must(room, '.stage'), 'L', keys).defaultPrevented, true);
    assert.strictEqual(title(focused()), 'Leave call');
    press(focused() ?? room, 'Escape');
    room.withoutShortcuts = true;
    await waitUntil(() => !press(must(room, '.stage'), 'L', keys).defaultPrevented, 'it is off');
  });

  for (const [name, keepMe] of [
    ['End call for everyone', false],
    ['End call for everyone but me', true],
  ] as const) {
    it(`asks for "${name}", which a page may prevent`, async () => {
      const { room, store } = await mountCall(['Ana', 'Ben']);
      const menu = leaveMenu(room);
      const asked: boolean[] = [];
      const veto = (event: Event): void => event.preventDefault();
      room.addEventListener('call-end-request', (event) => asked.push(event.keepMe));
      document.addEventListener('call-end-request', veto, { once: true });
      press(red(menu), 'ArrowDown');
      item(menu, name).click();
      assert.strictEqual(focused() === red(menu), true);
      press(red(menu), 'ArrowDown');
      item(menu, name).click();
      await waitUntil(() => store.called.includes('endCall'), 'the second one is carried out');
      assert.deepEqual(asked, [keepMe, keepMe]);
      assert.deepEqual(
        store.calls.filter(([call]) => call === 'endCall'),
        [['endCall', { keepMe }]],
      );
    });
  }

  it('says that everyone else has left, or that the media server will follow', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const toasts = part(room, 'meeting-toasts');
    const end = async (): Promise<void> => {
      press(red(leaveMenu(room)), 'ArrowDown');
      item(leaveMenu(room), 'End call for everyone but me').click();
      await waitUntil(() => part(toasts, '.toast'), 'the toast comes');
    };
    await end();
    assert.strictEqual(part(toasts, '.title')?.textContent, 'Everyone else has left');
    button(toasts, 'Dismiss').click();
    await waitUntil(() => part(toasts, '.toast') === null);
    store.ending = { seq: 2, settled: false, ended: 1 };
    await end();
    assert.notInclude(part(toasts, '.title')?.textContent, 'has left');
    assert.include(part(toasts, '.detail')?.textContent, 'media server');
    button(toasts, 'Dismiss').click();
    await waitUntil(() => part(toasts, '.toast') === null);
    store.failures.set('endCall', new MeetingError('server-unreachable', 'raw words'));
    await end();
    assert.strictEqual(part(toasts, '.title')?.textContent, 'The call goes on');
  });

  it('shows that the call is ending, and asks for nothing else meanwhile', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    store.requests.value = new Map([[requestKey('call-end'), { phase: 'pending' }]]);
    await waitUntil(() => red(menu).getAttribute('aria-disabled') === 'true', 'it is shown');
    press(red(menu), 'ArrowUp');
    red(menu).click();
    assert.strictEqual(isOpen(menu), false);
    assert.notInclude(store.called, 'leave');
  });

  it('stays inside the viewport in a narrow room, also from right to left', async () => {
    const { room } = await mountCall(['Ana', 'Ben'], 'host', 320, 480);
    room.locale = { ...en, dir: 'rtl' };
    const menu = leaveMenu(room);
    await waitUntil(() => getComputedStyle(menu).direction === 'rtl', 'it is mirrored');
    press(red(menu), 'ArrowDown');
    const box = must(menu, '.menu').getBoundingClientRect();
    const anchor = red(menu).getBoundingClientRect();
    assert.isAtLeast(box.left, 0);
    assert.isAtMost(box.right, innerWidth);
    assert.isTrue(box.bottom <= anchor.top || box.top >= anchor.bottom, 'the button stays free');
  });

  it('works outside of its room', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    room.id = 'room-b';
    const outside = await fixture(html`<leave-menu meeting="room-b"></leave-menu>`);
    await waitUntil(() => part(outside, '.menu'), 'it finds its room');
    press(red(outside), 'ArrowDown');
    assert.strictEqual(isOpen(outside), true);
    item(outside, 'End call for everyone').click();
    await waitUntil(() => store.called.includes('endCall'), 'the call is ended');
  });

  it('goes with the role and with the call', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const menu = leaveMenu(room);
    press(red(menu), 'ArrowDown');
    store.connection.value = { phase: 'out', exit: { reason: 'ended', at: 1, next: 'knock' } };
    await waitUntil(() => !isOpen(menu), 'it closes');
    pointer(document.body, 'pointerdown');
  });
});

describe('the leave button of a guest', () => {
  it('has no menu', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben'], 'guest');
    const menu = leaveMenu(room);
    assert.isNull(part(menu, '.menu'));
    assert.strictEqual(red(menu).hasAttribute('aria-haspopup'), false);
    press(red(menu), 'ArrowUp');
    tap(red(menu), 'touch');
    await waitUntil(() => store.called.includes('leave'), 'one tap leaves');
  });
});

describe('where the menu goes', () => {
  const anchor = { left: 300, top: 700, width: 100, height: 44 };
  const menu = { width: 340, height: 200 };

  it('is above and centred, below where there is more room, and inside at the edges', () => {
    const screen = { width: 1000, height: 800 };
    assert.deepEqual(placeMenu(anchor, menu, screen), {
      left: 180,
      top: 492,
      maxHeight: 684,
      side: 'above',
    });
    assert.include(placeMenu({ ...anchor, top: 20 }, menu, screen), { side: 'below', top: 72 });
    assert.strictEqual(placeMenu({ ...anchor, left: 0 }, menu, screen).left, 8);
    assert.strictEqual(placeMenu({ ...anchor, left: 950 }, menu, screen).left, 652);
    assert.strictEqual(placeMenu(anchor, menu, { width: 320, height: 800 }).left, 8);
  });

  it('knows who is on the way to it', () => {
    const box = { left: 100, top: 100, width: 300, height: 200 };
    assert.isTrue(isHeadingFor(box, { x: 250, y: 350 }, { x: 200, y: 320 }));
    assert.isFalse(isHeadingFor(box, { x: 250, y: 350 }, { x: 60, y: 340 }));
    assert.isFalse(isHeadingFor(box, { x: 250, y: 350 }, { x: 250, y: 380 }));
  });

  it('finds by letters', () => {
    assert.strictEqual(find('e', 0, ITEMS), 1);
    assert.strictEqual(find('e', 1, ITEMS), 2);
    assert.strictEqual(find('ee', 2, ITEMS), 1);
    assert.strictEqual(find('le', 2, ITEMS), 0);
    assert.isUndefined(find('x', 0, ITEMS));
  });
});
