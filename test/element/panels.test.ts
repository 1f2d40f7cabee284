import { assert } from '@open-wc/testing';
import { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { MeetingPanel } from '../../src/elements/meeting-panel/meeting-panel.ts';
import { en } from '../../src/locales/en.ts';
import {
  button,
  expectAccessible,
  focused,
  mountCall,
  must,
  part,
  press,
  removeButton,
  waitUntil,
} from './harness.ts';

const NAMES = ['Ana', 'Ben', 'Cem'];
/** People alone. */
const WITHOUT = {
  withoutScreenShare: true,
  ...{ withoutChat: true, withoutFiles: true, withoutSettings: true },
  withoutWhiteboard: true,
};

const bar = (room: MeetingRoom): HTMLElement => must(room, 'meeting-controls');
const frame = (room: MeetingRoom): MeetingPanel => must(room, 'meeting-panel') as MeetingPanel;
const panel = (room: MeetingRoom): HTMLElement | null => part(frame(room), '.panel');
const content = (room: MeetingRoom): HTMLElement | null => part(frame(room), '.content');
const more = (room: MeetingRoom): HTMLElement => must(bar(room), 'meeting-more');
const opened = async (room: MeetingRoom): Promise<void> => {
  await waitUntil(() => content(room), 'the panel opens');
};
const closed = async (room: MeetingRoom): Promise<void> => {
  await waitUntil(() => !panel(room), 'the panel closes');
};
const width = (of: Element | null): number => of?.getBoundingClientRect().width ?? 0;

describe('a panel', () => {
  it('is opened and closed by its button, takes the focus and gives it back', async () => {
    const { room } = await mountCall(NAMES);
    const changes: (string | null)[] = [];
    room.addEventListener('panel-changed', (event) => changes.push(event.panel));
    const people = button(bar(room), 'People');
    assert.strictEqual(people.getAttribute('aria-expanded'), 'false');
    assert.strictEqual(people.getAttribute('aria-description'), '3 in the call');
    people.focus();
    people.click();
    await opened(room);
    assert.strictEqual(content(room)?.localName, 'meeting-people');
    await waitUntil(() => focused() === panel(room), 'the focus is in the panel');
    assert.strictEqual(room.getAttribute('panel'), 'people');
    await waitUntil(() => people.getAttribute('aria-expanded') === 'true');
    await expectAccessible(room);
    button(frame(room), 'Close People').click();
    await closed(room);
    await waitUntil(() => focused() === people, 'the focus is back');
    assert.strictEqual(room.hasAttribute('panel'), false);
    assert.deepEqual(changes, ['people', null]);
  });

  it('is closed by Escape', async () => {
    const { room } = await mountCall(NAMES);
    button(bar(room), 'People').focus();
    await room.openPanel('people');
    press(focused() ?? room, 'Escape');
    await closed(room);
    await waitUntil(() => focused() === button(bar(room), 'People'), 'the focus is back');
  });

  it('opens by P, but not while somebody types, nor where keys are off', async () => {
    const { room } = await mountCall(NAMES);
    press(room, 'p', { code: 'KeyP' });
    await opened(room);
    press(room, 'p', { code: 'KeyP' });
    await closed(room);
    room.withoutShortcuts = true;
    await room.updateComplete;
    await (bar(room) as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
    press(room, 'p', { code: 'KeyP' });
    await room.updateComplete;
    assert.strictEqual(room.panel, null);
    assert.strictEqual(button(bar(room), 'People').getAttribute('aria-keyshortcuts'), null);
  });

  it('can be vetoed by the page, by its gesture but not by its method', async () => {
    const { room } = await mountCall(NAMES);
    const asked: (string | null)[] = [];
    room.addEventListener('panel-request', (event) => {
      asked.push(event.panel);
      event.preventDefault();
    });
    button(bar(room), 'People').click();
    await waitUntil(() => asked.length === 1, 'it is asked for');
    await room.updateComplete;
    assert.deepEqual(asked, ['people']);
    assert.strictEqual(panel(room), null);
    await room.openPanel('people');
    assert.strictEqual(content(room)?.localName, 'meeting-people');
    room.closePanel();
    await closed(room);
    assert.deepEqual(asked, ['people']);
  });

  it('is left out where the page says so', async () => {
    const { room } = await mountCall(NAMES);
    await room.openPanel('people');
    Object.assign(room, WITHOUT, { withoutPeople: true });
    await closed(room);
    assert.isFalse(part(bar(room), '.panel') !== null);
    assert.isFalse(part(bar(room), 'meeting-more') !== null);
    const error = await room.openPanel('people').catch((thrown: unknown) => thrown);
    assert.instanceOf(error, RangeError);
    const other = await room.openPanel('nonsense').catch((thrown: unknown) => thrown);
    assert.instanceOf(other, RangeError);
    room.setAttribute('panel', 'nonsense');
    await room.updateComplete;
    assert.strictEqual(panel(room), null);
  });

  it('does not take the focus from the page for an attribute', async () => {
    const { room } = await mountCall(NAMES);
    removeButton(room, 'Ben')?.focus();
    const before = focused();
    room.panel = 'people';
    await opened(room);
    assert.strictEqual(focused() === before, true);
  });

  it('pushes the stage, and is a sheet over it where that is narrow', async () => {
    const { room } = await mountCall(NAMES, 'host', 900);
    const whole = width(must(room, '.stage'));
    await room.openPanel('people');
    assert.closeTo(width(panel(room)), 360, 1);
    assert.closeTo(width(must(room, '.stage')), whole - 360, 1);

    const { room: small } = await mountCall(NAMES, 'host', 360, 600);
    await small.openPanel('people');
    assert.closeTo(width(panel(small)), 360, 1);
    // Nothing below the sheet can be reached, but who knocks can be let in.
    assert.strictEqual(bar(small).checkVisibility({ visibilityProperty: true }), false);
    const knocks = must(small, 'meeting-knocks');
    assert.strictEqual(getComputedStyle(knocks).visibility, 'visible');
    await expectAccessible(small);
    button(frame(small), 'Close People').click();
    await closed(small);
    assert.strictEqual(bar(small).checkVisibility({ visibilityProperty: true }), true);
  });

  it('says when it could not be fetched, and offers another try', async () => {
    const { panels } = MeetingRoom;
    const { room } = await mountCall(NAMES);
    let isAway = true;
    MeetingRoom.panels = {
      people: async () => {
        if (isAway) throw new TypeError('Failed to fetch');
        await panels['people']?.();
      },
    };
    try {
      room.requestUpdate();
      await room.openPanel('people');
      await waitUntil(() => part(frame(room), '[role=alert]'), 'it says so');
      assert.notInclude(part(frame(room), '[role=alert]')?.textContent, 'fetch');
      isAway = false;
      button(frame(room), 'Try again').click();
      await opened(room);
    } finally {
      MeetingRoom.panels = panels;
    }
  });
});

describe('the bar', () => {
  it('is one stop for the Tab key, whose arrow keys go through the panels, too', async () => {
    const { room } = await mountCall(NAMES, 'host', 900);
    Object.assign(room, WITHOUT);
    await waitUntil(() => !part(bar(room), '[data-stop=chat]'), 'the others are left out');
    const microphone = must(bar(room), '[part=microphone-button]');
    microphone.focus();
    press(microphone, 'ArrowRight');
    press(focused() ?? room, 'ArrowRight');
    assert.strictEqual(focused() === button(bar(room), 'People'), true);
    await waitUntil(() => button(bar(room), 'People').tabIndex === 0);
    assert.strictEqual(microphone.tabIndex, -1);
    press(focused() ?? room, 'ArrowRight');
    assert.strictEqual(focused()?.part.contains('leave-button'), true);
    press(focused() ?? room, 'ArrowRight');
    assert.strictEqual(focused() === microphone, true);
    press(microphone, 'End');
    assert.strictEqual(focused()?.part.contains('leave-button'), true);
  });

  it('walks the other way from right to left', async () => {
    const { room } = await mountCall(NAMES, 'host', 900);
    Object.assign(room, WITHOUT);
    await waitUntil(() => !part(bar(room), '[data-stop=chat]'), 'the others are left out');
    room.locale = { ...en, dir: 'rtl' };
    await waitUntil(() => getComputedStyle(bar(room)).direction === 'rtl');
    const microphone = must(bar(room), '[part=microphone-button]');
    microphone.focus();
    press(microphone, 'ArrowLeft');
    press(focused() ?? room, 'ArrowLeft');
    assert.strictEqual(focused() === button(bar(room), 'People'), true);
  });

  it('keeps the panels in More where it is narrow', async () => {
    const { room } = await mountCall(NAMES, 'host', 360, 600);
    Object.assign(room, WITHOUT);
    await waitUntil(() => !part(bar(room), '[data-stop=chat]'), 'the others are left out');
    assert.strictEqual(button(bar(room), 'People').checkVisibility(), false);
    const dots = button(more(room), 'More');
    dots.focus();
    press(dots, 'ArrowDown');
    await waitUntil(() => part(more(room), '.menu:popover-open'), 'the menu opens');
    assert.strictEqual(focused()?.getAttribute('role'), 'menuitem');
    assert.strictEqual(focused()?.ariaLabel, 'People');
    await expectAccessible(more(room));
    press(focused() ?? room, 'Escape');
    assert.strictEqual(part(more(room), '.menu:popover-open'), null);
    assert.strictEqual(focused() === dots, true);
    dots.click();
    (focused() as HTMLElement).click();
    await opened(room);
    button(frame(room), 'Close People').click();
    await closed(room);
    await waitUntil(() => focused() === dots, 'the focus is back');
  });

  for (const size of [320, 360, 480, 700]) {
    it(`has room for all that it shows at ${size} px, a panel beside it or not`, async () => {
      const { room } = await mountCall(NAMES, 'host', size, 600);
      const fits = (): boolean => must(bar(room), '.bar').scrollWidth <= width(bar(room));
      assert.strictEqual(fits(), true);
      room.panel = 'people';
      await opened(room);
      assert.strictEqual(fits(), true);
    });
  }
});
